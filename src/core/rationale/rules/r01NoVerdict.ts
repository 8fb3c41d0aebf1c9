import { preferenceStatement } from '../../task/preference.ts';
import type { Fix, Rationale, Rule } from '../rule.ts';
import { openingOf } from '../verdict.ts';

/** The first two sentences name no winner, no tie and no "both bad". */
export const noVerdict: Rule = {
  id: 'R01',
  name: 'no verdict',
  severity: 'E',
  check(rationale) {
    if (rationale.verdicts.length > 0 || !rationale.context.ranked) return [];
    const opening = openingOf(rationale.text);
    const start = opening[0]?.start ?? 0;
    const fix = insertStatement(rationale, start);
    return [
      {
        start,
        end: opening.at(-1)?.end ?? rationale.text.length,
        message: 'Begin with the verdict, a tie or “both bad”: “@A is better because …”',
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};

function insertStatement({ context }: Rationale, at: number): Fix | undefined {
  if (context.shown === null) return undefined;
  const statement = preferenceStatement(context.shown);
  return { title: `Insert “${statement}”`, edits: [{ start: at, end: at, text: `${statement}. ` }] };
}
