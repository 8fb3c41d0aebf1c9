import * as vscode from 'vscode';
import type { LineProblem } from '../../core/files/taskfile.ts';
import {
  importCounts,
  importNotes,
  sumReports,
  type ImportReport,
} from '../../transfer/import/importReport.ts';
import type { RefusedFile } from '../../transfer/import/refusedFile.ts';
import type { Store } from '../../store/store.ts';
import { settings } from '../host/settings.ts';

/** The editor shows no more problems of one file. */
const mostProblems = 1_000;

/** Imports files and folders of tasks. Shows progress, keeps the valid lines and lists the invalid ones in Problems. */
export class TaskImporter implements vscode.Disposable {
  readonly #store: () => Promise<Store>;
  readonly #problems = vscode.languages.createDiagnosticCollection('tiebreak-import');

  constructor(store: () => Promise<Store>) {
    this.#store = store;
  }

  /**
   * Resolves with what was imported. If the person cancels, the files before stay, and of the file at which it was nothing. A refused file does not stop the others: it is listed in
   * Problems, and once the others are imported the promise rejects with its error.
   */
  async import(uris: readonly vscode.Uri[]): Promise<ImportReport> {
    const { taskFilesOf } = await import('../../transfer/import/importFiles.ts');
    const found = await taskFilesOf(uris.map((uri) => uri.fsPath));
    const store = await this.#store();
    const { report, refused } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Importing tasks', cancellable: true },
      (progress, token) => importAll(store, found.files, progress, token),
    );
    const allRefused = [...found.refused, ...refused];
    const paths = [...found.files, ...found.refused.map(({ path }) => path)];
    this.publish(paths, [...report.problems, ...allRefused.map(refusalIn)]);
    if (allRefused[0] !== undefined) throw allRefused[0].error;
    return report;
  }

  dispose(): void {
    this.#problems.dispose();
  }

  /** Replaces the problems shown for these files. */
  publish(files: readonly string[], problems: readonly LineProblem[]): void {
    const byFile = Map.groupBy(problems, (problem) => problem.file);
    for (const file of files) {
      const shown = (byFile.get(file) ?? []).slice(0, mostProblems);
      this.#problems.set(vscode.Uri.file(file), shown.map(toDiagnostic));
    }
  }
}

/** Why a file was refused, as a problem at the line that caused it. */
export function refusalIn({ path, error }: RefusedFile): LineProblem {
  const { what, line = 1, remedy } = error.facts;
  return { file: path, line, reason: what, remedy };
}

/** Summarises an import in one sentence. */
export function importSummary(report: ImportReport): string {
  const counts = importCounts(report);
  if (counts === '' && report.cancelled === undefined) return 'Nothing to import.';
  return `${[`Import: ${counts || 'nothing'}`, ...importNotes(report)].join('; ')}.`;
}

async function importAll(
  store: Store,
  files: readonly string[],
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<{ report: ImportReport; refused: RefusedFile[] }> {
  const { importFiles } = await import('../../transfer/import/importFiles.ts');
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const reports: ImportReport[] = [];
  const refused: RefusedFile[] = [];
  const outcomes = importFiles(store, files, {
    signal: abort.signal,
    clones: settings.clonesFolder || undefined,
    onProgress: (_path, { lines, share }) =>
      progress.report({ message: `${lines.toLocaleString('en')} lines · ${Math.round(share * 100)}%` }),
  });
  for await (const outcome of outcomes) {
    if ('error' in outcome) refused.push(outcome);
    else reports.push(outcome.report);
  }
  return { report: sumReports(reports), refused };
}

function toDiagnostic(problem: LineProblem): vscode.Diagnostic {
  const column = Math.max((problem.column ?? 1) - 1, 0);
  const range = new vscode.Range(problem.line - 1, column, problem.line - 1, Number.MAX_SAFE_INTEGER);
  const diagnostic = new vscode.Diagnostic(range, `${problem.reason}. ${problem.remedy}`);
  diagnostic.source = 'Tiebreak import';
  return diagnostic;
}
