/** Reading one phrase takes some microseconds, and answers have a few. */
const mostPhrases = 2_000;

/** Finds the phrases in which a text speaks of itself, up to a number over all patterns. */
export class Phrases {
  #left = mostPhrases;

  /** Whether some phrases were not found. */
  get areTooMany(): boolean {
    return this.#left < 0;
  }

  /** The matches of a global pattern, in order. */
  *in(text: string, pattern: RegExp): Generator<RegExpExecArray, undefined> {
    if (this.areTooMany) return;
    for (const match of text.matchAll(pattern)) {
      this.#left -= 1;
      if (this.areTooMany) return;
      yield match;
    }
  }
}
