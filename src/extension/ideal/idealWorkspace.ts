import * as vscode from 'vscode';
import type { Side } from '../../core/task/side.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import { closeTabs } from '../documents/tabs.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import type { Session } from '../../sessions/review/session.ts';
import { toEditor } from '../views/problems.ts';
import type { IdealFiles } from './idealFiles.ts';

/** What an ideal starts from: an answer's files, or an empty file. */
export type IdealStart = Side | 'empty';

/**
 * The open task's ideal in text editors, with the weak answer beside it. Each keystroke reaches the draft. Saving runs the
 * cases and the checks, whose diagnostics go to Problems.
 */
export class IdealWorkspace implements vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #answers: AnswerFiles;
  readonly #files: IdealFiles;
  readonly #report: Report;
  readonly #problems = vscode.languages.createDiagnosticCollection('tiebreak-ideal');
  readonly #disposables: vscode.Disposable[];

  constructor(desk: ReviewDesk, answers: AnswerFiles, ideals: IdealFiles, report: Report) {
    this.#desk = desk;
    this.#answers = answers;
    this.#files = ideals;
    this.#report = report;
    this.#disposables = [
      this.#problems,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#typed(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#saved(document)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#deleted(files)),
      desk.onDidChangeSession((session) => {
        this.#problems.clear();
        if (session?.ideal.begun && !session.submitted) inBackground(this.#bring(session), report);
      }),
      desk.onDidLeave((session) => {
        if (session.submitted && session.ideal.begun) inBackground(this.#closeTabs(session), report);
      }),
      desk.onDidChangeState(({ ideal }) => {
        if (ideal) this.#publish();
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** Opens the ideal, and beside it the answer that it starts from or the weaker one. Asks what to start from if it is new. */
  async open(session: Session, start?: IdealStart): Promise<void> {
    if (!session.ideal.begun) {
      if (session.submitted) session.revise();
      const chosen = start ?? (await pickStart(session));
      // The person may have opened another task before they chose.
      if (chosen === undefined || this.#desk.session !== session) return;
      session.ideal.begin(chosen === 'empty' ? null : chosen);
    }
    await Promise.all([this.#bring(session), this.#answers.write(session)]);
    for (const { path } of session.ideal.files.toReversed()) {
      await vscode.window.showTextDocument(this.#files.uri(session, path), {
        preview: false,
        viewColumn: vscode.ViewColumn.Two,
      });
    }
    await this.#openWeak(session);
    inBackground(session.ideal.check(), this.#report);
  }

  /** Compares an answer with the ideal in the native diff editor. */
  async openDiff(session: Session, side: Side): Promise<void> {
    await Promise.all([this.#bring(session), this.#answers.write(session)]);
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

  #bring(session: Session): Promise<void> {
    return this.#files.bring(session, () => this.#desk.session === session);
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

  /** Closes an ideal that was submitted. Its record has the text; saving it lets the tabs close without a question. */
  async #closeTabs(session: Session): Promise<void> {
    const isOfIdealOf = (uri: vscode.Uri): boolean => this.#files.locate(session, uri) !== undefined;
    const open = vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && isOfIdealOf(uri));
    await Promise.all(open.map((document) => document.save()));
    await closeTabs(isOfIdealOf);
  }

  /** Each keystroke reaches the draft, whether the document is saved or not. */
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
    inBackground(session.ideal.check(), this.#report);
    inBackground(session.run(), this.#report);
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

/** Whether a document belongs to the ideal. A file of the task does once it differs from the task's text. */
function isOfIdeal({ task }: Session, path: string, document: vscode.TextDocument): boolean {
  const own = task.files?.find((file) => file.path === path);
  return own === undefined || own.text !== document.getText();
}

/** The answer that was judged worse; B if neither was. */
function weakerOf({ draft, answers }: Session): Side {
  const isFirst = typeof draft.preference === 'number' && draft.preference > 0;
  return isFirst || answers.length === 1 ? 'A' : 'B';
}

async function pickStart(session: Session): Promise<IdealStart | undefined> {
  const items = [
    { label: 'Empty file', detail: 'Write the solution from scratch', start: 'empty' as const },
    ...session.answers.map(({ side }) => ({
      label: `Answer ${side}`,
      detail: `Copy the files of ${side} and correct them`,
      start: side,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Start the ideal solution',
    placeHolder: 'Select what to start from',
    ignoreFocusOut: true,
  });
  return picked?.start;
}
