import { preferenceStatement } from '../../task/preference.ts';
import type { Fix, Rationale, Rule } from '../rule.ts';
import { openingOf } from '../verdict.ts';

/**
 * Words that weigh the answers as a whole. A sentence with one of them may state a verdict in words that no form of `verdict.ts`
 * knows, so it does not block.
 */
const weighing =
  /\b(?:more|most|less|least|closer|closest|even|evenly|equal|equally|same|alike|mirror|mirrors|match|matches|tie|ties|either|neither|verdict|decide[sd]?|decisive|decid(?:ing|er)|prefer\w*|pick\w*|choose|chose|choice|vote|winner|wins?|top|leads?|edge|nod|trust\w*|money|fit|fits|fitting|accept\w*|reject\w*|merge|ship|approve|send|rewrite|rewritten|redo|garbage|useless|hopeless|fine|flaw\w*|succeeds?|beats?|ahead|behind|deserves?|grade|scores?|rank\w*|worse|better|best|worst|expected|for me|off by one)\b/i;

/** The first two sentences name no winner, no tie and no "both bad". */
export const noVerdict: Rule = {
  id: 'R01',
  name: 'no verdict',
  severity: 'E',
  check(rationale) {
    if (rationale.verdicts.length > 0 || !rationale.context.ranked) return [];
    const opening = openingOf(rationale.text);
    const start = opening[0]?.start ?? 0;
    const end = opening.at(-1)?.end ?? rationale.text.length;
    const mayWeigh = weighing.test(rationale.prose.slice(start, end));
    const fix = insertStatement(rationale, start);
    return [
      {
        start,
        end,
        message: mayWeigh
          ? 'Say plainly which answer is better, or that it is a tie or both are bad: “@A is better because …”'
          : 'Begin with the verdict, a tie or “both bad”: “@A is better because …”',
        ...(mayWeigh && { severity: 'W' as const }),
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
