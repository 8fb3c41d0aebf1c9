import * as vscode from 'vscode';
import type { QueueSort, QueueSummary, TaskState } from '../../store/store.ts';
import type { Queue, QueueChoice } from './queue.ts';

interface FilterItem extends vscode.QuickPickItem {
  readonly group?: 'languages' | 'tags' | 'states';
  readonly value?: string;
}

const states: readonly { value: TaskState; label: string }[] = [
  { value: 'open', label: 'Not started' },
  { value: 'draft', label: 'Draft' },
  { value: 'sent-back', label: 'Sent back' },
  { value: 'submitted', label: 'Submitted' },
  { value: 'skipped', label: 'Skipped' },
];

const sorts: readonly { value: QueueSort; label: string }[] = [
  { value: 'position', label: 'Order of import' },
  { value: 'title', label: 'Title' },
  { value: 'language', label: 'Language' },
  { value: 'state', label: 'State' },
];

/** Asks which tasks to show: any of the chosen states, languages and tags. */
export async function pickFilter(queue: Queue): Promise<void> {
  const { choice } = queue;
  const items = filterItems(await queue.summary(), choice);
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: 'Filter the queue',
    placeHolder: 'Choose states, languages and tags; nothing chosen shows all',
    ignoreFocusOut: true,
  });
  if (picked === undefined) return;
  const chosen = (group: FilterItem['group']) =>
    picked.filter((item) => item.group === group).map((item) => item.value!);
  await queue.choose({
    sort: choice.sort,
    languages: chosen('languages'),
    tags: chosen('tags'),
    states: chosen('states') as TaskState[],
  });
}

/** Asks for the order of the queue. */
export async function pickSort(queue: Queue): Promise<void> {
  const { choice } = queue;
  const items = sorts.map(({ value, label }) => ({
    label,
    value,
    ...(choice.sort === value ? { description: 'now' } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Sort the queue by',
    ignoreFocusOut: true,
  });
  if (picked !== undefined) await queue.choose({ ...choice, sort: picked.value });
}

function filterItems(summary: QueueSummary, choice: QueueChoice): FilterItem[] {
  const counted = (group: 'languages' | 'tags', list: readonly { name: string; count: number }[]) =>
    list.map(({ name, count }) => ({
      label: name,
      description: String(count),
      group,
      value: name,
      picked: choice[group]?.includes(name) ?? false,
    }));
  return [
    { label: 'State', kind: vscode.QuickPickItemKind.Separator },
    ...states.map(({ value, label }) => ({
      label,
      description: String(summary.states[value]),
      group: 'states' as const,
      value,
      picked: choice.states?.includes(value) ?? false,
    })),
    { label: 'Language', kind: vscode.QuickPickItemKind.Separator },
    ...counted('languages', summary.languages),
    { label: 'Tag', kind: vscode.QuickPickItemKind.Separator },
    ...counted('tags', summary.tags),
  ];
}
