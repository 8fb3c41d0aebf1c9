import * as vscode from 'vscode';
import type { GoldDecided } from '../../core/gold.ts';
import { preferenceStatement, toShown } from '../../core/preference.ts';
import { taskTitle } from '../../core/title.ts';
import type { Store } from '../../store/store.ts';
import type { GoldDecision, GoldSource } from './goldVerdict.ts';

/** Which task to keep, and what of it is decided already; the rest is asked. */
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
    detail: 'Measures: it comes in unseen, and nobody is told how it came out',
  },
  {
    use: 'training',
    label: 'Training',
    detail: 'Teaches: once they have submitted, evaluators see this verdict and rationale beside their own',
  },
  {
    use: 'qualification',
    label: 'Qualification',
    detail: 'Admits: it is part of the set that “Start Qualification” opens',
  },
];
const takenBack: UseItem = {
  use: 'none',
  label: 'Not gold any more',
  detail: 'Takes it back: the task is work like any other, and nothing is measured against it',
};

/** Keeps the verdict on a task as what others are measured against. Nothing is recorded when a question is left. */
export async function keepAsGold(
  store: Store,
  decided: Pick<GoldDecision, 'author' | 'toolVersion'>,
  choice: GoldChoice,
): Promise<void> {
  const { goldSource, isGold, keepGold } = await import('./goldVerdict.ts');
  const taskId = choice.taskId ?? (await pickTask(store));
  if (taskId === undefined) return;
  const source = await goldSource(store, taskId, choice.reviewId);
  const use = choice.use ?? (await pickUse(source, await isGold(store, taskId)));
  if (use === undefined) return;
  const rationale = choice.rationale ?? (await askRationale(source, use));
  if (rationale === undefined) return;
  await keepGold(store, source, { ...decided, use, rationale });
  const title = taskTitle(source.task);
  void vscode.window.showInformationMessage(
    use === 'none' ? `“${title}” is not gold any more.` : `Kept “${title}” as gold for ${use}.`,
  );
}

/** Asks for one of the tasks that were settled. */
async function pickTask(store: Store): Promise<string | undefined> {
  const { settledTasks } = await import('./goldVerdict.ts');
  const taskIds = await settledTasks(store);
  if (taskIds.length === 0)
    return void vscode.window.showInformationMessage(
      'No task is settled yet. Settle one, or choose a review in the Inspect view.',
    );
  const choices = await Promise.all(
    taskIds.map(async (taskId) => {
      const task = await store.task(taskId);
      return { taskId, label: task === undefined ? taskId : taskTitle(task), detail: taskId };
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
  const items = isGoldNow ? [...uses, takenBack] : uses;
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.use;
}

/** The rationale, which evaluators in training read. What is there already keeps its lines where nothing is changed. */
async function askRationale({ rationale }: GoldSource, use: GoldDecided): Promise<string | undefined> {
  if (use === 'none') return askWhyNot();
  const line = rationale.trim().replaceAll(/\s*\n\s*/g, ' ');
  const typed = await vscode.window.showInputBox({
    title: 'Why this is the right verdict',
    prompt:
      use === 'training'
        ? 'Evaluators read it beside their own, once they have submitted'
        : 'Kept with the verdict; evaluators do not see it',
    value: line,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Say why' : undefined),
  });
  return typed === line ? rationale.trim() : typed?.trim();
}

async function askWhyNot(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Why it is not gold any more',
    prompt: 'Kept with the record',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Say why' : undefined),
  });
  return typed?.trim();
}
