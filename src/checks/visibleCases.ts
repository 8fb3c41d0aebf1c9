import { visibleCaseTable } from '../core/code/visibleCases.ts';
import { codeHash } from '../core/task/codeHash.ts';
import { placesIn } from '../core/text/places.ts';
import type { Check } from './check.ts';

/**
 * Marks tables of the visible cases in answers of any language. It reads literals in time bounded by their number and runs nothing, so
 * it needs neither sandbox nor trust.
 */
export const visibleCases: Check = {
  id: 'visible cases',
  languages: 'any',
  check: async ({ answerId, files, cases = [] }) => ({
    check: 'visible cases',
    version: '1',
    answerId,
    codeHash: codeHash(files),
    status: 'done',
    diagnostics: files.flatMap(({ path, text }) => {
      const table = visibleCaseTable(text, cases);
      if (table === undefined) return [];
      const placeOf = placesIn(text);
      const [from, to] = [placeOf(table.start), placeOf(table.end)];
      return [
        {
          file: path,
          range: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
          severity: 'warning' as const,
          code: 'visible-cases',
          message: `Holds the inputs of ${table.held} visible cases with their expected values: they pass, whatever the code does for other inputs`,
          source: 'visible cases',
          category: 'games-tests' as const,
        },
      ];
    }),
  }),
};
