import { defectWords, showsEvidence } from '../lexicon.ts';
import type { ReadSentence, Rule } from '../rule.ts';

/** How many sentences before and after may hold the example. */
const reach = 2;

/** "Wrong", "a bug", "fails", and nowhere near an input with what was expected of it and what came. */
export const noCounterexample: Rule = {
  id: 'R10',
  name: 'no counterexample',
  severity: 'W',
  check({ sentences }) {
    const shown = sentences.map(({ text }) => showsEvidence(text));
    return sentences.flatMap((sentence, at) => {
      const isNear = shown.slice(Math.max(0, at - reach), at + reach + 1).some(Boolean);
      const [first] = isNear || isQualified(sentence) ? [] : defectWords(sentence.prose);
      if (first === undefined) return [];
      const start = sentence.start + first.start;
      return [
        {
          start,
          end: start + first.word.length,
          message: `“${first.word}” needs an example: an input, what was expected and what came, or the case that shows it`,
        },
      ];
    });
  },
};

/** "Would be wrong if …" claims no fault. */
function isQualified({ prose }: ReadSentence): boolean {
  return /\b(?:would|could|might|if|whether|unless) [^.]{0,40}\b(?:wrong|bug|fail|incorrect|break|broken|crash)/i.test(
    prose,
  );
}
