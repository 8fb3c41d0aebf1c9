import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { tiebreakError } from '../core/errors.ts';
import { unprotected } from '../core/unsandboxed.ts';
import type { Store } from '../store/store.ts';
import { calibrationCommands } from './calibration/calibrationCommands.ts';
import type { CommandTable } from './commands.ts';
import { openAnswerFile, openAnswerFiles, openNativeDiff } from './documents/openAnswers.ts';
import type { IdealStart } from './ideal/idealWorkspace.ts';
import { exchange, exchangeSummary } from './exchange.ts';
import { exportReviews } from './export.ts';
import { inspectionCommands } from './inspection/inspectionCommands.ts';
import { queueViewId, walkthroughId } from './manifest.ts';
import type { OpenWish } from '../protocol/webview.ts';
import type { PanelCommand } from './panel/panel.ts';
import type { AnswerSource } from './panel/panelSession.ts';
import type { Parts } from './parts.ts';
import { pickFilter, pickSort } from './queue/filterPicker.ts';
import { importSummary } from './queue/importTasks.ts';
import type { Queue } from './queue/queue.ts';
import type { QueueNode } from './queue/queueTree.ts';
import type { Session } from './session/session.ts';

/**
 * What each command does. A command that asks the person something also takes the answer as an argument, so that
 * key bindings, menus and tests can call it without a dialog.
 */
