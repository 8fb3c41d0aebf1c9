import * as vscode from 'vscode';
import type { ReviewDesk } from '../desk.ts';
import { rationaleScheme } from '../manifest.ts';
import type { Session } from '../session/session.ts';

/**
 * Wait after typing before the document counts as saved, in milliseconds; the draft itself is saved at once. Shorter than
 * a person takes from the document to the panel: until it is saved, the editor holds a text from there for a conflict.
 */
const settleMs = 50;

/**
 * The open task's rationale as a document. The panel and the document are two views of one draft: typing in
 * either shows in the other, and there is nothing to save by hand.
 */
export class RationaleDocument implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [];
  readonly #settling = new Map<string, ReturnType<typeof setTimeout>>();
  #modified = Date.now();
  /** The text of the panel that documents were last told of. */
  #told: string | undefined;
  /** Whether documents were last told that the review is submitted. */
  #closed = false;

  constructor(desk: ReviewDesk) {
    this.#desk = desk;
    this.#disposables.push(
      vscode.workspace.registerFileSystemProvider(rationaleScheme, this, { isCaseSensitive: true }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#changedIn(event)),
      desk.onDidChangeState(({ draft, task }) => {
        if (draft?.rationale.from === 'panel') this.#touch(draft.rationale.text);
        if (task) this.#touchAccess();
      }),
      desk.onDidChangeSession((session) => {
        this.#closed = session?.submitted ?? false;
        this.#fire();
      }),
    );
  }

  static uri(session: Session): vscode.Uri {
    return vscode.Uri.from({
      scheme: rationaleScheme,
      path: `/${encodeURIComponent(session.task.id)}/rationale.md`,
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
    const stat = { type: vscode.FileType.File, ctime: 0, mtime: this.#modified, size };
    return session.submitted ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from(this.#session(uri).rationale());
  }

  /** An edit may have overtaken the save that it came after: what the document says now counts. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const session = this.#session(uri);
    const written = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    const text = written?.getText() ?? Buffer.from(content).toString('utf8');
    if (session.submitted && text !== session.rationale())
      throw vscode.FileSystemError.NoPermissions(
        'The review is submitted; choose “Revise” in its panel first',
      );
    session.editRationale(text);
    await session.flush();
    this.#modified = Date.now();
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
    for (const timer of this.#settling.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#changed.dispose();
  }

  /**
   * Each keystroke reaches the draft at once; the editor's own "unsaved" mark goes a moment later. A document that is
   * not dirty only followed what was typed in the panel, some keys behind: taking its text would undo them.
   */
  #changedIn({ document, reason }: vscode.TextDocumentChangeEvent): void {
    const session = this.#desk.session;
    if (session === undefined || document.uri.toString() !== RationaleDocument.uri(session).toString())
      return;
    // What no draft takes must not count as saved either.
    if (session.submitted || (!document.isDirty && reason === undefined)) return;
    session.editRationale(document.getText());
    this.#told = undefined;
    // An undo to what was saved last makes a document clean that a save under way makes dirty again: saved anyhow.
    const key = document.uri.toString();
    clearTimeout(this.#settling.get(key));
    this.#settling.set(
      key,
      setTimeout(() => void document.save(), settleMs),
    );
  }

  /** The panel has another text: an open document is to read it anew. */
  #touch(text: string): void {
    if (text === this.#told) return;
    this.#told = text;
    this.#fire();
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
    // Two keys in one millisecond are two versions.
    this.#modified = Math.max(Date.now(), this.#modified + 1);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: RationaleDocument.uri(session) }]);
  }

  #session(uri: vscode.Uri): Session {
    const session = this.#desk.session;
    if (session !== undefined && RationaleDocument.uri(session).path === uri.path) return session;
    throw vscode.FileSystemError.Unavailable('Open the task of this rationale in the Tiebreak panel first');
  }
}
