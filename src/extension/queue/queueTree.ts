import * as vscode from 'vscode';
import { visibleLine } from '../../core/text/visible.ts';
import { messageOf } from '../../core/errors.ts';
import type { QueueEntry, TaskState } from '../../store/store.ts';
import { ListTree } from '../views/listTree.ts';
import { fileName } from './fileName.ts';
import { pageSize, type Queue } from './queue.ts';

/** A row of the tree: a task, the tasks of one file, “Show more” at the top or in a group, or an error. */
export type QueueNode =
  | { readonly kind: 'task'; readonly entry: QueueEntry }
  | QueueGroup
  | { readonly kind: 'more'; readonly remaining: number; readonly group: QueueGroup | undefined }
  | { readonly kind: 'failure'; readonly message: string };

/** The tasks of a file of import; `null` stands for tasks whose file is unknown. */
export interface QueueGroup {
  readonly kind: 'file';
  readonly file: string | null;
}

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

/** The queue as a list, or grouped by file of import. */
export class QueueTree extends ListTree<QueueNode> {
  readonly #queue: Queue;
  /** The group of each file, the same object each time it is listed. */
  readonly #groups = new Map<string | null, QueueGroup>();

  constructor(queue: Queue) {
    super(queue.onDidChange, pageSize);
    this.#queue = queue;
  }

  protected override idOf(node: QueueNode): string | undefined {
    return node.kind === 'task' ? node.entry.taskId : undefined;
  }

  protected override async read(count: number, group?: QueueNode): Promise<QueueNode[]> {
    try {
      if (group?.kind === 'file') return await this.#tasks(count, group);
      return this.#queue.choice.grouped === true ? await this.#files() : await this.#tasks(count);
    } catch (error) {
      return [{ kind: 'failure', message: messageOf(error) }];
    }
  }

  async #files(): Promise<QueueNode[]> {
    const files = await this.#queue.files();
    return files.map((file) => {
      const group = this.#groups.get(file) ?? { kind: 'file', file };
      this.#groups.set(file, group);
      return group;
    });
  }

  async #tasks(count: number, group?: QueueGroup): Promise<QueueNode[]> {
    const { entries, total } = await this.#queue.page(count, group?.file);
    const tasks = entries.map((entry): QueueNode => ({ kind: 'task', entry }));
    const remaining = total - entries.length;
    // The total also counts tasks that are not listed yet, so there is more only if the page is full.
    return remaining > 0 && entries.length === count ? [...tasks, { kind: 'more', remaining, group }] : tasks;
  }

  override getTreeItem(node: QueueNode): vscode.TreeItem {
    switch (node.kind) {
      case 'task':
        return taskItem(node.entry);
      case 'file':
        return groupItem(node);
      case 'more':
        return moreItem(node);
      case 'failure':
        return failureItem(node.message);
    }
  }
}

function taskItem(entry: QueueEntry): vscode.TreeItem {
  // A title may be the first line of a prompt, so long that it would cut off what follows it.
  const item = new vscode.TreeItem(visibleLine(`${entry.language} · ${entry.title}`));
  item.id = entry.taskId;
  item.description = visibleLine(entry.tags.join(' · '));
  const facts = [entry.taskId, stateNames[entry.state], ...(entry.file === undefined ? [] : [entry.file])];
  item.tooltip = `${entry.title}\n${visibleLine(facts.join(' · '))}`;
  item.iconPath = icons[entry.state];
  item.contextValue = `task.${entry.state}`;
  item.accessibilityInformation = { label: `${entry.title}, ${entry.language}, ${stateNames[entry.state]}` };
  item.command = { command: 'tiebreak.openTask', title: 'Open Task', arguments: [entry.taskId] };
  return item;
}

function groupItem({ file }: QueueGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(fileName(file), vscode.TreeItemCollapsibleState.Expanded);
  item.id = file === null ? 'unknown-file' : `file ${file}`;
  item.iconPath = new vscode.ThemeIcon(file === null ? 'question' : 'file');
  item.tooltip =
    file === null
      ? 'Tasks imported before files were recorded, or without a file'
      : `Tasks imported from ${visibleLine(file)}`;
  item.contextValue = 'file';
  return item;
}

function moreItem({ remaining, group }: Extract<QueueNode, { kind: 'more' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(`Show more (${remaining.toLocaleString('en')} remaining)`);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'tiebreak.refreshQueue', title: 'Show More', arguments: ['more', group] };
  return item;
}

function failureItem(message: string): vscode.TreeItem {
  const item = new vscode.TreeItem(message);
  item.tooltip = message;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('errorForeground'));
  item.command = { command: 'tiebreak.refreshQueue', title: 'Try Again' };
  return item;
}
