import type { Channel } from '../../protocol/channel.ts';
import {
  dashboardWish,
  figuresTimeoutMs,
  quickFiguresOf,
  slowFiguresOf,
  type ShownQuick,
  type ShownSlow,
} from '../../protocol/dashboard.ts';
import type { Sorting } from './sorting.ts';
import { filterOf, keptSchema, noFilter, type FilterChoice, type Kept } from './filters.ts';

/** What there is to show. Figures of before stay while others are worked out. */
export interface DashboardState {
  readonly phase: 'loading' | 'shown' | 'failed';
  readonly isWorking: boolean;
  readonly message: string;
  readonly quick: ShownQuick | undefined;
  readonly slow: ShownSlow | undefined;
}

/** What the dashboard's page knows: the figures, and what the person chose to see of them, which outlives a reload. */
export class DashboardModel {
  readonly #channel: Channel;
  readonly #write: (kept: Kept) => void;
  readonly #changed: () => void;
  #turn = 0;
  state: DashboardState = {
    phase: 'loading',
    isWorking: true,
    message: '',
    quick: undefined,
    slow: undefined,
  };
  kept: Kept;

  constructor(
    channel: Channel,
    kept: { read: () => unknown; write: (kept: Kept) => void },
    changed: () => void,
  ) {
    this.#channel = channel;
    this.#write = kept.write;
    this.#changed = changed;
    const before = keptSchema.safeParse(kept.read() ?? {});
    this.kept = before.success ? before.data : keptSchema.parse({});
  }

  /** Asks for the figures anew: first those that are counted, then those with intervals. Later wishes overtake. */
  async ask(): Promise<void> {
    const turn = ++this.#turn;
    const isLate = () => turn !== this.#turn;
    const filter = filterOf(this.kept.choice);
    this.#set({ phase: this.state.quick === undefined ? 'loading' : this.state.phase, isWorking: true });
    try {
      const quick = await this.#channel.request(quickFiguresOf, { filter }, figuresTimeoutMs);
      if (isLate()) return;
      this.#set({ phase: 'shown', quick });
      if (quick.submitted === 0) return this.#set({ slow: undefined, isWorking: false });
      const slow = await this.#channel.request(slowFiguresOf, { filter }, figuresTimeoutMs);
      if (!isLate()) this.#set({ slow, isWorking: false });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!isLate()) this.#set({ phase: 'failed', message, isWorking: false });
    }
  }

  /** Shows what another choice of filters admits; without one, everything. */
  choose(choice: FilterChoice = noFilter): void {
    this.#keep({ choice });
    void this.ask();
  }

  /** Turns a figure from a chart into a table or back. */
  toggle(id: string): void {
    const { tables } = this.kept;
    this.#keep({ tables: tables.includes(id) ? tables.filter((each) => each !== id) : [...tables, id] });
  }

  toggleAll(ids: readonly string[]): void {
    this.#keep({ tables: this.areTables(ids) ? [] : [...ids] });
  }

  areTables(ids: readonly string[]): boolean {
    return ids.length > 0 && ids.every((id) => this.kept.tables.includes(id));
  }

  sort(id: string, sorting: Sorting | undefined): void {
    const { [id]: _before, ...others } = this.kept.sortings;
    this.#keep({ sortings: sorting === undefined ? others : { ...others, [id]: sorting } });
  }

  wish(what: 'next-task' | 'import' | 'log'): void {
    this.#channel.emit(dashboardWish, { what });
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
