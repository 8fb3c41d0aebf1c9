import { secretNames, secretsIn, type Secret, type SecretKind } from '../../secrets.ts';
import { proseOf } from '../prose.ts';
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

/** A key, a token, an e-mail address, a phone, account or card number or a home path: rationales become training data. */
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

/** Whether it is the author who gives it away: what the task shows is out already, and quoted data is made up. */
function isOwn({ kind, start, end }: Secret, { text, context }: Rationale): boolean {
  const value = text.slice(start, end);
  const shown = [
    context.prompt,
    ...context.answers.flatMap((answer) => [answer.text, ...answer.files.flatMap(({ lines }) => lines)]),
  ];
  if (shown.some((part) => part.includes(value))) return false;
  const isMadeUp = kind === 'e-mail' || kind === 'phone';
  return !isMadeUp || proseOf(text).slice(start, end).trim() !== '';
}
