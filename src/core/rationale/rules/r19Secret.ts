import { secretNames, secretsIn, type Secret, type SecretKind } from '../../code/secrets.ts';
import type { Rationale, Rule } from '../rule.ts';

const instead: Readonly<Record<SecretKind, string>> = {
  key: '[key]',
  password: '[password]',
  'e-mail': '[e-mail]',
  phone: '[phone]',
  account: '[account]',
  card: '[card]',
  path: '~',
};

/** The text has a key, token, e-mail address, phone, account or card number or home path. Rationales become training data. */
export const secretOrPersonalData: Rule = {
  id: 'R19',
  name: 'secret or personal data',
  severity: 'E',
  check(rationale) {
    const { text } = rationale;
    return secretsIn(text)
      .filter((secret) => isOwn(secret, rationale))
      .map(({ kind, start, end }) => ({
        start,
        end,
        message: `This looks like ${secretNames[kind]}, and rationales are published. Redact it`,
        fix: {
          title: `Replace with “${instead[kind]}”`,
          edits: [{ start, end, text: instead[kind] }],
        },
      }));
  },
};

/** Whether the author reveals the secret. Data in the task is known already, and quoted data is made up. */
function isOwn({ kind, start, end }: Secret, { text, prose, context }: Rationale): boolean {
  const value = text.slice(start, end);
  const shown = [
    context.prompt,
    ...context.answers.flatMap((answer) => [answer.text, ...answer.files.flatMap(({ lines }) => lines)]),
  ];
  if (shown.some((part) => part.includes(value))) return false;
  const isMadeUp = kind === 'e-mail' || kind === 'phone';
  return !isMadeUp || prose.slice(start, end).trim() !== '';
}
