import { Tickets } from '../tickets.ts';

/** The work that opens next. */
export interface Upcoming<Work> {
  readonly work: Work;
  /** A text of everything that its preparation depends on: work with the same key is not prepared again. */
  readonly key: string;
}

/** Calls back after so many milliseconds, until the returned function is called. */
export type Later = (ms: number, act: () => void) => () => void;

export interface PreparationOptions<Work> {
  /** `undefined` if nothing comes next, or nothing shall be prepared. */
  find(): Promise<Upcoming<Work> | undefined>;
  /** Prepares the work until the signal is aborted. */
  prepare(work: Work, signal: AbortSignal): Promise<void>;
  /** Whether something runs that the person waits for. */
  isBusy(): boolean;
  report(error: unknown): void;
  readonly later?: Later;
}

/** Milliseconds without an action of the person after which preparation begins. */
export const quietMs = 3_000;

/**
 * Prepares the next piece of work while the person is busy with the open one. Every action of the person that needs the
 * machine ends the preparation at once; it begins again after a pause.
 */
export class Preparation<Work> {
  readonly #options: PreparationOptions<Work>;
  readonly #later: Later;
  readonly #tickets = new Tickets();
  /** Stops the timer; `undefined` if none is set. */
  #stopTimer: (() => void) | undefined;
  #isPreparing = false;
  #isDisposed = false;
  /** The key of the work that is ready. */
  #ready: string | undefined;

  constructor(options: PreparationOptions<Work>) {
    this.#options = options;
    this.#later = options.later ?? afterTimeout;
  }

  /** The person started something: stops the preparation, which begins again after a pause. */
  interrupt(): void {
    this.#tickets.invalidate();
    this.#isPreparing = false;
    this.#wait();
  }

  /** The person typed: a preparation that has not begun waits longer. */
  postpone(): void {
    if (this.#stopTimer !== undefined) this.#wait();
  }

  /** Other work may be next: looks again after a pause, or once the preparation under way has ended. */
  reconsider(): void {
    if (!this.#isPreparing) this.#wait();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#tickets.invalidate();
    this.#stopTimer?.();
  }

  #wait(): void {
    this.#stopTimer?.();
    if (this.#isDisposed) return;
    this.#stopTimer = this.#later(quietMs, () => {
      this.#stopTimer = undefined;
      if (this.#options.isBusy()) this.#wait();
      else void this.#begin();
    });
  }

  async #begin(): Promise<void> {
    const { signal } = this.#tickets.take();
    this.#isPreparing = true;
    try {
      await this.#prepareNext(signal);
    } catch (error) {
      // What was stopped may fail in any way.
      if (!signal.aborted) this.#options.report(error);
    } finally {
      if (!signal.aborted) this.#isPreparing = false;
    }
  }

  async #prepareNext(signal: AbortSignal): Promise<void> {
    const next = await this.#options.find();
    if (signal.aborted || next === undefined || next.key === this.#ready) return;
    this.#ready = undefined;
    await this.#options.prepare(next.work, signal);
    if (!signal.aborted) this.#ready = next.key;
  }
}

function afterTimeout(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
