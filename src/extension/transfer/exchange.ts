import * as vscode from 'vscode';
import type { Exchange } from '../store/exchange.ts';
import { importCounts } from '../store/importReport.ts';
import type { Store } from '../store/store.ts';
import { refusalIn, type TaskImporter } from './queue/importTasks.ts';
import { settings } from './settings.ts';

/**
 * Exchanges reviews through the shared folder of the settings, which the person is asked for once, or through one that
 * is given. Resolves with what came of it, or with nothing where no folder was chosen; why a file was refused is in
 * Problems.
 */
export async function exchange(
  store: Store,
  evaluator: string,
  importer: TaskImporter,
  given?: vscode.Uri,
): Promise<Exchange | undefined> {
  const folder = given?.fsPath ?? (settings.exchangeFolder || (await pickFolder()));
  if (folder === undefined) return undefined;
  const { exchangeReviews } = await import('../store/exchange.ts');
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Exchanging reviews' },
    () => exchangeReviews(store, folder, evaluator),
  );
  importer.publish(report.files, [...report.imported.problems, ...report.refused.map(refusalIn)]);
  return report;
}

/** What an exchange did, in a few sentences: of the files that were refused, why the first was. */
export function exchangeSummary({ imported, refused, written }: Exchange): string {
  const counts = importCounts(imported) || 'nothing to take';
  const done = `Exchange: ${written.toLocaleString('en')} of your records written; ${counts}.`;
  const [first, ...more] = refused;
  if (first === undefined) return done;
  return `${done} ${first.error.message}.${more.length === 0 ? '' : ` ${more.length} more refused.`}`;
}

/** Asks for the folder and keeps it in the settings. */
async function pickFolder(): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: 'Folder to exchange reviews through',
      openLabel: 'Exchange Here',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return undefined;
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration('tiebreak').update('exchange.folder', folder.fsPath, Global);
  return folder.fsPath;
}
