import * as vscode from 'vscode';
import { changedSpan } from '../../core/text/changedSpan.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import type { Session } from '../../sessions/review/session.ts';
import { closeTabs, isInTab } from './tabs.ts';

/** Texts of a draft that open as documents of one scheme. */
export interface DraftTexts {
  readonly scheme: string;
  /** The text of a document; `undefined` if the draft has no such text. */
  read(session: Session, uri: vscode.Uri): string | undefined;
  /** Takes the text that was typed in the document. */
  edit(session: Session, uri: vscode.Uri, text: string): void;
  /**
   * Milliseconds between the last keystroke and an automatic save of the document. If omitted, only the person saves: actions
   * on save, such as formatting, must not happen while they type.
   */
  readonly settleMs?: number;
}

/**
 * Texts of the open task's draft as documents. The panel and the document show the same draft: text typed in one appears in
 * the other, and nobody needs to save. Typing in the panel reaches the document as an edit: the editor does not read a
 * changed file again while its document is unsaved.
 */
export class DraftDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #texts: DraftTexts;
  readonly #desk: ReviewDesk;
  readonly #report: Report;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [];
  /** By URI, like the next three members. */
  readonly #settling = new Map<string, ReturnType<typeof setTimeout>>();
  /** The text after an edit that is being applied. The editor reports the change before or after the edit resolves. */
  readonly #given = new Map<string, string>();
  /** Documents that were edited while their task was not open: they are newer than the draft. */
  readonly #ahead = new Set<string>();
  /** The texts of documents that are being closed. Saving them lets their tabs close without a prompt. */
  readonly #closing = new Map<string, string>();
  /** Whether the documents were last reported as read-only. */
  #closed = false;

  constructor(texts: DraftTexts, desk: ReviewDesk, report: Report) {
    this.#texts = texts;
    this.#desk = desk;
    this.#report = report;
    this.#disposables.push(
      vscode.workspace.registerFileSystemProvider(texts.scheme, this, { isCaseSensitive: true }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#changedIn(event)),
      // If a window closed while the person typed, it restores a document that is older than the draft.
      vscode.workspace.onDidOpenTextDocument((document) => this.#followIn(document)),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#follow()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#given.delete(uri.toString())),
      desk.onDidChangeState(({ draft, task }) => {
        if (draft) this.#follow();
        if (task) this.#touchAccess();
      }),
      desk.onDidChangeSession((session) => {
        this.#closed = session?.submitted ?? false;
        this.#given.clear();
        this.#takeUp();
        this.#fire();
      }),
    );
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const size = Buffer.byteLength(this.#read(uri));
    // Constant times, because the editor refuses to overwrite a file that is newer than its document.
    const stat = { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
    const isLocked = this.#desk.session?.submitted === true && !this.#closing.has(uri.toString());
    return isLocked ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from(this.#read(uri));
  }

  /** Text typed in a document is in the draft already. Other text comes from a program that writes to this file system. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const before = this.#read(uri);
    const { session } = this.#desk;
    if (this.#closing.has(uri.toString()) || session === undefined) return;
    const text = withEnds('\n', Buffer.from(content).toString('utf8'));
    if (session.submitted && text !== withEnds('\n', before))
      throw vscode.FileSystemError.NoPermissions(
        'The review is submitted. Choose “Revise” in the panel to change it',
      );
    if (this.#documents.every((document) => document.uri.toString() !== uri.toString()))
      this.#texts.edit(session, uri, text);
    await session.flush();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions(
      'A draft has no folders. Write in the document that Tiebreak opens',
    );
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions('This text is part of a draft. Clear the text instead');
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions('This text belongs to its task. It cannot be renamed');
  }

  /** Closes documents without a prompt. Their texts must be stored elsewhere. */
  async close(isWanted: (uri: vscode.Uri) => boolean): Promise<void> {
    const wanted = this.#documents.filter(({ uri }) => isWanted(uri));
    for (const document of wanted) this.#closing.set(document.uri.toString(), document.getText());
    try {
      for (const document of wanted) if (document.isDirty) await document.save();
      await closeTabs((uri) => uri.scheme === this.#texts.scheme && isWanted(uri));
      // The editor may report only now that a document is unsaved, and opens a tab again for an unsaved document.
      for (const document of wanted) if (!document.isClosed && document.isDirty) await document.save();
    } finally {
      for (const { uri } of wanted) this.#closing.delete(uri.toString());
    }
  }

  dispose(): void {
    for (const timer of this.#settling.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#changed.dispose();
  }

  get #documents(): vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === this.#texts.scheme);
  }

  /** Each keystroke reaches the draft at once. A document that saves itself does so a moment later. */
  #changedIn({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    // The editor also reports a change of the unsaved mark alone, without a change of the text.
    if (contentChanges.length === 0 || document.uri.scheme !== this.#texts.scheme) return;
    if (this.#closing.has(uri)) return;
    const session = this.#desk.session;
    if (session === undefined || this.#texts.read(session, document.uri) === undefined)
      return void this.#ahead.add(uri);
    // Text that no draft takes must not be saved either.
    if (session.submitted) return;
    this.#settle(document);
    if (document.getText() === this.#given.get(uri)) this.#arrived(document);
    else this.#texts.edit(session, document.uri, withEnds('\n', document.getText()));
  }

  #settle(document: vscode.TextDocument): void {
    const { settleMs } = this.#texts;
    if (settleMs === undefined) return;
    const uri = document.uri.toString();
    clearTimeout(this.#settling.get(uri));
    this.#settling.set(
      uri,
      setTimeout(() => {
        this.#settling.delete(uri);
        inBackground(document.save(), this.#report);
      }, settleMs),
    );
  }

  /** The draft takes the text that was typed while another task was open. */
  #takeUp(): void {
    const session = this.#desk.session;
    if (session === undefined || session.submitted) return;
    for (const document of this.#documents) {
      if (this.#texts.read(session, document.uri) === undefined) continue;
      if (!this.#ahead.delete(document.uri.toString())) continue;
      this.#texts.edit(session, document.uri, withEnds('\n', document.getText()));
    }
  }

  #follow(): void {
    for (const document of this.#documents) this.#followIn(document);
  }

  /**
   * Updates a document that a tab shows to the draft's text, one edit at a time. The editor keeps a document for a while after
   * its tab was closed, and would open a tab again for an edit.
   */
  #followIn(document: vscode.TextDocument): void {
    const session = this.#desk.session;
    const uri = document.uri.toString();
    if (document.uri.scheme !== this.#texts.scheme || this.#given.has(uri)) return;
    if (!isInTab(document.uri)) return;
    if (session === undefined || session.submitted) return;
    const text = this.#texts.read(session, document.uri);
    if (text === undefined) return;
    const before = document.getText();
    const after = withEnds(document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n', text);
    if (before === after) return;
    this.#given.set(uri, after);
    const { start, end, text: changed } = changedSpan(before, after);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, range, changed);
    inBackground(this.#apply(uri, edit), this.#report);
  }

  /** The editor refuses an edit if the person typed in the meantime; the draft has that keystroke by now. */
  async #apply(uri: string, edit: vscode.WorkspaceEdit): Promise<void> {
    let isApplied = false;
    try {
      isApplied = await vscode.workspace.applyEdit(edit);
    } finally {
      if (!isApplied) this.#given.delete(uri);
    }
  }

  /** The edit was applied to the document; the draft may have changed again. */
  #arrived(document: vscode.TextDocument): void {
    this.#given.delete(document.uri.toString());
    this.#followIn(document);
  }

  /** Makes open documents read-only once the review is submitted, and writable once it is revised. */
  #touchAccess(): void {
    const isSubmitted = this.#desk.session?.submitted ?? false;
    if (isSubmitted === this.#closed) return;
    this.#closed = isSubmitted;
    this.#fire();
  }

  #fire(): void {
    const session = this.#desk.session;
    if (session === undefined) return;
    const own = this.#documents.filter(({ uri }) => this.#texts.read(session, uri) !== undefined);
    this.#changed.fire(own.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  /** The text of a document. Throws if its task is not open. */
  #read(uri: vscode.Uri): string {
    const session = this.#desk.session;
    const text = this.#closing.get(uri.toString()) ?? (session && this.#texts.read(session, uri));
    if (text !== undefined) return text;
    throw vscode.FileSystemError.Unavailable(
      'The task of this text is not open. Open the task from the Tiebreak queue',
    );
  }
}

/** The text with the line endings of a text area, as in the draft; documents may use others. */
function withEnds(eol: '\n' | '\r\n', text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, eol);
}
