import { realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { messageOf, TiebreakError, tiebreakError } from '../core/errors.ts';
import { contentHash } from '../core/hash.ts';
import type { FilesFrom, SourceFile, Task } from '../core/task.ts';
import type { TaskLine } from '../core/taskfile.ts';
import { readFolder } from './folderFiles.ts';
import { commitOf, readCommit } from './gitFiles.ts';

/**
 * A line of a file of tasks with the files that its task has in a folder or a revision. What was read is recorded with
 * its hash and the commit, so that the task is whole without them. Files that cannot be read make the line a problem.
 */
export async function withFiles(item: TaskLine, path: string, clones?: string): Promise<TaskLine> {
  if (item.kind !== 'task') return item;
  const { filesFrom } = item.task;
  if (filesFrom === undefined || filesFrom.hash !== undefined) return item;
  try {
    return { ...item, task: await resolved(item.task, filesFrom, dirname(path), clones) };
  } catch (error) {
    if (!(error instanceof TiebreakError)) throw error;
    const { what, mend } = error.facts;
    return { kind: 'problem', problem: { file: path, line: item.line, reason: what, mend } };
  }
}

async function resolved(
  task: Task,
  from: FilesFrom,
  beside: string,
  clones: string | undefined,
): Promise<Task> {
  const { files, origin } =
    'folder' in from
      ? { files: await readFolder(await insideOf(beside, from.folder), from.paths), origin: from }
      : await readRevision(from, beside, clones);
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const own = new Set(task.files?.map((file) => file.path));
  const under = sorted.filter((file) => !own.has(file.path));
  return {
    ...task,
    files: [...(task.files ?? []), ...under],
    filesFrom: { ...origin, hash: contentHash(sorted) },
  };
}

async function readRevision(
  from: Extract<FilesFrom, { clone: string }>,
  beside: string,
  clones: string | undefined,
): Promise<{ files: SourceFile[]; origin: FilesFrom }> {
  const clone = await findClone(from, beside, clones);
  const revision = await commitOf(clone, from.revision);
  return { files: await readCommit(clone, revision, from.paths), origin: { ...from, revision } };
}

async function findClone(
  { clone, revision }: Extract<FilesFrom, { clone: string }>,
  beside: string,
  clones: string | undefined,
): Promise<string> {
  if (clones !== undefined) {
    // The person chose that folder: what its links lead to is meant.
    const chosen = await realpath(join(clones, clone)).catch(() => undefined);
    if (chosen !== undefined) return chosen;
  }
  try {
    return await insideOf(beside, clone);
  } catch (error) {
    const target = join(clones ?? beside, clone);
    throw tiebreakError(
      'clone-missing',
      {
        what: `the task needs revision ${revision} of "${clone}", and there is no clone of it at ${target}`,
        mend: `Clone it there, such as with: git clone https://github.com/${clone}.git ${target}; or name the folder of your clones`,
      },
      { cause: error },
    );
  }
}

/** The real path of a folder's member. A task file must not lead elsewhere by a link, so that leaving it is refused. */
async function insideOf(folder: string, member: string): Promise<string> {
  const mend = 'Put the folder beside the file of tasks, and correct its name in "filesFrom"';
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, member))]);
    if (path.startsWith(root.endsWith(sep) ? root : root + sep)) return path;
  } catch (error) {
    const what = `the task's files cannot be read: ${messageOf(error)}`;
    throw tiebreakError('file-unreadable', { what, mend }, { cause: error });
  }
  const what = `the task's files lie in "${member}", which leads out of the folder of the file of tasks`;
  throw tiebreakError('file-unreadable', { what, mend });
}
