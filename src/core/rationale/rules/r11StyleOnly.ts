import { wholeText } from '../edits.ts';
import { styleWords, substanceWords } from '../lexicon.ts';
import type { ReadSentence, Rule } from '../rule.ts';
import { citeSplittingCase, splittingCited } from '../splitting.ts';

/** A statement about both answers is no reason for either. */
const common = /\b(?:both|neither|equally|same|identical|alike|either one|each (?:answer|of them))\b/i;

/** Every reason is about how the code looks, where cases split the answers or the preference is strong. */
export const styleOnly: Rule = {
  id: 'R11',
  name: 'style only',
  severity: 'W',
  check(rationale) {
    const { sentences, anchors, context } = rationale;
    const { splitting, cited } = splittingCited(rationale);
    const strength = typeof context.shown === 'number' ? Math.abs(context.shown) : 0;
    if (cited.length > 0 || anchors.some(({ kind }) => kind === 'case')) return [];
    if (splitting.length === 0 && strength < 2) return [];
    const reasons = sentences.flatMap(clausesOf).filter((clause) => !common.test(clause));
    const aboutStyle = reasons.reduce((sum, clause) => sum + styleWords(clause), 0);
    if (aboutStyle === 0 || reasons.some((clause) => substanceWords(clause) > 0)) return [];
    const fix = splitting.length === 0 ? undefined : citeSplittingCase(rationale);
    return [
      {
        ...wholeText(rationale),
        message:
          'Every reason here is about style. Say first what each answer’s code does right and wrong, then add style',
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};

function clausesOf({ text }: ReadSentence): string[] {
  return text.split(/[;:,]|\b(?:and|but|because|since|while)\b/i);
}
