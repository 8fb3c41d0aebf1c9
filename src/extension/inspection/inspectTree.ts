import * as vscode from 'vscode';
import { messageOf } from '../../core/errors.ts';
import { clipped } from '../../core/title.ts';
import type { InspectEntry, InspectState } from '../../store/store.ts';
import { settings } from '../settings.ts';
import { pageSize, type InspectList } from './inspectList.ts';

/** A row of the tree: a review, the way to more of them, or why there are none. */
export type InspectNode =
  | { readonly kind: 'review'; readonly entry: InspectEntry }
  | { readonly kind: 'more'; readonly left: number }
  | { readonly kind: 'failure'; readonly message: string };

/** Characters of a title in its row: what tells reviews apart stands after it, and is cut off first. */
const titleLength = 32;

const looks: Readonly<Record<InspectState, { icon: string; colour?: string; name: string }>> = {
  open: { icon: 'circle-outline', name: 'not inspected' },
  draft: { icon: 'edit', colour: 'charts.yellow', name: 'inspection begun' },
  approve: { icon: 'pass-filled', colour: 'charts.green', name: 'approved' },
  'send-back': { icon: 'reply', colour: 'charts.orange', name: 'sent back' },
  correct: { icon: 'wand', colour: 'charts.blue', name: 'corrected' },
  reject: { icon: 'error', colour: 'charts.red', name: 'rejected' },
  settled: { icon: 'law', colour: 'charts.green', name: 'settled' },
};

/** The submitted reviews as a tree of one level, a page at a time. */
export class InspectTree implements vscode.TreeDataProvider<InspectNode>, vscode.Disposable {
  readonly #list: InspectList;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #counted = new vscode.EventEmitter<string>();
  /** What the list shows was counted: its caption. */
  readonly onDidCount = this.#counted.event;
  readonly #subscription: vscode.Disposable;
  #shown = pageSize;

  constructor(list: InspectList) {
    this.#list = list;
    this.#subscription = list.onDidChange(() => this.#changed.fire());
  }

  async getChildren(node?: InspectNode): Promise<InspectNode[]> {
    if (node !== undefined) return [];
    try {
      const { entries, total } = await this.#list.page(this.#shown);
      this.#counted.fire(this.#list.caption(total));
      const reviews = entries.map((entry): InspectNode => ({ kind: 'review', entry }));
      const left = total - entries.length;
      return left > 0 ? [...reviews, { kind: 'more', left }] : reviews;
    } catch (error) {
      return [{ kind: 'failure', message: messageOf(error) }];
    }
  }

  getTreeItem(node: InspectNode): vscode.TreeItem {
    switch (node.kind) {
      case 'review':
        return reviewItem(node.entry);
      case 'more':
        return commandItem(`Show more (${node.left.toLocaleString('en')} left)`, 'ellipsis', ['more']);
      case 'failure':
        return commandItem(node.message, 'error', []);
    }
  }

  showMore(): void {
    this.#shown += pageSize;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#counted.dispose();
    this.#changed.dispose();
  }
}

function reviewItem(entry: InspectEntry): vscode.TreeItem {
  const { icon, colour, name } = looks[entry.state];
  const item = new vscode.TreeItem(clipped(entry.title, titleLength));
  const facts = [
    ...(settings.showEvaluators ? [entry.evaluator] : []),
    `${Math.max(1, Math.round(entry.activeMs / 1000)).toLocaleString('en')} s`,
    ...(entry.agreement === undefined
      ? []
      : [`${Math.round(entry.agreement * 100)}% of ${entry.reviewsOfTask} agree`]),
    ...(entry.overrides > 0 ? [`${entry.overrides} overridden`] : []),
    ...(entry.isRevision ? ['revision'] : []),
    entry.language ?? 'task not here',
  ].join(' · ');
  item.id = entry.reviewId;
  item.description = facts;
  item.tooltip = `${entry.title}\n${name} · submitted ${entry.submittedAt.slice(0, 10)}\n${facts}`;
  item.iconPath = new vscode.ThemeIcon(
    icon,
    colour === undefined ? undefined : new vscode.ThemeColor(colour),
  );
  item.contextValue = `review.${entry.state}`;
  item.accessibilityInformation = { label: `${entry.title}, ${name}, ${facts}` };
  item.command = {
    command: 'tiebreak.inspectReview',
    title: 'Inspect Review',
    arguments: [entry.reviewId],
  };
  return item;
}

function commandItem(label: string, icon: string, args: readonly string[]): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.tooltip = label;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = { command: 'tiebreak.refreshInspect', title: label, arguments: [...args] };
  return item;
}
