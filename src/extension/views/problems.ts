import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Side } from '../../core/preference.ts';
import type { ReviewDesk } from '../desk.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import type { Session } from '../session/session.ts';

const severities: Record<Diagnostic['severity'], vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/**
 * Carries diagnostics both ways while a task is open: what the checks found goes to Problems, and what the user's
 * own language extensions say of the answers' files, once opened, goes to the panel.
 */
export class AnswerProblems implements vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #files: AnswerFiles;
  readonly #collection = vscode.languages.createDiagnosticCollection('tiebreak');
  readonly #disposables: vscode.Disposable[];

  constructor(desk: ReviewDesk, files: AnswerFiles) {
    this.#desk = desk;
    this.#files = files;
    this.#disposables = [
      this.#collection,
      desk.onDidChangeSession((session) => {
        if (session === undefined) this.#collection.clear();
      }),
      desk.onDidChangeState(({ checks }) => {
        if (checks !== undefined) void this.#publish();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#collect(uris)),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #publish(): Promise<void> {
    const session = this.#desk.session;
    if (session === undefined) return;
    await this.#files.write(session);
    this.#collection.clear();
    for (const { side } of session.answers) {
      const found = session.reports(side).flatMap((report) => report.diagnostics);
      for (const [file, diagnostics] of Map.groupBy(found, (diagnostic) => diagnostic.file)) {
        this.#collection.set(
          this.#files.uri(session, side, file),
          diagnostics.map((each) => toEditor(each, side)),
        );
      }
    }
  }

  #collect(uris: readonly vscode.Uri[]): void {
    const session = this.#desk.session;
    if (session === undefined) return;
    const touched = uris
      .map((uri) => this.#files.locate(session, uri)?.side)
      .filter((side) => side !== undefined);
    for (const side of new Set(touched)) session.setEditorDiagnostics(side, this.#ofEditor(session, side));
  }

  /** Everything others say of one side's files: ours are told by their source. */
  #ofEditor(session: Session, side: Side): Diagnostic[] {
    const shown = session.answers.find((answer) => answer.side === side)?.shownFiles ?? [];
    return shown.flatMap(({ path }) => {
      const all = vscode.languages.getDiagnostics(this.#files.uri(session, side, path));
      return all
        .filter(({ source }) => !source?.startsWith('Tiebreak'))
        .map((each) => fromEditor(each, path));
    });
  }
}

/** A diagnostic as the editor has them; `of` says whose it is: a side, or the ideal. */
export function toEditor(diagnostic: Diagnostic, of: Side | 'ideal'): vscode.Diagnostic {
  const { startLine, startColumn, endLine, endColumn } = diagnostic.range;
  const range = new vscode.Range(startLine - 1, startColumn - 1, endLine - 1, endColumn - 1);
  const result = new vscode.Diagnostic(range, diagnostic.message, severities[diagnostic.severity]);
  result.source = `Tiebreak ${of} · ${diagnostic.source}`;
  result.code = diagnostic.code;
  return result;
}

function fromEditor(diagnostic: vscode.Diagnostic, file: string): Diagnostic {
  const { start, end } = diagnostic.range;
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : (diagnostic.code ?? '');
  return {
    file,
    range: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
    severity: severityOf(diagnostic.severity),
    code: String(code),
    message: diagnostic.message,
    source: diagnostic.source ?? 'editor',
    category: 'other',
  };
}

function severityOf(severity: vscode.DiagnosticSeverity): Diagnostic['severity'] {
  if (severity === vscode.DiagnosticSeverity.Error) return 'error';
  return severity === vscode.DiagnosticSeverity.Warning ? 'warning' : 'info';
}
