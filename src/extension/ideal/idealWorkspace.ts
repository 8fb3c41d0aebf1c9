import * as vscode from 'vscode';
import { messageOf } from '../../core/errors.ts';
import type { Side } from '../../core/preference.ts';
import type { ReviewDesk } from '../desk.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import type { Session } from '../session/session.ts';
import { toEditor } from '../views/problems.ts';
import type { IdealFiles } from './idealFiles.ts';

/** From what an ideal can begin. */
export type IdealStart = Side | 'empty';

/**
 * The ideal of the open task in the editor proper: its files, beside them the weak answer. What is typed there reaches
 * the draft at once; saving runs the cases and the checks, whose diagnostics go to Problems.
 */
export class IdealWorkspace implements vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #answers: AnswerFiles;
  readonly #files: IdealFiles;
  readonly #report: (error: unknown) => void;
  readonly #problems = vscode.languages.createDiagnosticCollection('tiebreak-ideal');
  readonly #disposables: vscode.Disposable[];

  constructor(desk: ReviewDesk, answers: AnswerFiles, ideals: IdealFiles, log: vscode.LogOutputChannel) {
    this.#desk = desk;
    this.#answers = answers;
    this.#files = ideals;
    this.#report = (error) => log.error(messageOf(error));
    this.#disposables = [
      this.#problems,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#typed(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#saved(document)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#deleted(files)),
      desk.onDidChangeSession((session) => {
        if (session === undefined) this.#problems.clear();
        else if (session.ideal.begun && !session.submitted) this.#files.bring(session).catch(this.#report);
      }),
      desk.onDidChangeState(({ ideal }) => {
        if (ideal) this.#publish();
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** Opens the ideal, begun as the person chooses, and beside it the answer it started from or is to better. */
  async open(session: Session, start?: IdealStart): Promise<void> {
    if (!session.ideal.begun) {
      if (session.submitted) session.revise();
      const chosen = start ?? (await pickStart(session));
      if (chosen === undefined) return;
      session.ideal.begin(chosen === 'empty' ? null : chosen);
    }
    await Promise.all([this.#files.bring(session), this.#answers.write(session)]);
    for (const { path } of session.ideal.files.toReversed()) {
      await vscode.window.showTextDocument(this.#files.uri(session, path), {
        preview: false,
        viewColumn: vscode.ViewColumn.Two,
      });
    }
    await this.#openWeak(session);
    session.ideal.check().catch(this.#report);
  }

  /** An answer and the ideal in the native diff editor, the ideal as it is typed. */
  async openDiff(session: Session, side: Side): Promise<void> {
    await Promise.all([this.#files.bring(session), this.#answers.write(session)]);
    const title = `${side} ↔ Ideal · ${session.title}`;
    const pairs = session.ideal.panel()?.diff[side] ?? [];
    const uris = pairs.map(({ a, b }) => [
      a === undefined ? undefined : this.#answers.uri(session, side, a),
      b === undefined ? undefined : this.#files.uri(session, b),
    ]);
    const [only] = uris;
    if (uris.length === 1 && only?.[0] !== undefined && only[1] !== undefined)
      return vscode.commands.executeCommand('vscode.diff', only[0], only[1], title);
    const resources = uris.map(([a, b]) => [b ?? a, a, b]);
    return vscode.commands.executeCommand('vscode.changes', title, resources);
  }

  async #openWeak(session: Session): Promise<void> {
    const side = session.ideal.startedFrom ?? weakerOf(session);
    const [main] = session.answers.find((answer) => answer.side === side)?.shownFiles ?? [];
    if (main === undefined) return;
    await vscode.window.showTextDocument(this.#answers.uri(session, side, main.path), {
      preview: false,
      preserveFocus: true,
      viewColumn: vscode.ViewColumn.Three,
    });
  }

  /** Each keystroke reaches the draft, saved or not: what the editor loses is still there. */
  #typed(document: vscode.TextDocument): void {
    const session = this.#desk.session;
    const isHere = session !== undefined && !session.submitted;
    const path = isHere ? this.#files.locate(session, document.uri) : undefined;
    if (session === undefined || path === undefined) return this.#files.noteTyping(document.uri);
    if (!isOfIdeal(session, path, document)) return;
    session.signOfLife();
    session.ideal.type(path, document.getText());
  }

  #saved(document: vscode.TextDocument): void {
    const session = this.#desk.session;
    if (session === undefined || session.submitted) return;
    const path = this.#files.locate(session, document.uri);
    if (path === undefined) return;
    if (isOfIdeal(session, path, document)) session.ideal.type(path, document.getText());
    session.ideal.check().catch(this.#report);
    session.run().catch(this.#report);
  }

  #deleted(uris: readonly vscode.Uri[]): void {
    const session = this.#desk.session;
    if (session === undefined || session.submitted) return;
    for (const uri of uris) {
      const path = this.#files.locate(session, uri);
      if (path !== undefined) session.ideal.remove(path);
    }
  }

  #publish(): void {
    const session = this.#desk.session;
    if (session === undefined) return;
    this.#problems.clear();
    const found = session.ideal.reports.flatMap((report) => report.diagnostics);
    for (const [file, diagnostics] of Map.groupBy(found, (diagnostic) => diagnostic.file)) {
      this.#problems.set(
        this.#files.uri(session, file),
        diagnostics.map((each) => toEditor(each, 'ideal')),
      );
    }
  }
}

/** Whether a document's text belongs to the ideal: a file of the task itself does once it is changed. */
function isOfIdeal({ task }: Session, path: string, document: vscode.TextDocument): boolean {
  const own = task.files?.find((file) => file.path === path);
  return own === undefined || own.text !== document.getText();
}

/** The answer that was judged the worse one; the second where none was. */
function weakerOf({ draft, answers }: Session): Side {
  const isFirst = typeof draft.preference === 'number' && draft.preference > 0;
  return isFirst || answers.length === 1 ? 'A' : 'B';
}

async function pickStart(session: Session): Promise<IdealStart | undefined> {
  const items = [
    { label: 'Empty', detail: 'An empty file', start: 'empty' as const },
    ...session.answers.map(({ side }) => ({
      label: `Answer ${side}`,
      detail: `The files of ${side}, to be corrected`,
      start: side,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Ideal solution',
    placeHolder: 'What to start from',
    ignoreFocusOut: true,
  });
  return picked?.start;
}
