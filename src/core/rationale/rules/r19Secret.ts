import { secretsIn, type Secret, type SecretKind } from '../../secrets.ts';
import { proseOf } from '../prose.ts';
import type { Rationale, Rule } from '../rule.ts';

const words: Readonly<Record<SecretKind, { what: string; instead: string }>> = {
  key: { what: 'a key or token', instead: '[key]' },
  password: { what: 'a password', instead: '[password]' },
  'e-mail': { what: 'an e-mail address', instead: '[e-mail]' },
  phone: { what: 'a phone number', instead: '[phone]' },
  account: { what: 'a bank account number', instead: '[account]' },
  card: { what: 'the number of a payment card', instead: '[card]' },
  path: { what: 'a path with a person’s name', instead: '~' },
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
        message: `This looks like ${words[kind].what}, and rationales are published. Redact it`,
        fix: {
          title: `Replace with “${words[kind].instead}”`,
          edits: [{ start, end, text: words[kind].instead }],
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
