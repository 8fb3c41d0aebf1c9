/** A word with its place. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How many words make a sequence. */
export const gramLength = 5;

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}_]+/gu)].map(({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** Every sequence of five words of a text, once. */
export function fiveGrams(text: string): Set<string> {
  const words = wordsOf(text);
  return new Set(words.slice(gramLength - 1).map((_, at) => gramAt(words, at)));
}

export function gramAt(words: readonly Word[], at: number): string {
  return words
    .slice(at, at + gramLength)
    .map((word) => word.text)
    .join(' ');
}
