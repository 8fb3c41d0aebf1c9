import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import { unfiltered } from '../../sessions/queueChoice.ts';
import type { CommandTable } from '../commands/commands.ts';
import { queueViewId } from '../commands/manifest.ts';
import type { Services } from '../commands/services.ts';
import { noticeText } from '../host/noticeText.ts';
import { askForText, pickFilter, pickSort } from './filterPicker.ts';
import type { Queue } from './queue.ts';
import type { QueueGroup, QueueNode } from './queueTree.ts';

type QueueCommand =
  | 'tiebreak.openSampleQueue'
  | 'tiebreak.openTask'
  | 'tiebreak.openNext'
  | 'tiebreak.unskip'
  | 'tiebreak.filterQueue'
  | 'tiebreak.searchQueue'
  | 'tiebreak.sortQueue'
  | 'tiebreak.groupQueue'
  | 'tiebreak.ungroupQueue'
  | 'tiebreak.clearFilter'
  | 'tiebreak.refreshQueue'
  | 'tiebreak.removeTasks';

/** The commands on the queue and its tasks; see `commandTable`. */
export function queueCommands(services: Services): Pick<CommandTable, QueueCommand> {
  const { context, desk, evaluator, importer, queue, store, views } = services;
  return {
    'tiebreak.openSampleQueue': async () => {
      const samples = vscode.Uri.joinPath(context.extensionUri, 'media', 'samples', 'queue.jsonl');
      // No message: the queue shows the imported tasks, and a message would cover the foot of the panel.
      await importer.import([samples]).finally(() => queue.refresh());
      await vscode.commands.executeCommand(`${queueViewId}.focus`);
      await desk.openNext('');
    },
    'tiebreak.openTask': (which) => desk.openTask(taskIdOf(which)),
    'tiebreak.openNext': () => desk.openNext(),
    'tiebreak.unskip': async (which) => {
      await (await store()).unskip(taskIdOf(which), evaluator());
      queue.refresh();
    },
    'tiebreak.filterQueue': (choice) =>
      isChoice(choice) ? queue.choose({ ...queue.choice, ...choice }) : pickFilter(queue),
    'tiebreak.searchQueue': (text) =>
      typeof text === 'string' ? queue.choose({ ...queue.choice, text }) : askForText(queue),
    'tiebreak.sortQueue': () => pickSort(queue),
    'tiebreak.groupQueue': () => queue.choose({ ...queue.choice, grouped: true }),
    'tiebreak.ungroupQueue': () => queue.choose({ ...queue.choice, grouped: false }),
    'tiebreak.clearFilter': () => queue.choose(unfiltered(queue.choice)),
    'tiebreak.refreshQueue': (more, group) =>
      more === 'more' ? views.queueTree.showMore(group as QueueGroup | undefined) : queue.refresh(),
    'tiebreak.removeTasks': (which) => removeTask(services, taskIdOf(which)),
  };
}

async function removeTask({ queue, store }: Services, taskId: string): Promise<void> {
  const remove = 'Remove';
  const detail = 'The draft is deleted. Submitted reviews are kept and can still be exported.';
  const question = noticeText(`Remove “${taskId}” from the queue?`);
  const picked = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
  if (picked !== remove) return;
  await (await store()).removeTasks([taskId]);
  queue.refresh();
}

/** A task's id, given as such or as its row in the tree. Throws `no-task`. */
function taskIdOf(which: unknown): string {
  if (typeof which === 'string') return which;
  const node = which as QueueNode | undefined;
  if (node?.kind === 'task') return node.entry.taskId;
  throw tiebreakError('no-task', {
    what: 'No task is selected',
    remedy: 'Select a task in the Tiebreak queue',
  });
}

function isChoice(value: unknown): value is Partial<Queue['choice']> {
  return typeof value === 'object' && value !== null;
}
