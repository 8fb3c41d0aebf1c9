import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import type { ExchangeData, Exporter } from '../../core/exchange/exporter.ts';
import type { Store } from '../../store/store.ts';
import type { Reports } from '../documents/reports.ts';
import type { Notices } from '../host/notices.ts';

/** The format, file and content of an export. The person is asked for what is missing. */
export interface ExportChoice {
  readonly format?: string;
  readonly file?: vscode.Uri;
  /** Ids of reviews, ideals and rubrics, for a portfolio. */
  readonly pieces?: readonly string[];
  /** Whether to write equal rows once. */
  readonly mergeEqual?: boolean;
}

/**
 * Writes an export and shows what the format could not hold. Asks for the format and the file, and for a portfolio also
 * which of the person's own work to include, unless they are given.
 */
export async function exportReviews(
  store: Store,
  evaluator: string,
  { notices, reports }: { readonly notices: Notices; readonly reports: Reports },
  choice: ExportChoice = {},
): Promise<void> {
  const { exporters } = await import('../../core/exchange/exporters.ts');
  const format =
    choice.format === undefined ? await pickExporter(exporters) : namedExporter(exporters, choice.format);
  if (format === undefined) return;
  const { collectExchangeData, exportToFile } = await import('../../transfer/exporting.ts');
  const all = await collectExchangeData(store);
  const chosen = await ownPortfolio(format, all, evaluator, choice.pieces);
  if (chosen === undefined) return;
  const { data } = chosen;
  const exporter = await withEqualRows(chosen, choice);
  if (exporter === undefined) return;
  const target = choice.file ?? (await pickFile(exporter));
  if (target === undefined) return;
  const { exportSummary, exportReportMarkdown } = await import('../../core/exchange/exporter.ts');
  const report = await withProgress(exporter.title, () => exportToFile(data, exporter, target.fsPath));
  const openReport = reports.keep('Export report', exportReportMarkdown(report, target.fsPath));
  notices.info(
    exportSummary(report),
    { title: 'Open', press: () => vscode.commands.executeCommand('vscode.open', target) },
    { title: 'Reveal', press: () => reveal(target) },
    { title: 'Show Report', press: openReport },
  );
}

/** Shows a file in the Explorer if the workspace holds it, else in the file manager. */
function reveal(file: vscode.Uri): Thenable<unknown> {
  const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  return vscode.commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', file);
}

/** A portfolio holds the selected work of the person, any other format everything. `undefined` if nothing was selected. */
async function ownPortfolio(
  exporter: Exporter,
  all: ExchangeData,
  evaluator: string,
  pieces: readonly string[] | undefined,
): Promise<{ exporter: Exporter; data: ExchangeData } | undefined> {
  if (exporter.id !== 'portfolio') return { exporter, data: all };
  const { portfolioWith, workOf } = await import('../../core/exchange/portfolio.ts');
  const data = workOf(all, evaluator);
  const { pickPieces } = await import('./portfolio.ts');
  const chosen = pieces ?? (await pickPieces(data));
  return chosen && { exporter: portfolioWith(new Set(chosen)), data };
}

/**
 * The format, with equal rows merged or not: the person is asked if there are equal rows and nothing is chosen yet.
 * `undefined` if the person cancels.
 */
async function withEqualRows(
  { exporter, data }: { readonly exporter: Exporter; readonly data: ExchangeData },
  { file, mergeEqual }: ExportChoice,
): Promise<Exporter | undefined> {
  if (exporter.mergesEqual !== true) return exporter;
  const { mergingEqual } = await import('../../core/exchange/exporter.ts');
  const merges = mergeEqual ?? (file === undefined ? await pickMerging(exporter, data) : false);
  return merges === undefined ? undefined : merges ? mergingEqual(exporter) : exporter;
}

async function pickMerging(exporter: Exporter, data: ExchangeData): Promise<boolean | undefined> {
  const count = exporter.export(data).report.equal?.count ?? 0;
  if (count === 0) return false;
  const rows = `${count.toLocaleString('en')} ${count === 1 ? 'row is' : 'rows are'} equal to others`;
  const items = [
    { label: 'Write every row', detail: 'One row for each evaluator who agrees on a pair', merges: false },
    { label: 'Merge equal rows', detail: 'One row for each pair', merges: true },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Export as ${exporter.title}`,
    placeHolder: `${rows}, because several evaluators agree`,
    ignoreFocusOut: true,
  });
  return picked?.merges;
}

/** The format with this id. Throws `format-unknown`. */
function namedExporter(exporters: readonly Exporter[], id: string): Exporter {
  const exporter = exporters.find((candidate) => candidate.id === id);
  if (exporter !== undefined) return exporter;
  throw tiebreakError('format-unknown', {
    what: `The export format "${id}" is unknown`,
    remedy: `Use one of ${exporters.map((known) => known.id).join(', ')}`,
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
    placeHolder: 'Select a format',
    // A panel takes the focus back once the command palette closes; the list must stay open.
    ignoreFocusOut: true,
  });
  return picked?.exporter;
}

/** Asks for the file to write; suggests one in the first folder of the workspace. */
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
