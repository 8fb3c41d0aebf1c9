/** Brings a section into sight when what is chosen in it changes, be it by a key far from it; not when it is opened. */
export class InSight {
  #before: { readonly of: string; readonly chosen: unknown } | undefined;

  /** Called after each drawing, with what the choice is about and what is chosen. */
  follow(section: Element | null, of: string, chosen: unknown): void {
    const before = this.#before;
    this.#before = { of, chosen };
    if (before?.of === of && before.chosen !== chosen) section?.scrollIntoView({ block: 'nearest' });
  }
}
