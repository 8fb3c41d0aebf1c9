import * as vscode from 'vscode';
import { changedSpan } from '../../core/changedSpan.ts';
import type { ReviewDesk } from '../desk.ts';
import { rationaleScheme } from '../manifest.ts';
import type { Session } from '../session/session.ts';

/**
 * Wait after the last key before the document counts as saved, in milliseconds; the draft itself is saved at once. Longer
 * than a pause between two keys: what is undone in one go ends at a save.
 */
const settleMs = 400;

/**
 * The open task's rationale as a document, in a language of its own: Markdown whose defaults keep what a person's other
 * settings would take away at each save. The panel and the document are two views of one draft: typing in
 * either shows in the other, and there is nothing to save by hand. What is typed in the panel comes to the document as
 * an edit and not as a file that changed, which the editor would not read while the document is unsaved.
 */
export class RationaleDocument implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [];
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** The text that an edit under way gives the document; the editor tells of the change before or after it says "done". */
  #given: string | undefined;
  /** Whether documents were last told that the review is submitted. */
  #closed = false;

  constructor(desk: ReviewDesk) {
    this.#desk = desk;
    this.#disposables.push(
      vscode.workspace.registerFileSystemProvider(rationaleScheme, this, { isCaseSensitive: true }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#changedIn(event)),
      // A window that was closed in the midst of a word brings back a document that is behind the draft.
      vscode.workspace.onDidOpenTextDocument(() => this.#follow()),
      vscode.workspace.onDidCloseTextDocument(() => (this.#given = undefined)),
      desk.onDidChangeState(({ draft, task }) => {
        if (draft && draft.rationale.from !== 'document') this.#follow();
        if (task) this.#touchAccess();
      }),
      desk.onDidChangeSession((session) => {
        this.#closed = session?.submitted ?? false;
        this.#given = undefined;
        this.#fire();
      }),
    );
  }

  static uri(session: Session): vscode.Uri {
    return vscode.Uri.from({
      scheme: rationaleScheme,
      path: `/${encodeURIComponent(session.task.id)}/draft.rationale.md`,
    });
  }

  async open(session: Session): Promise<void> {
    await vscode.window.showTextDocument(RationaleDocument.uri(session), {
      viewColumn: vscode.ViewColumn.Beside,
    });
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const session = this.#session(uri);
    const size = Buffer.byteLength(session.rationale());
    // Always of one age: the editor refuses to save over what is newer, and nothing here is newer than the draft.
    const stat = { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
    return session.submitted ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from(this.#session(uri).rationale());
  }

  /** What is typed in a document is in the draft before it is saved; other text is of a program, or of no open task. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const session = this.#session(uri);
    const text = withEnds('\n', Buffer.from(content).toString('utf8'));
    if (session.submitted && text !== withEnds('\n', session.rationale()))
      throw vscode.FileSystemError.NoPermissions(
        'The review is submitted; choose “Revise” in its panel first',
      );
    if (documentAt(uri) === undefined) session.editRationale(text);
    await session.flush();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions('A rationale has no folders');
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions('A rationale is part of its review; clear its text instead');
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions('A rationale belongs to its task and cannot be renamed');
  }

  dispose(): void {
    clearTimeout(this.#settling);
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#changed.dispose();
  }

  /** Each keystroke reaches the draft at once; the editor's own "unsaved" mark goes a moment later. */
  #changedIn({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const session = this.#desk.session;
    // The editor also tells that a document is no longer as saved, which says nothing of the text.
    if (contentChanges.length === 0) return;
    // What no draft takes must not count as saved either.
    if (session === undefined || session.submitted) return;
    if (document.uri.toString() !== RationaleDocument.uri(session).toString()) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void document.save(), settleMs);
    if (document.getText() === this.#given) this.#arrived();
    else session.editRationale(withEnds('\n', document.getText()));
  }

  /** Brings an open document to the draft's text, one edit at a time. */
  #follow(): void {
    const session = this.#desk.session;
    if (session === undefined || session.submitted || this.#given !== undefined) return;
    const document = documentAt(RationaleDocument.uri(session));
    if (document === undefined) return;
    const before = document.getText();
    const after = withEnds(document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n', session.rationale());
    if (before === after) return;
    this.#given = after;
    const { start, end, text } = changedSpan(before, after);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
    void vscode.workspace.applyEdit(edit).then((isApplied) => {
      // Refused because of a key in the document, which the draft has by now.
      if (!isApplied) this.#given = undefined;
    });
  }

  /** The document has the text it was given; the draft may have gone on since. */
  #arrived(): void {
    this.#given = undefined;
    this.#follow();
  }

  /** The review was submitted, or its revision begun: an open document is to know whether it can be written. */
  #touchAccess(): void {
    const isSubmitted = this.#desk.session?.submitted ?? false;
    if (isSubmitted === this.#closed) return;
    this.#closed = isSubmitted;
    this.#fire();
  }

  #fire(): void {
    const session = this.#desk.session;
    if (session === undefined) return;
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: RationaleDocument.uri(session) }]);
  }

  #session(uri: vscode.Uri): Session {
    const session = this.#desk.session;
    if (session !== undefined && RationaleDocument.uri(session).path === uri.path) return session;
    throw vscode.FileSystemError.Unavailable('Open the task of this rationale in the Tiebreak panel first');
  }
}

function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** The text with all its lines ended in one way: a document has its own, the draft as a text area has it. */
function withEnds(eol: '\n' | '\r\n', text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, eol);
}
