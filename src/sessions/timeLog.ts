import { localDay, type WorkedTime } from '../core/review/workedTime.ts';
import type { Store } from '../store/store.ts';
import type { ActiveClock } from './review/activeClock.ts';

/** The piece of work that time is spent on. */
export type TimedWork = Pick<WorkedTime, 'person' | 'taskId' | 'work' | 'startedAt'>;

/** Saves the time that a clock measures. */
export class TimeLog {
  readonly #store: Pick<Store, 'addTime'>;
  readonly #clock: ActiveClock;
  readonly #work: () => TimedWork;
  /** Time that the store has not accepted yet. */
  #pending: readonly WorkedTime[] = [];

  constructor(store: Pick<Store, 'addTime'>, clock: ActiveClock, work: () => TimedWork) {
    this.#store = store;
    this.#clock = clock;
    this.#work = work;
  }

  /** Saves the time since the last call. Never rejects: time that the store refuses is saved with the next call. */
  async save(): Promise<void> {
    const { activeMs, idleMs } = this.#clock.take();
    const added = { ...this.#work(), day: localDay(new Date()), activeMs, idleMs };
    const all = [...this.#pending, ...(activeMs + idleMs > 0 ? [added] : [])];
    this.#pending = [];
    if (all.length === 0) return;
    try {
      await this.#store.addTime(all);
    } catch {
      this.#pending = [...all, ...this.#pending];
    }
  }
}
