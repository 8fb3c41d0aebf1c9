import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import type { Store } from '../../store/store.ts';
import type { CommandTable } from '../commands/commands.ts';
import type { Services } from '../commands/services.ts';
import type { Button, Notices } from '../host/notices.ts';
import { importReportMarkdown } from '../../transfer/import/importReport.ts';
import { exchange, exchangeSummary } from './exchange.ts';
import { exportReviews } from './export.ts';
import { importSummary } from './importTasks.ts';

type TransferCommand =
  | 'tiebreak.importTasks'
  | 'tiebreak.importThisFile'
  | 'tiebreak.export'
  | 'tiebreak.exchangeReviews'
  | 'tiebreak.verifyReviews';

/** The commands on files of tasks and records; see `commandTable`. */
export function transferCommands(services: Services): Pick<CommandTable, TransferCommand> {
  const { evaluator, notices, store } = services;
  return {
    'tiebreak.importTasks': async (chosen, all) => {
      const uris = urisFrom(all) ?? urisFrom(chosen) ?? (await pickTaskFiles());
      if (uris !== undefined) await importUris(services, uris);
    },
    'tiebreak.importThisFile': async (chosen) => {
      const uri = chosen instanceof vscode.Uri ? chosen : vscode.window.activeTextEditor?.document.uri;
      if (uri !== undefined) await importUris(services, [uri]);
    },
    'tiebreak.export': async (format, file, pieces) =>
      exportReviews(await store(), evaluator(), services, {
        ...(typeof format === 'string' ? { format } : {}),
        ...(file instanceof vscode.Uri ? { file } : {}),
        ...(Array.isArray(pieces) ? { pieces: pieces.map(String) } : {}),
      }),
    'tiebreak.exchangeReviews': (folder) =>
      exchangeRecords(services, folder instanceof vscode.Uri ? folder : undefined),
    'tiebreak.verifyReviews': async () => verify(await store(), notices),
  };
}

/** Imports files or folders and shows a summary. */
export async function importUris(
  {
    desk,
    importer,
    notices,
    queue,
    reports,
  }: Pick<Services, 'desk' | 'importer' | 'notices' | 'queue' | 'reports'>,
  uris: readonly vscode.Uri[],
): Promise<void> {
  const report = await importer.import(uris).finally(() => queue.refresh());
  const { firstTask } = report;
  const text = importReportMarkdown(
    report,
    uris.map(({ fsPath }) => fsPath),
  );
  tell(notices, importSummary(report), report.problems.length > 0, [
    ...(firstTask === undefined ? [] : [{ title: 'Open First', press: () => desk.openTask(firstTask) }]),
    { title: 'Show Report', press: reports.keep('Import report', text) },
  ]);
}

/** Exchanges records through a folder and shows a summary. */
async function exchangeRecords(services: Services, folder: vscode.Uri | undefined): Promise<void> {
  const { evaluator, importer, notices, queue, store } = services;
  const report = await exchange(await store(), evaluator(), importer, folder);
  if (report === undefined) return;
  queue.refresh();
  tell(notices, exchangeSummary(report), report.refused.length + report.imported.problems.length > 0);
}

/** Shows a summary with buttons. If there are problems, the first button opens Problems. */
function tell(
  notices: Notices,
  summary: string,
  hasProblems: boolean,
  buttons: readonly Button[] = [],
): void {
  if (!hasProblems) return notices.info(summary, ...buttons);
  const showProblems = {
    title: 'Show Problems',
    press: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
  };
  notices.warning(summary, showProblems, ...buttons);
}

/** Throws `chain-broken` at the first record that was changed. */
async function verify(store: Store, notices: Notices): Promise<void> {
  const fault = await store.verify();
  if (fault === undefined) return notices.info('The chain of reviews is intact.');
  throw tiebreakError('chain-broken', {
    what: `The chain of reviews is broken: ${fault.reason}`,
    where: `${fault.kind} ${fault.recordId}, number ${fault.index}`,
    remedy: 'Restore the database from a copy, or export the reviews before this one',
  });
}

async function pickTaskFiles(): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Import tasks or reviews from files or folders',
    openLabel: 'Import',
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
