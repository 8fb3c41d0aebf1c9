import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, tiebreakError } from '../core/errors.ts';

/** What files of tasks are called when a folder is imported. */
const endings = ['.jsonl', '.ndjson', '.task.json'];

/**
 * The files of tasks that a path stands for: itself, or those in a folder and its folders, by name. Rejects with
 * `file-unreadable` when there are none.
 */
export async function taskFilesAt(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => endings.some((ending) => name.endsWith(ending))).toSorted();
  if (files.length > 0) return files.map((name) => join(path, name));
  throw tiebreakError('file-unreadable', {
    what: 'the folder holds no file of tasks',
    where: path,
    mend: `Choose a folder with files that end in ${endings.join(', ')}`,
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const facts = { what: messageOf(error), where: path, mend: 'Check the path and your rights on it' };
    throw tiebreakError('file-unreadable', facts, { cause: error });
  }
}
