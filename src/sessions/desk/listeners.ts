/** Ends the listening. */
interface Subscription {
  dispose(): void;
}

/** The listeners of one kind of event. A listener that throws is reported; the others are still called. */
export class Listeners<Event> {
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Bound, so that it can be passed on without its object. */
  readonly add = (listener: (event: Event) => void): Subscription => {
    // Wrap the listener, so that a listener that is added twice is called twice and removed separately.
    const own = (event: Event): void => listener(event);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(event: Event): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
