import * as vscode from 'vscode';
import { inspectShows, type InspectPage, type InspectShow, type Store } from '../../store/store.ts';

const key = 'inspect.show';
/** Rows fetched at once. */
export const pageSize = 200;

/** What each filter of the list is called. */
export const showNames: Readonly<Record<InspectShow, string>> = {
  unresolved: 'Unresolved',
  overridden: 'Overridden findings',
  fast: 'Very fast (under a minute)',
  all: 'All',
};

/** The submitted reviews as a reviewer chose to see them. Tells when they may have changed. */
export class InspectList implements vscode.Disposable {
  readonly #store: () => Promise<Store>;
  readonly #state: vscode.Memento;
  readonly #reviewer: () => string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(store: () => Promise<Store>, state: vscode.Memento, reviewer: () => string) {
    this.#store = store;
    this.#state = state;
    this.#reviewer = reviewer;
  }

  get show(): InspectShow {
    const kept = this.#state.get<InspectShow>(key);
    return kept !== undefined && inspectShows.includes(kept) ? kept : 'unresolved';
  }

  async choose(show: InspectShow): Promise<void> {
    await this.#state.update(key, show);
    this.refresh();
  }

  refresh(): void {
    this.#changed.fire();
  }

  async page(limit: number = pageSize): Promise<InspectPage> {
    return (await this.#store()).inspectable(this.#reviewer(), this.show, { limit });
  }

  /** The first review that is still to be inspected after this one in the list; from the start where there is none. */
  async next(after?: string): Promise<string | undefined> {
    const store = await this.#store();
    const first = async (page: { after?: string }) =>
      (await store.inspectable(this.#reviewer(), 'unresolved', { limit: 1, ...page })).entries[0]?.reviewId;
    return (after === undefined ? undefined : await first({ after })) ?? first({});
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Asks which reviews to list. */
export async function pickShow(list: InspectList): Promise<void> {
  const items = inspectShows.map((show) => ({
    label: showNames[show],
    show,
    ...(list.show === show ? { description: 'now' } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Reviews to list' });
  if (picked !== undefined) await list.choose(picked.show);
}
