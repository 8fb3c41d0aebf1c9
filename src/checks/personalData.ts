import type { Diagnostic } from '../core/diagnostic.ts';
import { secretsIn, type SecretKind } from '../core/secrets.ts';
import { codeHash } from '../core/codeHash.ts';
import type { Check } from './check.ts';

const words: Readonly<Record<SecretKind, { what: string; severity: Diagnostic['severity'] }>> = {
  key: { what: 'a key or token of a service', severity: 'warning' },
  password: { what: 'a password', severity: 'warning' },
  account: { what: 'a bank account number', severity: 'warning' },
  card: { what: 'the number of a payment card', severity: 'warning' },
  'e-mail': { what: 'an e-mail address', severity: 'info' },
  phone: { what: 'a phone number', severity: 'info' },
  path: { what: 'a path with a person’s name', severity: 'info' },
};

/**
 * Marks secrets and personal data in answers of any language. It reads their text by patterns of bounded length and
 * runs nothing, so it needs neither sandbox nor trust. What was found is not repeated in the message.
 */
export const personalData: Check = {
  id: 'personal data',
  languages: 'any',
  check: async ({ answerId, files }) => ({
    check: 'personal data',
    version: '1',
    answerId,
    codeHash: codeHash(files),
    status: 'done',
    diagnostics: files.flatMap(({ path, text }) =>
      secretsIn(text).map(({ kind, start, end }): Diagnostic => {
        const from = placeOf(text, start);
        const to = placeOf(text, end);
        return {
          file: path,
          range: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
          severity: words[kind].severity,
          code: kind,
          message: `This looks like ${words[kind].what}: is it a real one?`,
          source: 'personal data',
          category: 'personal-data',
        };
      }),
    ),
  }),
};

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
