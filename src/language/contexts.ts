import type { LanguageContext } from '../protocol/language.ts';

/**
 * The context that each open rationale is checked against. Requested from the host once, and again after the
 * host reports a change.
 */
export class Contexts {
  readonly #ask: (uri: string) => Promise<LanguageContext | null>;
  readonly #known = new Map<string, Promise<LanguageContext | null>>();

  constructor(ask: (uri: string) => Promise<LanguageContext | null>) {
    this.#ask = ask;
  }

  /**
   * `null` if the rationale's task is not open. Rejects if the host does not answer; the next call asks
   * again.
   */
  get(uri: string): Promise<LanguageContext | null> {
    const known = this.#known.get(uri);
    if (known !== undefined) return known;
    const asked = this.#ask(uri);
    this.#known.set(uri, asked);
    asked.catch(() => {
      if (this.#known.get(uri) === asked) this.#known.delete(uri);
    });
    return asked;
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }
}
