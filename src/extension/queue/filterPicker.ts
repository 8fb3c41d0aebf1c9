import * as vscode from 'vscode';
import { visibleLine } from '../../core/text/visible.ts';
import type { QueueSort, QueueSummary, TaskState } from '../../store/store.ts';
import type { QueueChoice } from '../../sessions/queueChoice.ts';
import { fileName } from './fileName.ts';
import type { Queue } from './queue.ts';

interface FilterItem extends vscode.QuickPickItem {
  readonly group?: 'languages' | 'tags' | 'states' | 'files';
  readonly value?: string | null;
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
  { value: 'file', label: 'File of import' },
];

/** Asks which states, languages, tags and files to show. */
export async function pickFilter(queue: Queue): Promise<void> {
  const { choice } = queue;
  const [summary, files] = await Promise.all([queue.summary(), queue.allFiles()]);
  const items = filterItems(summary, files, choice);
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: 'Filter the queue',
    placeHolder: 'Select states, languages, tags and files. Select nothing to show all tasks',
    ignoreFocusOut: true,
  });
  if (picked === undefined) return;
  const chosen = <Value extends string | null>(group: FilterItem['group']) =>
    picked.filter((item) => item.group === group).map((item) => item.value as Value);
  await queue.choose({
    ...queue.choice,
    languages: chosen<string>('languages'),
    tags: chosen<string>('tags'),
    states: chosen<TaskState>('states'),
    files: chosen<string | null>('files'),
  });
}

/** Asks for words that the listed tasks must have. An empty text lists all tasks. */
export async function askForText(queue: Queue): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: 'Filter the queue by text',
    prompt: 'Words in the title, the id or the tags. Leave empty to remove this filter',
    value: queue.choice.text ?? '',
    ignoreFocusOut: true,
  });
  if (text !== undefined) await queue.choose({ ...queue.choice, text });
}

/** Asks for the order of the queue. */
export async function pickSort(queue: Queue): Promise<void> {
  const { choice } = queue;
  const items = sorts.map(({ value, label }) => ({
    label,
    value,
    ...(choice.sort === value ? { description: 'current' } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Sort the queue',
    placeHolder: 'Select an order',
    ignoreFocusOut: true,
  });
  if (picked !== undefined) await queue.choose({ ...choice, sort: picked.value });
}

function filterItems(
  summary: QueueSummary,
  files: readonly (string | null)[],
  choice: QueueChoice,
): FilterItem[] {
  const counted = (group: 'languages' | 'tags', list: readonly { name: string; count: number }[]) =>
    list.map(({ name, count }) => ({
      label: visibleLine(name),
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
    { label: 'File of import', kind: vscode.QuickPickItemKind.Separator },
    ...files.map((file) => ({
      label: fileName(file),
      group: 'files' as const,
      value: file,
      picked: choice.files?.includes(file) ?? false,
    })),
  ];
}
