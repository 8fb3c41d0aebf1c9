import { withoutFences } from './anchors.ts';

/** A sentence of prose. Offsets are in the whole text, in UTF-16 code units. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Abbreviations whose full stop ends no sentence. */
const abbreviations =
  /(?:\b(?:[Ee]\.g|i\.e|etc|vs|cf|approx|resp|no|fig|sec|dr|mr|ms)|(?<![@\p{L}\p{N}_])[a-zC-Z])\.$/u;

/** Number of characters before a full stop that are searched for an abbreviation. */
const longestAbbreviation = 10;

/**
 * The sentences of a Markdown text in order, without fenced code, headings and horizontal rules. List markers, quotation
 * marks and emphasis stay, so that offsets do not change.
 */
export function sentencesOf(text: string): Sentence[] {
  const prose = withoutFences(text).replaceAll(/^[ \t]*(#{1,6}[ \t].*|[-*_=]{3,}[ \t]*)$/gm, (line) =>
    ' '.repeat(line.length),
  );
  const sentences: Sentence[] = [];
  for (const block of blocks(prose)) {
    let start = block.start;
    for (const { index, 0: mark } of block.text.matchAll(/[.!?]+["'”’)*_\]]*(?=\s|$)/g)) {
      const stop = block.start + index;
      const end = stop + mark.length;
      const lastWord = prose.slice(Math.max(start, stop - longestAbbreviation), stop + 1);
      if (abbreviations.test(lastWord) && end < block.start + block.text.length) continue;
      add(sentences, prose, start, end);
      start = end;
    }
    add(sentences, prose, start, block.start + block.text.length);
  }
  return sentences;
}

/** Paragraphs, list items and table rows: a sentence does not run from one into the next. */
function blocks(prose: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let start = 0;
  for (const { index } of prose.matchAll(/\n(?=[^\S\n]*(?:\n|[-*+>|]\s|\d+[.)]\s))/g)) {
    found.push({ text: prose.slice(start, index), start });
    start = index + 1;
  }
  found.push({ text: prose.slice(start), start });
  return found;
}

function add(sentences: Sentence[], prose: string, from: number, to: number): void {
  const text = prose.slice(from, to);
  const trimmed = text.trim();
  // A marker or bracket alone is not a sentence.
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return;
  const start = from + text.indexOf(trimmed);
  sentences.push({ text: trimmed, start, end: start + trimmed.length });
}
