import * as vscode from 'vscode';
import { visibleLine } from '../../core/text/visible.ts';
import type { GoldDecided } from '../../core/calibration/gold.ts';
import { preferenceStatement, toShown } from '../../core/task/preference.ts';
import { taskTitle } from '../../core/task/title.ts';
import type { Store } from '../../store/store.ts';
import type { Notices } from '../host/notices.ts';
import type { GoldDecision, GoldSource } from '../../sessions/calibration/goldVerdict.ts';

/** The task to keep, and how. The command asks the person for missing members. */
export interface GoldChoice {
  readonly taskId?: string;
  readonly reviewId?: string;
  readonly use?: GoldDecided;
  readonly rationale?: string;
}

interface UseItem {
  readonly use: GoldDecided;
  readonly label: string;
  readonly detail: string;
}

const uses: readonly UseItem[] = [
  {
    use: 'calibration',
    label: 'Calibration',
    detail: 'Measures evaluators: the task is injected unmarked, and the result is not shown to them',
  },
  {
    use: 'training',
    label: 'Training',
    detail: 'Teaches evaluators: after they submit, they see this verdict and rationale beside their own',
  },
  {
    use: 'qualification',
    label: 'Qualification',
    detail: 'Admits evaluators: the task joins the set that “Start Qualification” opens',
  },
];
const removal: UseItem = {
  use: 'none',
  label: 'Remove from gold',
  detail: 'The task becomes an ordinary task, and evaluators are no longer measured against it',
};

/** Keeps the verdict on a task as its gold verdict. Records nothing if the person cancels a question. */
export async function keepAsGold(
  store: Store,
  notices: Notices,
  decided: Pick<GoldDecision, 'author' | 'toolVersion'>,
  choice: GoldChoice,
): Promise<void> {
  const { goldSource, isGold, keepGold } = await import('../../sessions/calibration/goldVerdict.ts');
  const taskId = choice.taskId ?? (await pickTask(store, notices));
  if (taskId === undefined) return;
  const source = await goldSource(store, taskId, choice.reviewId);
  const use = choice.use ?? (await pickUse(source, await isGold(store, taskId)));
  if (use === undefined) return;
  const rationale = choice.rationale ?? (await askRationale(source, use));
  if (rationale === undefined) return;
  await keepGold(store, source, { ...decided, use, rationale });
  const title = taskTitle(source.task);
  notices.info(use === 'none' ? `“${title}” is no longer gold.` : `Kept “${title}” as gold for ${use}.`);
}

/** Asks for one of the settled tasks. */
async function pickTask(store: Store, notices: Notices): Promise<string | undefined> {
  const { settledTasks } = await import('../../sessions/calibration/goldVerdict.ts');
  const taskIds = await settledTasks(store);
  if (taskIds.length === 0) {
    notices.info('No task is settled yet. Settle a task, or choose a review in the Inspect view.');
    return undefined;
  }
  const choices = await Promise.all(
    taskIds.map(async (taskId) => {
      const task = await store.task(taskId);
      return {
        taskId,
        label: task === undefined ? visibleLine(taskId) : taskTitle(task),
        detail: visibleLine(taskId),
      };
    }),
  );
  const options = { title: 'Task to keep as gold', ignoreFocusOut: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(choices, options))?.taskId;
}

async function pickUse(
  { task, preference, shown }: GoldSource,
  isGoldNow: boolean,
): Promise<GoldDecided | undefined> {
  const verdict = preferenceStatement(toShown(preference, shown)).replaceAll('@', '');
  const title = `Keep “${taskTitle(task)}” as gold: ${verdict}`;
  const items = isGoldNow ? [...uses, removal] : uses;
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.use;
}

/** The rationale, which evaluators in training read. An existing rationale keeps its line breaks if it is not changed. */
async function askRationale({ rationale }: GoldSource, use: GoldDecided): Promise<string | undefined> {
  if (use === 'none') return askReasonForRemoval();
  const line = rationale.trim().replaceAll(/\s*\n\s*/g, ' ');
  const typed = await vscode.window.showInputBox({
    title: 'Rationale for the gold verdict',
    prompt:
      use === 'training'
        ? 'Evaluators see it beside their own rationale after they submit'
        : 'Stored with the verdict. Evaluators do not see it',
    value: line,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Enter a reason' : undefined),
  });
  return typed === line ? rationale.trim() : typed?.trim();
}

async function askReasonForRemoval(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Reason for removing the task from gold',
    prompt: 'Stored with the record',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Enter a reason' : undefined),
  });
  return typed?.trim();
}
