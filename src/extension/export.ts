import * as vscode from 'vscode';
import { tiebreakError } from '../core/errors.ts';
import type { Exporter } from '../core/exchange/exporter.ts';
import type { Store } from '../store/store.ts';

/** Asks for a format and a file (or takes them), writes the export and tells what the format could not hold. */
export async function exportReviews(
  store: Store,
  log: vscode.LogOutputChannel,
  choice: { format?: string; file?: vscode.Uri } = {},
): Promise<void> {
  const { exporters } = await import('../core/exchange/exporters.ts');
  const exporter =
    choice.format === undefined ? await pickExporter(exporters) : namedExporter(exporters, choice.format);
  if (exporter === undefined) return;
  const target = choice.file ?? (await pickFile(exporter));
  if (target === undefined) return;
  const { exportSummary, exportReportLines } = await import('../core/exchange/exporter.ts');
  const report = await withProgress(exporter.title, async () => {
    const { collectExchangeData, exportToFile } = await import('../store/exporting.ts');
    return await exportToFile(await collectExchangeData(store), exporter, target.fsPath);
  });
  for (const line of [`Export to ${target.fsPath}`, ...exportReportLines(report)]) log.info(line);
  void tell(exportSummary(report), log);
}

/** Says in one sentence what was done, with a way to the rest. */
async function tell(summary: string, log: vscode.LogOutputChannel): Promise<void> {
  const open = 'Show Report';
  if ((await vscode.window.showInformationMessage(summary, open)) === open) log.show();
}

/** The format of that id. Throws `format-unknown`. */
function namedExporter(exporters: readonly Exporter[], id: string): Exporter {
  const exporter = exporters.find((candidate) => candidate.id === id);
  if (exporter !== undefined) return exporter;
  throw tiebreakError('format-unknown', {
    what: `there is no export format "${id}"`,
    mend: `Choose one of ${exporters.map((known) => known.id).join(', ')}`,
  });
}

async function pickExporter(exporters: readonly Exporter[]): Promise<Exporter | undefined> {
  const items = exporters.map((exporter) => ({
    label: exporter.title,
    detail: exporter.description,
    exporter,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Export reviews', placeHolder: 'Format' });
  return picked?.exporter;
}

/** The file to write, beside the first folder of the workspace unless the person goes elsewhere. */
function pickFile({ id, title, fileExtension, columns }: Exporter): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: `Export as ${title}`,
    filters: { [title]: [fileExtension], ...(columns && { Parquet: ['parquet'] }) },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `reviews-${id}.${fileExtension}`) }),
  });
}

function withProgress<Result>(title: string, work: () => Promise<Result>): Thenable<Result> {
  const options = { location: vscode.ProgressLocation.Window, title: `Exporting as ${title}` };
  return vscode.window.withProgress(options, work);
}
