import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SourceFile } from '../../core/task/task.ts';
import { checkTake, isWanted, textFile, type Candidate } from './fileTake.ts';

/** The text files in a folder and its subfolders, without `.git` and without following links. */
export async function readFolder(
  folder: string,
  paths: readonly string[] | undefined,
): Promise<SourceFile[]> {
  const candidates: Candidate[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
    if (isWanted(path, paths)) candidates.push({ path, bytes: (await stat(join(folder, path))).size });
  }
  checkTake(candidates, `the folder ${folder}`);
  const files: SourceFile[] = [];
  for (const { path } of candidates) {
    const file = textFile(path, await readFile(join(folder, path)));
    if (file !== undefined) files.push(file);
  }
  return files;
}
