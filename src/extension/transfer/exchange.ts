import * as vscode from 'vscode';
import type { Exchange } from '../../transfer/exchange.ts';
import { importCounts } from '../../transfer/import/importReport.ts';
import type { Store } from '../../store/store.ts';
import { refusalIn, type TaskImporter } from './importTasks.ts';
import { settings } from '../host/settings.ts';

/**
 * Exchanges reviews through the given folder or the one in the settings, which the person is asked for once. Resolves with
 * a report, or with `undefined` if no folder was chosen. Refused files are listed in Problems.
 */
export async function exchange(
  store: Store,
  evaluator: string,
  importer: TaskImporter,
  given?: vscode.Uri,
): Promise<Exchange | undefined> {
  const folder = given?.fsPath ?? (settings.exchangeFolder || (await pickFolder()));
  if (folder === undefined) return undefined;
  const { exchangeReviews } = await import('../../transfer/exchange.ts');
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Exchanging reviews' },
    () => exchangeReviews(store, folder, evaluator),
  );
  importer.publish(report.files, [...report.imported.problems, ...report.refused.map(refusalIn)]);
  return report;
}

/** Summarises an exchange in a few sentences, with the error of the first refused file. */
export function exchangeSummary({ imported, refused, written }: Exchange): string {
  const counts = importCounts(imported) || 'nothing to import';
  const done = `Exchange: ${written.toLocaleString('en')} of your records written; ${counts}.`;
  const [first, ...more] = refused;
  if (first === undefined) return done;
  return `${done} ${first.error.message}.${more.length === 0 ? '' : ` ${more.length} more refused.`}`;
}

/** Asks for the folder and stores it in the settings. */
async function pickFolder(): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: 'Select the folder to exchange reviews through',
      openLabel: 'Exchange',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return undefined;
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration('tiebreak').update('exchange.folder', folder.fsPath, Global);
  return folder.fsPath;
}
