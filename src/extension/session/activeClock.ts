/** A pause longer than this is not work: the time after a sign of life that counts at most, in milliseconds. */
export const idleCutMs = 30_000;

/** Adds up the time a person works: the gaps between signs of life, each cut at the idle limit. */
export class ActiveClock {
  readonly #now: () => number;
  #last: number | undefined;
  #total: number;

  constructor(startMs: number, now: () => number = Date.now) {
    this.#total = startMs;
    this.#now = now;
  }

  get totalMs(): number {
    return Math.round(this.#total);
  }

  sign(): void {
    const now = this.#now();
    if (this.#last !== undefined) this.#total += Math.min(Math.max(now - this.#last, 0), idleCutMs);
    this.#last = now;
  }

  /** The panel left the screen: the gap until the next sign does not count. */
  pause(): void {
    this.#last = undefined;
  }
}
