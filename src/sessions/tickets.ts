/** One turn of an action that takes time, such as a run of the cases. */
export interface Ticket {
  /** Aborted once the turn is cancelled, or a newer one takes its place. */
  readonly signal: AbortSignal;
  /** No newer turn has taken its place. A cancelled turn is still the latest, so that it can say that it was cancelled. */
  readonly isLatest: boolean;
}

/** Tickets for an action of which only the latest turn counts. The holder of a stale ticket drops its result. */
export class Tickets {
  #latest: AbortController | undefined;

  /** Begins a turn. The one before it is aborted, and its ticket is stale. */
  take(): Ticket {
    this.invalidate();
    const controller = new AbortController();
    this.#latest = controller;
    const isLatest = (): boolean => this.#latest === controller;
    return {
      signal: controller.signal,
      get isLatest() {
        return isLatest();
      },
    };
  }

  /** Aborts the turn under way, which still says how it ended. */
  cancel(): void {
    this.#latest?.abort();
  }

  /** Aborts the turn under way and makes its ticket stale. */
  invalidate(): void {
    this.#latest?.abort();
    this.#latest = undefined;
  }
}