export function commandTable(parts: Parts): CommandTable {
  const { consent, context, desk, evaluator, files, ideal, log, queue, rationale, store } = parts;
  const session = (): Session => {
    if (desk.session !== undefined) return desk.session;
    throw tiebreakError('no-task', {
      what: 'No task is open',
      mend: 'Open one from the Tiebreak queue first',
    });
  };
  const inPanel = (command: PanelCommand) => () => desk.openPanel.command(command);
  return {
    'tiebreak.openSampleQueue': async () => {
      await importUris(parts, [vscode.Uri.joinPath(context.extensionUri, 'media', 'samples', 'queue.jsonl')]);
      await vscode.commands.executeCommand(`${queueViewId}.focus`);
      await desk.openNext('');
    },
    'tiebreak.importTasks': async (chosen, all) => {
      const uris = urisFrom(all) ?? urisFrom(chosen) ?? (await pickTaskFiles());
      if (uris !== undefined) await importUris(parts, uris);
    },
    'tiebreak.importThisFile': async (chosen) => {
      const uri = chosen instanceof vscode.Uri ? chosen : vscode.window.activeTextEditor?.document.uri;
      if (uri !== undefined) await importUris(parts, [uri]);
    },
    'tiebreak.openTask': (which) => desk.openTask(taskIdOf(which)),
    'tiebreak.openNext': () => desk.openNext(),
    'tiebreak.runBoth': () => session().run(),
    'tiebreak.runBothFresh': () => session().run({ fresh: true }),
    'tiebreak.cancelRun': () => session().cancelRun(),
    'tiebreak.compareTimes': (caseId) =>
      typeof caseId === 'string' ? session().compareTimes(caseId) : desk.openPanel.command('compare-times'),
    'tiebreak.submit': async () => {
      const { problems } = await desk.openPanel.submit();
      if (problems.length > 0) desk.openPanel.notify('warning', `Not submitted. ${problems.join('. ')}.`);
      return problems;
    },
    'tiebreak.skip': (reason) =>
      typeof reason === 'string' ? desk.openPanel.skip(reason) : desk.openPanel.command('skip'),
    'tiebreak.unskip': async (which) => {
      await (await store()).unskip(taskIdOf(which), evaluator());
      queue.refresh();
    },
    'tiebreak.addCase': inPanel('add-case'),
    'tiebreak.addFlag': inPanel('add-flag'),
    'tiebreak.showAsWritten': inPanel('view-written'),
    'tiebreak.showCode': inPanel('view-code'),
    'tiebreak.showDiff': inPanel('view-diff'),
    'tiebreak.showKeys': inPanel('show-keys'),
    'tiebreak.focusRationale': inPanel('focus-rationale'),
    'tiebreak.focusPreference': inPanel('focus-preference'),
    'tiebreak.focusScores': inPanel('focus-scores'),
    'tiebreak.citeLines': inPanel('cite-lines'),
    'tiebreak.applyFix': inPanel('apply-fix'),
    'tiebreak.openNativeDiff': () => openNativeDiff(session(), files),
    'tiebreak.openAnswerFiles': () => openAnswerFiles(session(), files),
    'tiebreak.openRationale': () => rationale.open(session()),
    'tiebreak.openIdeal': (start) => ideal.open(session(), isStart(start) ? start : undefined),
    'tiebreak.export': async (format, file, pieces) =>
      exportReviews(await store(), evaluator(), log, {
        ...(typeof format === 'string' ? { format } : {}),
        ...(file instanceof vscode.Uri ? { file } : {}),
        ...(Array.isArray(pieces) ? { pieces: pieces.map(String) } : {}),
      }),
    'tiebreak.exchangeReviews': (folder) =>
      exchangeRecords(parts, folder instanceof vscode.Uri ? folder : undefined),
    'tiebreak.verifyReviews': async () => verify(await store()),
    'tiebreak.filterQueue': (choice) =>
      isChoice(choice) ? queue.choose({ ...queue.choice, ...choice }) : pickFilter(queue),
    'tiebreak.sortQueue': () => pickSort(queue),
    'tiebreak.clearFilter': () => queue.choose({ sort: queue.choice.sort }),
    'tiebreak.refreshQueue': (more) => (more === 'more' ? parts.showMore() : queue.refresh()),
    'tiebreak.removeTasks': (which) => removeTask(parts, taskIdOf(which)),
    'tiebreak.saveDraftElsewhere': (target) => saveDraft(session(), target),
    'tiebreak.allowUnsandboxed': async () => {
      consent.check();
      if (!(await asksForConsent())) return;
      await consent.give();
      await desk.session?.lookAgain();
    },
    'tiebreak.forbidUnsandboxed': async () => {
      await consent.takeBack();
      void vscode.window.showInformationMessage('In this workspace, answers run in a sandbox or not at all.');
      desk.session?.cancelRun();
      await desk.session?.lookAgain();
    },
    ...inspectionCommands(parts.inspection),
    ...calibrationCommands(parts),
    'tiebreak.openDashboard': () => parts.dashboard.open(),
    'tiebreak.showLog': () => log.show(),
    'tiebreak.openSettings': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    'tiebreak.openWalkthrough': () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#${walkthroughId}`,
      ),
  };
}

/** Carries out what a button of the panel wishes to see in the editor proper. */
export async function openWish(
  parts: Parts,
  wish: OpenWish,
  answers: AnswerSource | undefined = parts.desk.session,
): Promise<void> {
  const run = (command: keyof CommandTable) => vscode.commands.executeCommand(command);
  const { desk, files, ideal, rationale } = parts;
  switch (wish.what) {
    case 'native-diff':
      return answers && openNativeDiff(answers, files, wish.file);
    case 'file':
      return answers && openAnswerFile(answers, files, wish);
    case 'rationale':
      return desk.session && rationale.open(desk.session);
    case 'ideal':
      return desk.session && ideal.open(desk.session);
    case 'ideal-diff':
      return desk.session && ideal.openDiff(desk.session, wish.side);
    case 'sample-queue':
      return void (await run('tiebreak.openSampleQueue'));
    case 'import':
      return void (await run('tiebreak.importTasks'));
    case 'log':
      return void (await run('tiebreak.showLog'));
    case 'save-elsewhere':
      return void (await run('tiebreak.saveDraftElsewhere'));
  }
}

/** Imports files or folders and says what came of it. */
export async function importUris({ importer, queue }: Parts, uris: readonly vscode.Uri[]): Promise<void> {
  const report = await importer.import(uris).finally(() => queue.refresh());
  tell(importSummary(report), report.problems.length > 0);
}

