/** A word with its place. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Number of words in a sequence. */
export const gramLength = 5;

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}_]+/gu)].map(({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** The distinct sequences of five words in a text. */
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
