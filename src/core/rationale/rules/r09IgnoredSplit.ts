import { wholeText } from '../edits.ts';
import { caseAnchor } from '../anchors.ts';
import { tellsOutcome } from '../lexicon.ts';
import type { Rule } from '../rule.ts';
import { citeSplittingCase, splittingCited } from '../splitting.ts';

/** Some cases separate the answers, but the text neither cites any of them nor describes their outcome. */
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
    const isOnly = splitting.length === 1;
    const fix = citeSplittingCase(rationale);
    return [
      {
        ...wholeText(rationale),
        message: isOnly
          ? `${named} splits A and B. Cite it`
          : `${named}${more} split A and B. Cite the case that decides`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};
