import type { Diagnostic } from '../core/diagnostic.ts';
import { secretNames, secretsIn, type SecretKind } from '../core/secrets.ts';
import { codeHash } from '../core/codeHash.ts';
import type { Check } from './check.ts';

/** Made-up data is mostly of these kinds. */
const mild: ReadonlySet<SecretKind> = new Set(['e-mail', 'phone', 'path']);

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
          severity: mild.has(kind) ? 'info' : 'warning',
          code: kind,
          message: `This looks like ${secretNames[kind]}: is it a real one?`,
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
