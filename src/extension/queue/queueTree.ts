import * as vscode from 'vscode';
import { messageOf } from '../../core/errors.ts';
import type { QueueEntry, TaskState } from '../../store/store.ts';
import { pageSize, type Queue } from './queue.ts';

/** A row of the tree: a task, the way to more of them, or why there are none. */
export type QueueNode =
  | { readonly kind: 'task'; readonly entry: QueueEntry }
  | { readonly kind: 'more'; readonly left: number }
  | { readonly kind: 'failure'; readonly message: string };

const icons: Record<TaskState, vscode.ThemeIcon> = {
  open: new vscode.ThemeIcon('circle-outline'),
  draft: new vscode.ThemeIcon('edit', new vscode.ThemeColor('charts.yellow')),
  submitted: new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green')),
  skipped: new vscode.ThemeIcon('debug-step-over'),
  'sent-back': new vscode.ThemeIcon('reply', new vscode.ThemeColor('charts.orange')),
};
const stateNames: Record<TaskState, string> = {
  open: 'not started',
  draft: 'draft',
  submitted: 'submitted',
  skipped: 'skipped',
  'sent-back': 'sent back',
};

/** The queue as a tree of one level, a page at a time: a hundred thousand rows would drown the workbench. */
export class QueueTree implements vscode.TreeDataProvider<QueueNode>, vscode.Disposable {
  readonly #queue: Queue;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;
  #shown = pageSize;

  constructor(queue: Queue) {
    this.#queue = queue;
    this.#subscription = queue.onDidChange(() => this.#changed.fire());
  }

  async getChildren(node?: QueueNode): Promise<QueueNode[]> {
    if (node !== undefined) return [];
    try {
      const { entries, total } = await this.#queue.page(0, this.#shown);
      const tasks = entries.map((entry): QueueNode => ({ kind: 'task', entry }));
      const left = total - entries.length;
      // The total counts what is not in the list yet, too: there is more to show where the page is full.
      return left > 0 && entries.length === this.#shown ? [...tasks, { kind: 'more', left }] : tasks;
    } catch (error) {
      return [{ kind: 'failure', message: messageOf(error) }];
    }
  }

  getTreeItem(node: QueueNode): vscode.TreeItem {
    switch (node.kind) {
      case 'task':
        return taskItem(node.entry);
      case 'more':
        return moreItem(node.left);
      case 'failure':
        return failureItem(node.message);
    }
  }

  showMore(): void {
    this.#shown += pageSize;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function taskItem(entry: QueueEntry): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.title);
  item.id = entry.taskId;
  item.description = [entry.language, ...entry.tags].join(' · ');
  item.tooltip = `${entry.title}\n${entry.taskId} · ${stateNames[entry.state]}`;
  item.iconPath = icons[entry.state];
  item.contextValue = `task.${entry.state}`;
  item.accessibilityInformation = { label: `${entry.title}, ${entry.language}, ${stateNames[entry.state]}` };
  item.command = { command: 'tiebreak.openTask', title: 'Open Task', arguments: [entry.taskId] };
  return item;
}

function moreItem(left: number): vscode.TreeItem {
  const item = new vscode.TreeItem(`Show more (${left.toLocaleString('en')} left)`);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'tiebreak.refreshQueue', title: 'Show More', arguments: ['more'] };
  return item;
}

function failureItem(message: string): vscode.TreeItem {
  const item = new vscode.TreeItem(message);
  item.tooltip = message;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('errorForeground'));
  item.command = { command: 'tiebreak.refreshQueue', title: 'Try Again' };
  return item;
}
