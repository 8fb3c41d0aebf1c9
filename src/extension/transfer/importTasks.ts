import * as vscode from 'vscode';
import type { LineProblem } from '../../core/taskfile.ts';
import type { RefusedFile } from '../../store/exchange.ts';
import { importCounts, sumReports, type ImportReport } from '../../store/importReport.ts';
import type { Store } from '../../store/store.ts';
import { taskFilesAt } from '../../store/taskFolder.ts';
import { settings } from '../settings.ts';

/** Imports files and folders of tasks: progress while it goes, broken lines in Problems, the good ones kept. */
export class TaskImporter implements vscode.Disposable {
  readonly #store: () => Promise<Store>;
  readonly #problems = vscode.languages.createDiagnosticCollection('tiebreak-import');

  constructor(store: () => Promise<Store>) {
    this.#store = store;
  }

  /**
   * Resolves with what was imported, also when the person stopped it. A file that is refused keeps no other back: it is
   * in Problems, and rejects with why once the others are imported.
   */
  async import(uris: readonly vscode.Uri[]): Promise<ImportReport> {
    const files = (await Promise.all(uris.map((uri) => taskFilesAt(uri.fsPath)))).flat();
    const store = await this.#store();
    const { report, refused } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Importing tasks', cancellable: true },
      (progress, token) => importAll(store, files, progress, token),
    );
    this.publish(files, [...report.problems, ...refused.map(refusalIn)]);
    if (refused[0] !== undefined) throw refused[0].error;
    return report;
  }

  dispose(): void {
    this.#problems.dispose();
  }

  /** Shows what of these files cannot be used, in place of what was shown of them before. */
  publish(files: readonly string[], problems: readonly LineProblem[]): void {
    const byFile = Map.groupBy(problems, (problem) => problem.file);
    for (const file of files) {
      this.#problems.set(vscode.Uri.file(file), (byFile.get(file) ?? []).map(toDiagnostic));
    }
  }
}

/** Why a file was refused, at the line that shows it. */
export function refusalIn({ path, error }: RefusedFile): LineProblem {
  const { what, line = 1, mend } = error.facts;
  return { file: path, line, reason: what, mend };
}

/** What an import did, in one sentence. */
export function importSummary(report: ImportReport): string {
  const counts = importCounts(report);
  return counts === '' ? 'There was nothing to import.' : `Import: ${counts}.`;
}

async function importAll(
  store: Store,
  files: readonly string[],
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<{ report: ImportReport; refused: RefusedFile[] }> {
  const { importFile } = await import('../../store/importing.ts');
  const { isAboutFile } = await import('../../store/exchange.ts');
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const reports: ImportReport[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    const options = {
      signal: abort.signal,
      clones: settings.clonesFolder || undefined,
      onProgress: ({ lines, share }: { lines: number; share: number }) =>
        progress.report({ message: `${lines.toLocaleString('en')} lines · ${Math.round(share * 100)}%` }),
    };
    try {
      reports.push(await importFile(store, file, options));
    } catch (error) {
      if (!isAboutFile(error)) throw error;
      refused.push({ path: file, error });
    }
    if (abort.signal.aborted) break;
  }
  return { report: sumReports(reports), refused };
}

function toDiagnostic(problem: LineProblem): vscode.Diagnostic {
  const column = Math.max((problem.column ?? 1) - 1, 0);
  const range = new vscode.Range(problem.line - 1, column, problem.line - 1, Number.MAX_SAFE_INTEGER);
  const diagnostic = new vscode.Diagnostic(range, `${problem.reason}. ${problem.mend}`);
  diagnostic.source = 'Tiebreak import';
  return diagnostic;
}
