import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, tiebreakError } from '../../core/errors.ts';

/** File name suffixes of task files in an imported folder. */
const endings = ['.jsonl', '.ndjson', '.task.json'];

/**
 * The task files at a path: the file itself, or the task files in a folder and its subfolders, sorted by name. Rejects
 * with `file-unreadable` if there are none.
 */
export async function taskFilesAt(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => endings.some((ending) => name.endsWith(ending))).toSorted();
  if (files.length > 0) return files.map((name) => join(path, name));
  throw tiebreakError('file-unreadable', {
    what: 'the folder has no task file',
    where: path,
    remedy: `Choose a folder with files whose names end in ${endings.join(', ')}`,
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const facts = { what: messageOf(error), where: path, remedy: 'Check the path and its permissions' };
    throw tiebreakError('file-unreadable', facts, { cause: error });
  }
}
