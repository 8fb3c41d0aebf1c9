import * as vscode from 'vscode';
import type { Task } from '../../core/task/task.ts';
import { calibrationSettings } from '../calibration/calibrationSettings.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import { filterOf, orderOf, type QueueChoice } from '../../sessions/queueChoice.ts';
import type { QueueFilter, QueueOrder, QueuePage, QueueSummary, Store } from '../../store/store.ts';

/** Key of the person's choice in the state of the workspace. */
const key = 'queue.choice';
/** Rows fetched at once: more than a screen holds, far fewer than a queue may have. */
export const pageSize = 200;
/** Milliseconds between two checks for changes by another window. */
const pollMs = 2_000;

/** The tasks, filtered and ordered as the person chose. Fires when they may have changed. */
export class Queue implements vscode.Disposable {
  readonly #store: () => Promise<Store>;
  readonly #state: vscode.Memento;
  readonly #evaluator: () => string;
  readonly #report: Report;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #poll: ReturnType<typeof setInterval> | undefined;
  #version: number | undefined;

  constructor(store: () => Promise<Store>, state: vscode.Memento, evaluator: () => string, report: Report) {
    this.#report = report;
    this.#store = store;
    this.#state = state;
    this.#evaluator = evaluator;
  }

  get choice(): QueueChoice {
    return this.#state.get<QueueChoice>(key) ?? { sort: 'position' };
  }

  get #order(): QueueOrder {
    return orderOf(this.choice);
  }

  get filtered(): boolean {
    return Object.keys(filterOf(this.choice)).length > 0;
  }

  async choose(choice: QueueChoice): Promise<void> {
    await this.#state.update(key, choice);
    this.refresh();
  }

  refresh(): void {
    this.#changed.fire();
  }

  /** The first `limit` tasks, or those of one file; `null` stands for tasks whose file is unknown. */
  async page(limit: number, file?: string | null): Promise<QueuePage> {
    const filter = { ...(await this.#filter()), ...(file !== undefined && { files: [file] }) };
    return (await this.#store()).queue(filter, this.#order, { offset: 0, limit });
  }

  /** The files of import of the tasks that match the filter. */
  async files(): Promise<(string | null)[]> {
    return (await this.#store()).queueFiles(await this.#filter());
  }

  /** The files of import of all tasks, whatever the filter. */
  async allFiles(): Promise<(string | null)[]> {
    const { evaluator, calibration } = await this.#filter();
    return (await this.#store()).queueFiles({ evaluator, calibration });
  }

  async summary(): Promise<QueueSummary> {
    const { evaluator, calibration } = await this.#filter();
    return (await this.#store()).queueSummary(evaluator, calibration, this.#order);
  }

  /** The next task. If it was injected, it is in the queue from now on. */
  async next(after?: string): Promise<string | undefined> {
    const filter = await this.#filter();
    const next = await (await this.#store()).nextTask(filter, this.#order, after);
    if (filter.calibration.goldShare + filter.calibration.duplicateShare > 0) this.refresh();
    return next;
  }

  /** The task that `next` will return once the task in hand is submitted. Injects nothing. */
  async upcoming(inHand: string): Promise<Task | undefined> {
    return (await this.#store()).upcomingTask(await this.#filter(), this.#order, inHand);
  }

  async place(taskId: string): Promise<{ index: number; total: number }> {
    return (await this.#store()).place(taskId, await this.#filter(), this.#order);
  }

  /** Starts checking for changes by other windows while this window has the focus. */
  watch(): void {
    this.#poll ??= setInterval(() => {
      if (vscode.window.state.focused) inBackground(this.#lookForChanges(), this.#report);
    }, pollMs);
  }

  dispose(): void {
    clearInterval(this.#poll);
    this.#changed.dispose();
  }

  async #lookForChanges(): Promise<void> {
    // Ignore the error: the next use of the store fails in the same way and can show it.
    const version = await this.#store()
      .then((store) => store.dataVersion())
      .catch(() => this.#version);
    if (this.#version !== undefined && version !== this.#version) this.refresh();
    this.#version = version;
  }

  /** Rejects with `setting-wrong` if a calibration setting is invalid. */
  async #filter(): Promise<Required<Pick<QueueFilter, 'calibration'>> & QueueFilter> {
    const filter = filterOf(this.choice);
    return { ...filter, evaluator: this.#evaluator(), calibration: await calibrationSettings() };
  }
}
