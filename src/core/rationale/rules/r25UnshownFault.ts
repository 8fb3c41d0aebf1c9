import { faultClaims } from '../faultClaims.ts';
import { tellsOutcome } from '../lexicon.ts';
import { splittingIn } from '../context.ts';
import type { Rule } from '../rule.ts';

/** A strong preference rests on a fault, and neither a case nor an input shows that the answers differ. */
export const unshownFault: Rule = {
  id: 'R25',
  name: 'unshown fault',
  severity: 'W',
  check({ sentences, anchors, context }) {
    const { answers, searches, shown } = context;
    if (answers.length < 2 || typeof shown !== 'number' || Math.abs(shown) < 2) return [];
    const isShown =
      anchors.some(({ kind }) => kind === 'case') ||
      splittingIn(context).length > 0 ||
      searches.some(({ witnesses }) => witnesses.some(({ isExcluded }) => !isExcluded)) ||
      tellsOutcome(sentences.map(({ text }) => text));
    if (isShown) return [];
    const [claim] = sentences.flatMap(faultClaims);
    if (claim === undefined) return [];
    return [
      {
        start: claim.start,
        end: claim.end,
        message: `No case or input shows that A and B differ, and the preference is strong. Find differences, or add a case that shows “${claim.word}”`,
        action: 'differences',
      },
    ];
  },
};
