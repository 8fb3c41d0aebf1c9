import type * as messages from '../../protocol/dashboard.ts';
import type { ShownModels, ShownQuick, ShownSlow } from '../../protocol/dashboard.ts';
import { figuresTimeoutMs } from '../../protocol/figures.ts';
import type { PageChannel } from '../../protocol/pageChannel.ts';
import type { Sorting } from './sorting.ts';
import { filterOf, noFilter, readKept, type FilterChoice, type Kept } from './filters.ts';

/** The dashboard's end of its channel. */
export type DashboardChannel = PageChannel<typeof messages>;

/** The figures. Earlier figures stay while new ones are computed. */
export interface DashboardState {
  readonly phase: 'loading' | 'shown' | 'failed';
  readonly isWorking: boolean;
  readonly message: string;
  readonly quick: ShownQuick | undefined;
  readonly slow: ShownSlow | undefined;
  readonly models: ShownModels | undefined;
}

/** The state of the dashboard's page: the figures, and the person's choices, which are kept through a reload. */
export class DashboardModel {
  readonly #channel: DashboardChannel;
  readonly #write: (kept: Kept) => void;
  readonly #changed: () => void;
  #turn = 0;
  state: DashboardState = {
    phase: 'loading',
    isWorking: true,
    message: '',
    quick: undefined,
    slow: undefined,
    models: undefined,
  };
  /** The pages whose figures are up to date with the filter and the reviews. */
  readonly #fresh = new Set<Kept['page']>();
  kept: Kept;

  constructor(
    channel: DashboardChannel,
    kept: { read: () => unknown; write: (kept: Kept) => void },
    changed: () => void,
  ) {
    this.#channel = channel;
    this.#write = kept.write;
    this.#changed = changed;
    this.kept = readKept(kept.read());
  }

  /** Requests the figures of the shown page again: reviews or filters changed. */
  async ask(): Promise<void> {
    this.#fresh.clear();
    await this.#askForPage();
  }

  /** Switches to a page, and requests its figures unless they are up to date. */
  showPage(page: Kept['page']): void {
    this.#keep({ page });
    if (!this.#fresh.has(page)) void this.#askForPage();
  }

  /** First the counts, then the figures of the page that take longer. A later request overtakes an earlier one. */
  async #askForPage(): Promise<void> {
    const { page } = this.kept;
    const turn = ++this.#turn;
    const isLate = () => turn !== this.#turn;
    const filter = filterOf(this.kept.choice);
    this.#set({ phase: this.state.quick === undefined ? 'loading' : this.state.phase, isWorking: true });
    try {
      const quick = await this.#channel.request('quickFigures', { filter }, figuresTimeoutMs);
      if (isLate()) return;
      this.#set({ phase: 'shown', quick });
      if (quick.submitted === 0) return this.#set({ slow: undefined, models: undefined, isWorking: false });
      const figures =
        page === 'models'
          ? { models: await this.#channel.request('modelFigures', { filter }, figuresTimeoutMs) }
          : { slow: await this.#channel.request('slowFigures', { filter }, figuresTimeoutMs) };
      if (isLate()) return;
      this.#fresh.add(page);
      this.#set({ ...figures, isWorking: false });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!isLate()) this.#set({ phase: 'failed', message, isWorking: false });
    }
  }

  /** Applies filters; by default none. */
  choose(choice: FilterChoice = noFilter): void {
    this.#keep({ choice });
    void this.ask();
  }

  /** Toggles a figure between chart and table. */
  toggle(id: string): void {
    const { tables } = this.kept;
    this.#keep({ tables: tables.includes(id) ? tables.filter((each) => each !== id) : [...tables, id] });
  }

  toggleAll(ids: readonly string[]): void {
    const others = this.kept.tables.filter((id) => !ids.includes(id));
    this.#keep({ tables: this.areTables(ids) ? others : [...others, ...ids] });
  }

  areTables(ids: readonly string[]): boolean {
    return ids.length > 0 && ids.every((id) => this.kept.tables.includes(id));
  }

  sort(id: string, sorting: Sorting | undefined): void {
    const { [id]: _before, ...others } = this.kept.sortings;
    this.#keep({ sortings: sorting === undefined ? others : { ...others, [id]: sorting } });
  }

  request(what: 'next-task' | 'import' | 'log' | 'show-models'): void {
    this.#channel.emit('dashboardWish', { what });
  }

  #keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    this.#write(this.kept);
    this.#changed();
  }

  #set(change: Partial<DashboardState>): void {
    this.state = { ...this.state, ...change };
    this.#changed();
  }
}
