import * as vscode from 'vscode';
import {
  inspectShows,
  inspectSorts,
  type InspectEntry,
  type InspectListing,
  type InspectShow,
  type InspectSort,
  type Store,
} from '../../store/store.ts';

const key = 'inspect.choice';
/** Rows fetched at once. */
export const pageSize = 200;

/** The list's filter and order; stored per workspace. */
export interface InspectChoice {
  readonly show: InspectShow;
  readonly sort: InspectSort;
}

const showNames: Readonly<Record<InspectShow, string>> = {
  unresolved: 'Unresolved',
  overridden: 'Overridden findings',
  fast: 'Very fast (under a minute)',
  'gold-missed': 'Gold missed',
  all: 'All',
};

const sortNames: Readonly<Record<InspectSort, string>> = {
  newest: 'Newest first',
  agreement: 'Lowest agreement first',
  fastest: 'Fastest first',
};

/** The submitted reviews, filtered and ordered as the reviewer chose. Fires when they may have changed. */
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

  get choice(): InspectChoice {
    const kept = this.#state.get<Partial<InspectChoice>>(key);
    return {
      show: inspectShows.find((show) => show === kept?.show) ?? 'unresolved',
      sort: inspectSorts.find((sort) => sort === kept?.sort) ?? 'newest',
    };
  }

  /** Filter and count, as in “Unresolved · 12”, and the order if it is not the default. */
  caption(total: number): string {
    const { show, sort } = this.choice;
    const order = sort === 'newest' ? '' : ` · ${sortNames[sort].toLowerCase()}`;
    return `${showNames[show]} · ${total.toLocaleString('en')}${order}`;
  }

  async choose(change: Partial<InspectChoice>): Promise<void> {
    await this.#state.update(key, { ...this.choice, ...change });
    this.refresh();
  }

  refresh(): void {
    this.#changed.fire();
  }

  async page(limit: number = pageSize): Promise<InspectListing> {
    const { show, sort } = this.choice;
    return (await this.#store()).inspectList({ reviewer: this.#reviewer(), show }, sort, { limit });
  }

  /** Every review in effect, lowest agreement first. */
  async byAgreement(): Promise<readonly InspectEntry[]> {
    const filter = { reviewer: this.#reviewer(), show: 'all' } as const;
    const { entries } = await (
      await this.#store()
    ).inspectList(filter, 'agreement', { limit: Number.MAX_SAFE_INTEGER });
    return entries;
  }

  /** The next review to inspect after this one in the list's order; wraps around. */
  async next(after?: string): Promise<string | undefined> {
    const store = await this.#store();
    const filter = { reviewer: this.#reviewer(), show: 'unresolved' } as const;
    const first = async (page: { after?: string }) =>
      (await store.inspectList(filter, this.choice.sort, { limit: 1, ...page })).entries[0]?.reviewId;
    return (after === undefined ? undefined : await first({ after })) ?? first({});
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Asks which reviews to list, and in what order. */
export async function pickChoice(list: InspectList): Promise<void> {
  const { choice } = list;
  const items = [
    { label: 'Reviews', kind: vscode.QuickPickItemKind.Separator, change: {} },
    ...inspectShows.map((show) => item(showNames[show], choice.show === show, { show })),
    { label: 'Order', kind: vscode.QuickPickItemKind.Separator, change: {} },
    ...inspectSorts.map((sort) => item(sortNames[sort], choice.sort === sort, { sort })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Filter reviews',
    placeHolder: 'Select which reviews to list, or their order',
    ignoreFocusOut: true,
  });
  if (picked !== undefined) await list.choose(picked.change);
}

function item(
  label: string,
  isCurrent: boolean,
  change: Partial<InspectChoice>,
): vscode.QuickPickItem & { readonly change: Partial<InspectChoice> } {
  return { label, change, ...(isCurrent ? { description: 'current' } : {}) };
}
