import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Report } from '../../sessions/background.ts';
import type { QueueNode } from './queueTree.ts';

/** Imports files dropped on the queue, from the Explorer or from outside the window. */
export class QueueDrop implements vscode.TreeDragAndDropController<QueueNode> {
  readonly dropMimeTypes = ['text/uri-list', 'files'];
  readonly dragMimeTypes: readonly string[] = [];
  readonly #import: (uris: readonly vscode.Uri[]) => Promise<void>;
  readonly #report: Report;

  constructor(importFiles: (uris: readonly vscode.Uri[]) => Promise<void>, report: Report) {
    this.#import = importFiles;
    this.#report = report;
  }

  /** Reports errors itself: the editor does not show them. */
  async handleDrop(_target: QueueNode | undefined, transfer: vscode.DataTransfer): Promise<void> {
    try {
      await this.#importDropped(transfer);
    } catch (error) {
      this.#report(error);
    }
  }

  async #importDropped(transfer: vscode.DataTransfer): Promise<void> {
    const uris: vscode.Uri[] = [];
    const loose: vscode.DataTransferFile[] = [];
    // A file from outside the window arrives under its own MIME type, so look at every entry.
    for (const [, item] of transfer) {
      const file = item.asFile();
      if (file?.uri !== undefined) uris.push(file.uri);
      else if (file !== undefined) loose.push(file);
    }
    const list = await transfer.get('text/uri-list')?.asString();
    if (list !== undefined) uris.push(...urisOf(list));
    const unique = [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
    if (unique.length > 0) return this.#import(unique);
    await this.#importLoose(loose);
  }

  /** Files that arrive as bytes are written to a temporary folder for the import. */
  async #importLoose(files: readonly vscode.DataTransferFile[]): Promise<void> {
    if (files.length === 0) return;
    const folder = await mkdtemp(join(tmpdir(), 'tiebreak-drop-'));
    try {
      const uris: vscode.Uri[] = [];
      for (const file of files) {
        const path = join(folder, basename(file.name));
        await writeFile(path, await file.data());
        uris.push(vscode.Uri.file(path));
      }
      await this.#import(uris);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function urisOf(list: string): vscode.Uri[] {
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line))
    .filter((uri) => uri.scheme === 'file');
}