/** Exchanges reviews through a folder and says what came of it. */
async function exchangeRecords(parts: Parts, folder: vscode.Uri | undefined): Promise<void> {
  const { evaluator, importer, queue, store } = parts;
  const report = await exchange(await store(), evaluator(), importer, folder);
  if (report === undefined) return;
  queue.refresh();
  tell(exchangeSummary(report), report.refused.length + report.imported.problems.length > 0);
}

/** Says what was done, and where there are problems leads to them. */
function tell(message: string, hasProblems: boolean): void {
  const show = 'Show Problems';
  if (!hasProblems) return void vscode.window.showInformationMessage(message);
  void vscode.window.showWarningMessage(message, show).then((picked) => {
    if (picked === show) return vscode.commands.executeCommand('workbench.actions.view.problems');
    return undefined;
  });
}

/** Names what is unprotected; only the one button that says so agrees. */
async function asksForConsent(): Promise<boolean> {
  const agree = 'Run Without a Sandbox';
  const detail = [
    'Answers are code that nobody has reviewed. Without a sandbox:',
    ...unprotected.map((line) => `• ${line}.`),
    'It holds for this workspace, where no sandbox is found; every result is marked “unsandboxed”. The command “Forbid Running Without a Sandbox in This Workspace” takes it back.',
  ].join('\n');
  const question = 'Run answers without a sandbox in this workspace?';
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, agree)) === agree;
}

async function removeTask({ queue, store }: Parts, taskId: string): Promise<void> {
  const remove = 'Remove';
  const detail = 'Its draft goes with it. Reviews that were submitted stay and can still be exported.';
  const picked = await vscode.window.showWarningMessage(
    `Remove “${taskId}” from the queue?`,
    { modal: true, detail },
    remove,
  );
  if (picked !== remove) return;
  await (await store()).removeTasks([taskId]);
  queue.refresh();
}

async function verify(store: Store): Promise<void> {
  const fault = await store.verify();
  if (fault === undefined)
    return void vscode.window.showInformationMessage('Every link in the chain of reviews holds.');
  throw tiebreakError('chain-broken', {
    what: `The chain of reviews does not hold: ${fault.reason}`,
    where: `${fault.kind} ${fault.recordId}, number ${fault.index}`,
    mend: 'Restore the database from a copy, or export the reviews before this one',
  });
}

/** Writes the draft where the person wishes, for when the store cannot take it. */
async function saveDraft(session: Session, target: unknown): Promise<void> {
  const uri =
    target instanceof vscode.Uri
      ? target
      : await vscode.window.showSaveDialog({ title: 'Save draft as', filters: { JSON: ['json'] } });
  if (uri !== undefined) await writeFile(uri.fsPath, `${JSON.stringify(session.draft, null, 2)}\n`);
}

async function pickTaskFiles(): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Import tasks or reviews from files or folders',
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    filters: { Tasks: ['jsonl', 'ndjson'] },
  });
}

function urisFrom(value: unknown): vscode.Uri[] | undefined {
  if (value instanceof vscode.Uri) return [value];
  const list = Array.isArray(value) ? value.filter((item) => item instanceof vscode.Uri) : [];
  return list.length === 0 ? undefined : list;
}

/** A task's id, given as such or as its row in the tree. */
function taskIdOf(which: unknown): string {
  if (typeof which === 'string') return which;
  const node = which as QueueNode | undefined;
  if (node?.kind === 'task') return node.entry.taskId;
  throw tiebreakError('no-task', { what: 'No task was chosen', mend: 'Choose one in the Tiebreak queue' });
}

function isStart(value: unknown): value is IdealStart {
  return value === 'A' || value === 'B' || value === 'empty';
}

function isChoice(value: unknown): value is Partial<Queue['choice']> {
  return typeof value === 'object' && value !== null;
}
