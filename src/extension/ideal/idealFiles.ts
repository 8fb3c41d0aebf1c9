import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import * as vscode from 'vscode';
import { textHash } from '../../core/hash.ts';
import type { SourceFile } from '../../core/task.ts';
import type { Session } from '../session/session.ts';

/** Where ideals lie as real files that can be written, one folder a task, in the extension's storage. Nothing runs there. */
export class IdealFiles {
  readonly #root: string;

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

  /** Takes what was typed in its files while another task was on the desk: what is newer than the draft. */
  async takeUp(session: Session): Promise<void> {
    for (const { path } of session.ideal.files) {
      const uri = this.uri(session, path);
      const unsaved = dirtyDocument(uri)?.getText();
      const newer = unsaved ?? (await textAfter(uri.fsPath, session.ideal.updatedAt));
      if (newer !== undefined) session.ideal.type(path, newer);
    }
  }

  /**
   * Brings the folder to what the draft says, with the task's own files beside. A document that is open and not saved
   * is ahead of the disk and stays.
   */
  async write(session: Session): Promise<void> {
    const own = session.ideal.files;
    const paths = new Set(own.map(({ path }) => path));
    for (const file of session.task.files ?? [])
      if (!paths.has(file.path)) await this.#writeOne(session, file);
    for (const file of own) await this.#writeOne(session, file);
  }

  async #writeOne(session: Session, { path, text }: SourceFile): Promise<void> {
    const uri = this.uri(session, path);
    if (dirtyDocument(uri) !== undefined) return;
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

/** The text of a file that was written after a time, in ISO 8601; `undefined` where it is older or not there. */
async function textAfter(path: string, time: string): Promise<string | undefined> {
  try {
    const { mtime } = await stat(path);
    return mtime.toISOString() > time ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
