import type { TreeView } from 'vscode';
import { inBackground, type Report } from '../../sessions/background.ts';
import type { StoreAccess } from '../../sessions/storeAccess.ts';
import type { Queue } from './queue.ts';
import type { QueueNode } from './queueTree.ts';

/** Shows on the activity bar how many tasks remain, once the database is in use. */
export class QueueBadge {
  readonly #view: Pick<TreeView<QueueNode>, 'badge' | 'description'>;
  readonly #queue: Pick<Queue, 'filtered' | 'onDidChange' | 'summary' | 'watch'>;
  readonly #report: Report;
  readonly #subscriptions: { dispose(): void }[];
  /** Increases with each count of the tasks; the result of an earlier count is not shown. */
  #turn = 0;

  constructor(
    view: Pick<TreeView<QueueNode>, 'badge' | 'description'>,
    queue: Pick<Queue, 'filtered' | 'onDidChange' | 'summary' | 'watch'>,
    stores: Pick<StoreAccess, 'onDidOpen'>,
    report: Report,
  ) {
    this.#view = view;
    this.#queue = queue;
    this.#report = report;
    this.#subscriptions = [stores.onDidOpen(() => this.#begin())];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #begin(): void {
    this.#queue.watch();
    const update = (): void => inBackground(this.#update(), this.#report);
    this.#subscriptions.push(this.#queue.onDidChange(update));
    update();
  }

  async #update(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const remaining = await this.#count();
    if (turn !== this.#turn) return;
    this.#view.badge = remaining?.tasks
      ? {
          value: remaining.tasks,
          tooltip: `${remaining.tasks} ${remaining.tasks === 1 ? 'task' : 'tasks'} left`,
        }
      : undefined;
    if (remaining !== undefined) this.#view.description = remaining.caption;
  }

  /** The tree shows why the database cannot be read; a badge would only repeat it. */
  async #count(): Promise<{ tasks: number; caption: string } | undefined> {
    try {
      const { states } = await this.#queue.summary();
      const tasks = states.open + states.draft + states['sent-back'];
      const isFiltered = this.#queue.filtered ? ' · filtered' : '';
      const caption =
        states.submitted + tasks === 0 ? '' : `${states.submitted} done · ${tasks} left${isFiltered}`;
      return { tasks, caption };
    } catch {
      return undefined;
    }
  }
}
