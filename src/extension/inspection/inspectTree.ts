import * as vscode from 'vscode';
import { visibleLine } from '../../core/text/visible.ts';
import { messageOf } from '../../core/errors.ts';
import { clipped } from '../../core/task/title.ts';
import type { InspectEntry, InspectState } from '../../store/store.ts';
import { settings } from '../host/settings.ts';
import { ListTree } from '../views/listTree.ts';
import { pageSize, type InspectList } from './inspectList.ts';

/** A row of the tree: a review, “Show more”, or an error. */
export type InspectNode =
  | { readonly kind: 'review'; readonly entry: InspectEntry }
  | { readonly kind: 'more'; readonly remaining: number }
  | { readonly kind: 'failure'; readonly message: string };

/** Characters of a title in its row. The facts that tell reviews apart follow it and would be cut off first. */
const titleLength = 32;

const stateLabels: Readonly<Record<InspectState, { icon: string; colour?: string; name: string }>> = {
  open: { icon: 'circle-outline', name: 'not inspected' },
  draft: { icon: 'edit', colour: 'charts.yellow', name: 'inspection in progress' },
  approve: { icon: 'pass-filled', colour: 'charts.green', name: 'approved' },
  'send-back': { icon: 'reply', colour: 'charts.orange', name: 'sent back' },
  correct: { icon: 'wand', colour: 'charts.blue', name: 'corrected' },
  reject: { icon: 'error', colour: 'charts.red', name: 'rejected' },
  settled: { icon: 'law', colour: 'charts.green', name: 'settled' },
};

/** The submitted reviews as a flat list. */
export class InspectTree extends ListTree<InspectNode> {
  readonly #list: InspectList;
  readonly #counted = new vscode.EventEmitter<string>();
  /** The listed reviews were counted; carries the list's caption. */
  readonly onDidCount = this.#counted.event;

  constructor(list: InspectList) {
    super(list.onDidChange, pageSize);
    this.#list = list;
  }

  protected override idOf(node: InspectNode): string | undefined {
    return node.kind === 'review' ? node.entry.reviewId : undefined;
  }

  protected override async read(count: number): Promise<InspectNode[]> {
    try {
      const { entries, total } = await this.#list.page(count);
      this.#counted.fire(this.#list.caption(total));
      const reviews = entries.map((entry): InspectNode => ({ kind: 'review', entry }));
      const remaining = total - entries.length;
      return remaining > 0 ? [...reviews, { kind: 'more', remaining }] : reviews;
    } catch (error) {
      return [{ kind: 'failure', message: messageOf(error) }];
    }
  }

  override getTreeItem(node: InspectNode): vscode.TreeItem {
    switch (node.kind) {
      case 'review':
        return reviewItem(node.entry);
      case 'more':
        return commandItem(`Show more (${node.remaining.toLocaleString('en')} remaining)`, 'ellipsis', [
          'more',
        ]);
      case 'failure':
        return commandItem(node.message, 'error', []);
    }
  }

  override dispose(): void {
    super.dispose();
    this.#counted.dispose();
  }
}

function reviewItem(entry: InspectEntry): vscode.TreeItem {
  const { icon, colour, name } = stateLabels[entry.state];
  const item = new vscode.TreeItem(clipped(entry.title, titleLength));
  const facts = [
    ...(settings.showEvaluators ? [entry.evaluator] : []),
    `${Math.max(1, Math.round(entry.activeMs / 1000)).toLocaleString('en')} s`,
    ...(entry.agreement === undefined
      ? []
      : [`${Math.round(entry.agreement * 100)}% of ${entry.reviewsOfTask} agree`]),
    ...(entry.overrides > 0 ? [`${entry.overrides} overridden`] : []),
    ...(entry.isRevision ? ['revision'] : []),
    entry.language ?? 'task missing',
  ]
    .map(visibleLine)
    .join(' · ');
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
