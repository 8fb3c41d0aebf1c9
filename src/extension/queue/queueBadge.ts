import type * as vscode from 'vscode';
import type { Queue } from './queue.ts';
import type { QueueNode } from './queueTree.ts';

/** Shows on the activity bar how many tasks are left. */
export class QueueBadge implements vscode.Disposable {
  readonly #view: vscode.TreeView<QueueNode>;
  readonly #queue: Queue;
  readonly #subscriptions: vscode.Disposable;

  constructor(view: vscode.TreeView<QueueNode>, queue: Queue) {
    this.#view = view;
    this.#queue = queue;
    this.#subscriptions = queue.onDidChange(() => void this.#update());
    queue.watch();
    void this.#update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #update(): Promise<void> {
    try {
      const { states } = await this.#queue.summary();
      const left = states.open + states.draft + states['sent-back'];
      this.#view.badge =
        left === 0 ? undefined : { value: left, tooltip: `${left} ${left === 1 ? 'task' : 'tasks'} left` };
      this.#view.description = states.submitted + left === 0 ? '' : `${states.submitted} done · ${left} left`;
    } catch {
      // The tree shows why the store cannot be read; a badge would only repeat it.
      this.#view.badge = undefined;
    }
  }
}
