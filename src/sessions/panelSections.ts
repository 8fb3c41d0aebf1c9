import type { PanelState } from '../protocol/panel/state.ts';

export type SectionName = keyof PanelState;

/** The functions that compute each section of the panel's state from the session. */
export type SectionBuilders = { readonly [Name in SectionName]?: () => PanelState[Name] };

/**
 * The sections of the panel's state that one session fills, and the listeners for their changes. A session reports every
 * change here and nowhere else.
 */
export class PanelSections {
  readonly #builders: SectionBuilders;
  readonly #listeners = new Set<(sections: PanelState) => void>();

  constructor(builders: SectionBuilders) {
    this.#builders = builders;
  }

  /** Calls the listener with each change until the returned function is called, or the session closes. */
  listen(listener: (sections: PanelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every section that this session fills. */
  all(): PanelState {
    return this.#build(Object.keys(this.#builders) as SectionName[]);
  }

  /** Sends the named sections as they are now. */
  send(...names: readonly SectionName[]): void {
    if (this.#listeners.size > 0) this.sendState(this.#build(names));
  }

  /** Sends sections that are not computed from the session, such as a notice. */
  sendState(sections: PanelState): void {
    for (const listener of this.#listeners) listener(sections);
  }

  /** Stops sending. */
  close(): void {
    this.#listeners.clear();
  }

  #build(names: readonly SectionName[]): PanelState {
    return Object.fromEntries(names.map((name) => [name, this.#builders[name]?.()])) as PanelState;
  }
}
