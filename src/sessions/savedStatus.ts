import type { PanelState } from '../protocol/panel/state.ts';

/** Whether what the person typed is in the store. */
export type Saved = NonNullable<PanelState['saved']>;

/** Worst first. */
const states: readonly Saved['state'][] = ['failed', 'saving', 'saved', 'clean'];

/** The status of several drafts as one status: the worst of them. */
export class SavedStatus<Name extends string> {
  readonly #byDraft = new Map<Name, Saved>();

  /** Records the status of one draft. A failed draft stays failed until it is saved, whatever is typed. */
  set(draft: Name, saved: Saved): void {
    const isStillFailed = saved.state === 'saving' && this.#byDraft.get(draft)?.state === 'failed';
    if (!isStillFailed) this.#byDraft.set(draft, saved);
  }

  /** The latest of the worst statuses. */
  get worst(): Saved {
    const all = [...this.#byDraft.values()];
    for (const state of states) {
      const found = all.filter((saved) => saved.state === state);
      if (found.length > 0) return found.reduce(later);
    }
    return { state: 'clean' };
  }
}

function later(one: Saved, other: Saved): Saved {
  return one.state === 'saved' && other.state === 'saved' && one.at > other.at ? one : other;
}
