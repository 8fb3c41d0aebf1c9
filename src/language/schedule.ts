/** Debounces work by key: runs it a moment after the last call, because typing comes in bursts. */
export class Schedule {
  readonly #delayMs: number;
  readonly #act: (key: string) => void;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(delayMs: number, act: (key: string) => void) {
    this.#delayMs = delayMs;
    this.#act = act;
  }

  soon(key: string): void {
    this.cancel(key);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.#act(key);
    }, this.#delayMs);
    this.#timers.set(key, timer);
  }

  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
