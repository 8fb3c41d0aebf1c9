import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import type { Session } from '../../sessions/review/session.ts';
import { publishProblems } from './publishedProblems.ts';

const severities: Record<Diagnostic['severity'], vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/**
 * Passes diagnostics in both directions while a task is open: diagnostics of the checks to Problems, and those of the
 * person's own language extensions, for answers that are open in the editor, to the panel.
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
      ...publishProblems(desk, {
        clear: () => this.#collection.clear(),
        set: (uri: vscode.Uri, diagnostics, side) =>
          this.#collection.set(
            uri,
            diagnostics.map((each) => toEditor(each, side)),
          ),
        uri: (session, side, path) => files.uri(session, side, path),
        onDidMove: files.onDidWrite,
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#collect(uris)),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  #collect(uris: readonly vscode.Uri[]): void {
    const session = this.#desk.session;
    if (session === undefined) return;
    const touched = uris
      .map((uri) => this.#files.locate(session, uri)?.side)
      .filter((side) => side !== undefined);
    for (const side of new Set(touched)) session.setEditorDiagnostics(side, this.#ofEditor(session, side));
  }

  /** The diagnostics of other extensions for one side's files. */
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

/** Converts a diagnostic for the editor; `of` names what it is about. */
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
