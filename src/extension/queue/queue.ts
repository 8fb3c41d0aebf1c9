import * as vscode from 'vscode';
import { calibrationSettings } from '../calibration/calibrationSettings.ts';
import type { QueueFilter, QueuePage, QueueSort, QueueSummary, Store, TaskState } from '../../store/store.ts';

/** How the queue is narrowed and ordered; kept per workspace. */
export interface QueueChoice {
  readonly languages?: readonly string[];
  readonly tags?: readonly string[];
  readonly states?: readonly TaskState[];
  readonly text?: string;
  readonly sort: QueueSort;
}

const key = 'queue.choice';
/** Rows fetched at once: more than fit a screen, far fewer than a queue may have. */
export const pageSize = 200;
/** How often changes by another window are looked for, in milliseconds. */
const pollMs = 2_000;

/** The tasks as the person chose to see them. Tells when they may have changed. */
export class Queue implements vscode.Disposable {
  readonly #store: () => Promise<Store>;
  readonly #state: vscode.Memento;
  readonly #evaluator: () => string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #poll: ReturnType<typeof setInterval> | undefined;
  #version: number | undefined;

  constructor(store: () => Promise<Store>, state: vscode.Memento, evaluator: () => string) {
    this.#store = store;
    this.#state = state;
    this.#evaluator = evaluator;
  }

  get choice(): QueueChoice {
    return this.#state.get<QueueChoice>(key) ?? { sort: 'position' };
  }

  get filtered(): boolean {
    const { languages, tags, states, text } = this.choice;
    return [languages, tags, states].some((list) => (list?.length ?? 0) > 0) || (text ?? '') !== '';
  }

  async choose(choice: QueueChoice): Promise<void> {
    await this.#state.update(key, choice);
    this.refresh();
  }

  refresh(): void {
    this.#changed.fire();
  }

  async page(offset: number, limit: number = pageSize): Promise<QueuePage> {
    return (await this.#store()).queue(await this.#filter(), this.choice.sort, { offset, limit });
  }

  async summary(): Promise<QueueSummary> {
    const { evaluator, calibration } = await this.#filter();
    return (await this.#store()).queueSummary(evaluator, calibration, this.choice.sort);
  }

  /** The next task; one that was dealt for it is in the queue from now on. */
  async next(after?: string): Promise<string | undefined> {
    const filter = await this.#filter();
    const next = await (await this.#store()).nextTask(filter, this.choice.sort, after);
    if (filter.calibration.goldShare + filter.calibration.duplicateShare > 0) this.refresh();
    return next;
  }

  async place(taskId: string): Promise<{ index: number; total: number }> {
    return (await this.#store()).place(taskId, await this.#filter(), this.choice.sort);
  }

  /** Looks now and then whether another window changed the database, while this one is in front. */
  watch(): void {
    this.#poll ??= setInterval(() => {
      if (vscode.window.state.focused) void this.#lookForChanges();
    }, pollMs);
  }

  dispose(): void {
    clearInterval(this.#poll);
    this.#changed.dispose();
  }

  async #lookForChanges(): Promise<void> {
    // An error here shows itself on the next real use of the store, where it can be told well.
    const version = await this.#store()
      .then((store) => store.dataVersion())
      .catch(() => this.#version);
    if (this.#version !== undefined && version !== this.#version) this.refresh();
    this.#version = version;
  }

  /** Rejects where the settings of calibration cannot be. */
  async #filter(): Promise<Required<Pick<QueueFilter, 'calibration'>> & QueueFilter> {
    const { sort: _sort, ...filter } = this.choice;
    return { ...filter, evaluator: this.#evaluator(), calibration: await calibrationSettings() };
  }
}
