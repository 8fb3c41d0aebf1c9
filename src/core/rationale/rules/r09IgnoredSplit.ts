import { wholeText } from '../edits.ts';
import { caseAnchor } from '../anchors.ts';
import { tellsOutcome } from '../lexicon.ts';
import type { Rule } from '../rule.ts';
import { citeSplittingCase, splittingCited } from '../splitting.ts';

/** Cases tell the answers apart, and the text cites none of them, nor tells in words what such a case shows. */
export const ignoredSplit: Rule = {
  id: 'R09',
  name: 'ignored split',
  severity: 'W',
  check(rationale) {
    const { splitting, cited } = splittingCited(rationale);
    if (splitting.length === 0 || cited.length > 0) return [];
    if (tellsOutcome(rationale.sentences.map(({ text }) => text))) return [];
    const named = splitting.slice(0, 3).map(caseAnchor).join(', ');
    const more = splitting.length > 3 ? ` and ${splitting.length - 3} more` : '';
    const fix = citeSplittingCase(rationale);
    return [
      {
        ...wholeText(rationale),
        message: `One answer passes ${named}${more} and the other does not, and the text cites none. Cite the one that decides`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};
