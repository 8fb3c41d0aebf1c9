import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import * as vscode from 'vscode';
import { textHash } from '../../core/text/hash.ts';
import type { SourceFile } from '../../core/task/task.ts';
import type { Session } from '../../sessions/review/session.ts';

/** The ideals as writable files in the extension's storage, one folder per task. Nothing runs there. */
export class IdealFiles {
  readonly #root: string;
  readonly #ahead = new Set<string>();
  #bringing: Promise<void> = Promise.resolve();

  constructor(storage: string) {
    this.#root = join(storage, 'ideals');
  }

  uri(session: Session, path: string): vscode.Uri {
    return vscode.Uri.file(join(this.#folder(session), path));
  }

  /** The path of one of the ideal's files; `undefined` for any other. */
  locate(session: Session, uri: vscode.Uri): string | undefined {
    const folder = this.#folder(session) + sep;
    if (uri.scheme !== 'file' || !uri.fsPath.startsWith(folder)) return undefined;
    return uri.fsPath.slice(folder.length).replaceAll(sep, '/');
  }

  /** Remembers that an ideal was edited while its task was not open: that document is ahead of its draft. */
  noteTyping(uri: vscode.Uri): void {
    if (uri.scheme === 'file' && uri.fsPath.startsWith(this.#root + sep)) this.#ahead.add(uri.toString());
  }

  /**
   * Reconciles draft, disk and open documents, and writes the task's own files next to them. Edits made while another task
   * was open are newer than the draft. Otherwise the draft is newer: it had every keystroke when the window closed.
   */
  bring(session: Session, isOpen: () => boolean): Promise<void> {
    // The caller of the earlier write already received its error.
    this.#bringing = this.#bringing.catch(() => undefined).then(() => this.#bringAll(session, isOpen));
    return this.#bringing;
  }

  async #bringAll(session: Session, isOpen: () => boolean): Promise<void> {
    for (const { path } of session.ideal.files) {
      // A session that was left in the meantime accepts no changes; the text would be lost.
      if (!isOpen()) return;
      await this.#takeUp(session, path);
    }
    if (!isOpen()) return;
    const own = session.ideal.files;
    const paths = new Set(own.map(({ path }) => path));
    const beside = (session.task.files ?? []).filter(({ path }) => !paths.has(path));
    for (const file of [...beside, ...own]) await this.#write(session, file);
  }

  async #takeUp(session: Session, path: string): Promise<void> {
    const uri = this.uri(session, path);
    const document = dirtyDocument(uri);
    const isAhead = this.#ahead.delete(uri.toString());
    if (document !== undefined) return isAhead ? session.ideal.type(path, document.getText()) : undefined;
    const newer = await textAfter(uri.fsPath, session.ideal.updatedAt);
    if (newer !== undefined) session.ideal.type(path, newer);
  }

  /** An unsaved open document is edited instead of overwritten, so that the person can undo. */
  async #write(session: Session, { path, text }: SourceFile): Promise<void> {
    const uri = this.uri(session, path);
    const document = dirtyDocument(uri);
    if (document !== undefined) return replaceText(document, text);
    const there = await readFile(uri.fsPath, 'utf8').catch(() => undefined);
    if (there === text) return;
    await mkdir(dirname(uri.fsPath), { recursive: true });
    await writeFile(uri.fsPath, text);
  }

  #folder(session: Session): string {
    return join(this.#root, textHash(session.task.id).slice(0, 12));
  }
}

function dirtyDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  if (document.getText() === text) return;
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, document.validateRange(all), text);
  await vscode.workspace.applyEdit(edit);
}

/** The text of a file if it was written after a time (ISO 8601); `undefined` if it is older or missing. */
async function textAfter(path: string, time: string): Promise<string | undefined> {
  try {
    const { mtime } = await stat(path);
    return mtime.toISOString() > time ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
