import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import * as vscode from 'vscode';
import { textHash } from '../../core/hash.ts';
import type { Side } from '../../core/preference.ts';
import type { AnswerSource } from '../panel/panelSession.ts';

/**
 * The answers as real, read-only files in the extension's storage, so that the native editors and the user's own
 * language extensions can show them. Nothing runs there.
 */
export class AnswerFiles {
  readonly #root: string;
  #written: { session: AnswerSource; key: string } | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(storage: string) {
    this.#root = join(storage, 'answers');
  }

  /** Removes what earlier windows left. */
  async clear(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  /** Where a file of an answer lies once `write` has run. */
  uri(session: AnswerSource, side: Side, path: string): vscode.Uri {
    return vscode.Uri.file(join(this.#folder(session), side, path));
  }

  /** The side and path of one of our files; `undefined` for any other. */
  locate(session: AnswerSource, uri: vscode.Uri): { side: Side; path: string } | undefined {
    for (const { side } of session.answers) {
      const folder = join(this.#folder(session), side) + sep;
      if (uri.fsPath.startsWith(folder))
        return { side, path: uri.fsPath.slice(folder.length).replaceAll(sep, '/') };
    }
    return undefined;
  }

  /** Writes the files of both answers, as shown, unless they lie there already. Several callers wait for one another. */
  write(session: AnswerSource): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#writeMissing(session));
    return this.#writing;
  }

  async #writeMissing(session: AnswerSource): Promise<void> {
    const key = session.answers.map((answer) => answer.panel.reading).join(' ');
    if (this.#written?.session === session && this.#written.key === key) return;
    await rm(this.#folder(session), { recursive: true, force: true });
    for (const { side, shownFiles } of session.answers) {
      for (const file of shownFiles) {
        const path = join(this.#folder(session), side, file.path);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, file.text);
        // Read-only for other programs as well; in the editor a default of the manifest says so, root or not.
        await chmod(path, 0o444);
      }
    }
    this.#written = { session, key };
  }

  #folder(session: AnswerSource): string {
    // By the order as well: a reviewer sees it as the evaluator did, which may not be their own.
    const shown = session.answers.map(({ answerId }) => answerId);
    return join(this.#root, textHash([session.task.id, ...shown].join('\n')).slice(0, 12));
  }
}
