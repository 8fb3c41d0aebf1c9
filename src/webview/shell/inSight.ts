/** Scrolls a section into view when the choice in it changes, for example by a key; not when it is first shown. */
export class InSight {
  #before: { readonly of: string; readonly chosen: unknown } | undefined;

  /** Call after each update, with the subject of the choice and the chosen value. */
  follow(section: Element | null, of: string, chosen: unknown): void {
    const before = this.#before;
    this.#before = { of, chosen };
    if (before?.of === of && before.chosen !== chosen) section?.scrollIntoView({ block: 'nearest' });
  }
}
