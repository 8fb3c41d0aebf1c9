import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { QueueNode } from './queueTree.ts';

/** Files dropped on the queue are imported, from the Explorer as from outside the window. */
export class QueueDrop implements vscode.TreeDragAndDropController<QueueNode> {
  readonly dropMimeTypes = ['text/uri-list', 'files'];
  readonly dragMimeTypes: readonly string[] = [];
  readonly #import: (uris: readonly vscode.Uri[]) => Promise<void>;

  constructor(importFiles: (uris: readonly vscode.Uri[]) => Promise<void>) {
    this.#import = importFiles;
  }

  async handleDrop(_target: QueueNode | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const uris: vscode.Uri[] = [];
    const loose: vscode.DataTransferFile[] = [];
    // A file from outside arrives under its own MIME type, so every entry is looked at.
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

  /** Files that came as bytes only are written to a folder of their own for as long as the import takes. */
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
