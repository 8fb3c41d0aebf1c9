import { withoutFences } from '../anchors.ts';
import { wordCount } from '../prose.ts';
import type { Rule } from '../rule.ts';

/** Fewer words than this say nothing that can be trained on. */
const fewest = 10;
/** Fewer are brief, more are more than a reader takes in. */
const brief = 25;
const long = 250;

/** Too short to be of use, or so long that what decides is lost in it. Code in fences does not count. */
export const length: Rule = {
  id: 'R16',
  name: 'length',
  severity: 'W',
  check({ text, context }) {
    const { thresholds } = context.rubric;
    const words = wordCount(withoutFences(text));
    const place = { start: 0, end: text.length };
    if (words < (thresholds?.fewestWords ?? fewest)) {
      const message = `${words === 0 ? 'There is no rationale yet' : `${words} ${words === 1 ? 'word is' : 'words are'} too few`}. ${context.ranked ? 'Say which is better, why' : 'Say what is right or wrong, why'}, and what shows it`;
      return [{ ...place, severity: 'E', message }];
    }
    if (words < (thresholds?.briefWords ?? brief)) {
      return [
        {
          ...place,
          message: `${words} words are brief. Add what decides and the line or case that shows it`,
        },
      ];
    }
    if (words > (thresholds?.mostWords ?? long)) {
      return [{ ...place, message: `${words} words are many. Keep the one or two issues that decide` }];
    }
    return [];
  },
};
