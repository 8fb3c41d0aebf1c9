import { defectWords, showsEvidence } from '../lexicon.ts';
import type { ReadSentence, Rule } from '../rule.ts';

/** The example may be up to this many sentences before or after the claim. */
const reach = 2;

/** "Wrong", "a bug" or "fails", without an input, its expected result and its actual result nearby. */
export const noCounterexample: Rule = {
  id: 'R10',
  name: 'no counterexample',
  severity: 'W',
  check({ sentences }) {
    const shown = sentences.map(({ text }) => showsEvidence(text));
    return sentences.flatMap((sentence, at) => {
      const isNear = shown.slice(Math.max(0, at - reach), at + reach + 1).some(Boolean);
      const [first] =
        isNear || isQualified(sentence) ? [] : defectWords(sentence.prose).filter(isOfCode(sentence));
      if (first === undefined) return [];
      const start = sentence.start + first.start;
      return [
        {
          start,
          end: start + first.word.length,
          message: `“${first.word}” needs an example. Give an input with its expected and actual result, or cite the case that shows it`,
          action: 'case' as const,
        },
      ];
    });
  },
};

/** Excludes "its explanation is wrong", which no input can show, and "an endless generator hangs", which names the input. */
function isOfCode({ prose }: ReadSentence): (defect: { start: number }) => boolean {
  return ({ start }) => {
    const before = prose.slice(Math.max(0, start - 60), start);
    return !ofProse.test(before) && !ofInput.test(before);
  };
}

const ofProse =
  /\b(?:text|explanation|comment|prose|description|claim|write-?up|doc ?string|note|sentence)s? (?:is|are|was|were) (?:\w+ )?$/i;
const ofInput =
  /\b(?:an?|any|every|each) (?:[\w-]+ ){1,2}(?:generator|iterator|list|array|string|text|file|dictionary|map|set|number|value|size|path|name|key|row|line|page|stream)s? $/i;

/** "Would be wrong if …" claims no fault. */
function isQualified({ prose }: ReadSentence): boolean {
  return /\b(?:would|could|might|if|whether|unless) [^.]{0,40}\b(?:wrong|bug|fail|incorrect|break|broken|crash)/i.test(
    prose,
  );
}
