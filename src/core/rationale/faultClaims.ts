import { defectWords } from './lexicon.ts';
import type { ReadSentence } from './rule.ts';

/** The words of a sentence that claim a fault of an answer's code. Offsets are in the rationale. */
export function faultClaims(sentence: ReadSentence): { word: string; start: number; end: number }[] {
  if (isQualified(sentence)) return [];
  return defectWords(sentence.prose)
    .filter(isOfCode(sentence))
    .map(({ word, start, end }) => ({ word, start: sentence.start + start, end: sentence.start + end }));
}

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
