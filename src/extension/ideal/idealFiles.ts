import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import * as vscode from 'vscode';
import { textHash } from '../../core/hash.ts';
import type { SourceFile } from '../../core/task.ts';
import type { Session } from '../session/session.ts';

/** Where ideals lie as real files that can be written, one folder a task, in the extension's storage. Nothing runs there. */
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

  /** Remembers that somebody typed in an ideal whose task is not on the desk: that document is ahead of its draft. */
  noteTyping(uri: vscode.Uri): void {
    if (uri.scheme === 'file' && uri.fsPath.startsWith(this.#root + sep)) this.#ahead.add(uri.toString());
  }

  /**
   * Brings draft, disk and open documents together, with the task's own files beside. What was typed or saved while
   * another task was on the desk is newer than the draft; else the draft is, which had every key when the window went.
   */
  bring(session: Session): Promise<void> {
    this.#bringing = this.#bringing.catch(() => undefined).then(() => this.#bringAll(session));
    return this.#bringing;
  }

  async #bringAll(session: Session): Promise<void> {
    for (const { path } of session.ideal.files) await this.#takeUp(session, path);
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

  /** A document that is open and not saved is written in, so that what it was can be had back with an undo. */
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

/** The text of a file that was written after a time, in ISO 8601; `undefined` where it is older or not there. */
async function textAfter(path: string, time: string): Promise<string | undefined> {
  try {
    const { mtime } = await stat(path);
    return mtime.toISOString() > time ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
