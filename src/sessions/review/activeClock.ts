/** Longest time after an activity that counts as active, in milliseconds. */
export const idleCutMs = 30_000;
/** Longest idle time after active time, in milliseconds; after that the person is away. */
export const awayCutMs = 600_000;

/** Active and idle time, in milliseconds. */
export interface Spent {
  readonly activeMs: number;
  readonly idleMs: number;
}

/**
 * Measures active time while the work is visible: from the first activity, the gaps between activities and the time since the
 * last one, each capped at the idle limit. Time beyond the cap is idle time, until the person is away.
 */
export class ActiveClock {
  readonly #now: () => number;
  #last: number | undefined;
  #active: number;
  #idle = 0;
  #taken: Spent;

  constructor(startMs: number, now: () => number = Date.now) {
    this.#active = startMs;
    this.#taken = { activeMs: startMs, idleMs: 0 };
    this.#now = now;
  }

  get totalMs(): number {
    return Math.round(this.#spent().activeMs);
  }

  /** The work became visible, or the person did something. */
  sign(): void {
    this.#settle();
    this.#last = this.#now();
  }

  /** The work is no longer visible: the gap until the next activity does not count. */
  pause(): void {
    this.#settle();
    this.#last = undefined;
  }

  /** Starts again from zero. Time that was not taken is dropped. */
  restart(): void {
    this.#active = 0;
    this.#idle = 0;
    this.#taken = { activeMs: 0, idleMs: 0 };
    if (this.#last !== undefined) this.#last = this.#now();
  }

  /** The time since the last call, in whole milliseconds. */
  take(): Spent {
    const { activeMs, idleMs } = this.#spent();
    const since = {
      activeMs: Math.round(activeMs - this.#taken.activeMs),
      idleMs: Math.round(idleMs - this.#taken.idleMs),
    };
    this.#taken = {
      activeMs: this.#taken.activeMs + since.activeMs,
      idleMs: this.#taken.idleMs + since.idleMs,
    };
    return since;
  }

  #settle(): void {
    const { activeMs, idleMs } = this.#spent();
    this.#active = activeMs;
    this.#idle = idleMs;
  }

  #spent(): Spent {
    const gap = this.#last === undefined ? 0 : Math.max(this.#now() - this.#last, 0);
    return {
      activeMs: this.#active + Math.min(gap, idleCutMs),
      idleMs: this.#idle + Math.min(Math.max(gap - idleCutMs, 0), awayCutMs),
    };
  }
}
