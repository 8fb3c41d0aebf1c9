import * as vscode from 'vscode';
import { tiebreakError } from '../core/errors.ts';
import type { ExchangeData, Exporter } from '../core/exchange/exporter.ts';
import type { Store } from '../store/store.ts';

/** What an export is of and where it goes; what is left out is asked for. */
export interface ExportChoice {
  readonly format?: string;
  readonly file?: vscode.Uri;
  /** Ids of reviews, ideals and rubrics, for a portfolio. */
  readonly pieces?: readonly string[];
}

/**
 * Asks for a format and a file (or takes them), for a portfolio also for what of one's own work is to be in it, writes
 * the export and tells what the format could not hold.
 */
export async function exportReviews(
  store: Store,
  evaluator: string,
  log: vscode.LogOutputChannel,
  choice: ExportChoice = {},
): Promise<void> {
  const { exporters } = await import('../core/exchange/exporters.ts');
  const format =
    choice.format === undefined ? await pickExporter(exporters) : namedExporter(exporters, choice.format);
  if (format === undefined) return;
  const { collectExchangeData, exportToFile } = await import('../store/exporting.ts');
  const all = await collectExchangeData(store);
  const chosen = await ownPortfolio(format, all, evaluator, choice.pieces);
  if (chosen === undefined) return;
  const { exporter, data } = chosen;
  const target = choice.file ?? (await pickFile(exporter));
  if (target === undefined) return;
  const { exportSummary, exportReportLines } = await import('../core/exchange/exporter.ts');
  const report = await withProgress(exporter.title, () => exportToFile(data, exporter, target.fsPath));
  for (const line of [`Export to ${target.fsPath}`, ...exportReportLines(report)]) log.info(line);
  void tell(exportSummary(report), log);
}

/** A portfolio is of chosen work of one's own; any other format of everything. `undefined` where nothing was chosen. */
async function ownPortfolio(
  exporter: Exporter,
  all: ExchangeData,
  evaluator: string,
  pieces: readonly string[] | undefined,
): Promise<{ exporter: Exporter; data: ExchangeData } | undefined> {
  if (exporter.id !== 'portfolio') return { exporter, data: all };
  const { portfolioWith, workOf } = await import('../core/exchange/portfolio.ts');
  const data = workOf(all, evaluator);
  const { pickPieces } = await import('./portfolio.ts');
  const chosen = pieces ?? (await pickPieces(data));
  return chosen && { exporter: portfolioWith(new Set(chosen)), data };
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
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Export reviews',
    placeHolder: 'Format',
    // Chosen from the palette over a panel, which takes the focus back only when the list is there.
    ignoreFocusOut: true,
  });
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
