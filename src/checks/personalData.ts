import type { Diagnostic } from '../core/run/diagnostic.ts';
import { secretNames, secretsIn, type SecretKind } from '../core/code/secrets.ts';
import { placesIn } from '../core/text/places.ts';
import { codeHash } from '../core/task/codeHash.ts';
import type { Check } from './check.ts';

/** Kinds that made-up data usually contains. */
const mild: ReadonlySet<SecretKind> = new Set(['e-mail', 'phone', 'path']);

/**
 * Marks secrets and personal data in answers of any language. It searches their text with patterns of bounded
 * length and runs nothing, so it needs neither sandbox nor trust. Messages do not repeat the matched text.
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
    diagnostics: files.flatMap(({ path, text }) => {
      const placeOf = placesIn(text);
      return secretsIn(text).map(({ kind, start, end }): Diagnostic => {
        const from = placeOf(start);
        const to = placeOf(end);
        return {
          file: path,
          range: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
          severity: mild.has(kind) ? 'info' : 'warning',
          code: kind,
          message: `This looks like ${secretNames[kind]}. Is it real?`,
          source: 'personal data',
          category: 'personal-data',
        };
      });
    }),
  }),
};
