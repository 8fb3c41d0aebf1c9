import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf, TiebreakError, tiebreakError } from '../../core/errors.ts';
import { contentHash } from '../../core/text/hash.ts';
import { shellWord } from '../../core/text/shellWord.ts';
import type { FilesFrom, SourceFile, Task } from '../../core/task/task.ts';
import type { TaskLine } from '../../core/files/taskfile.ts';
import { readFolder } from './folderFiles.ts';
import { assertSelfContained } from './cloneBounds.ts';
import { commitOf, readCommit } from './gitFiles.ts';
import { isWithin } from './within.ts';

/** Whether the line is a task that names files in a folder or a revision. */
export function needsFiles(item: TaskLine): item is Extract<TaskLine, { kind: 'task' }> {
  return item.kind === 'task' && item.task.filesFrom !== undefined && item.task.filesFrom.hash === undefined;
}

/**
 * A line of a task file, with the files that its task names in a folder or a revision. The task records the files with
 * their hash and commit, so that it is complete without the folder. If files cannot be read, the line is a problem.
 */
export async function withFiles(item: TaskLine, path: string, clones?: string): Promise<TaskLine> {
  if (!needsFiles(item)) return item;
  try {
    return { ...item, task: await resolved(item.task, item.task.filesFrom!, dirname(path), clones) };
  } catch (error) {
    if (!(error instanceof TiebreakError)) throw error;
    const { what, remedy } = error.facts;
    return { kind: 'problem', problem: { file: path, line: item.line, reason: what, remedy } };
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
    // The person chose this folder, so links in it are followed.
    const chosen = await realpath(join(clones, clone)).catch(() => undefined);
    if (chosen !== undefined) return chosen;
  }
  let found: string;
  try {
    found = await insideOf(beside, clone);
  } catch (error) {
    const target = join(clones ?? beside, clone);
    throw tiebreakError(
      'clone-missing',
      {
        what: `the task needs revision ${revision} of "${clone}", and there is no clone of it at ${target}`,
        remedy: `Clone it there, such as with: git clone -- ${shellWord(`https://github.com/${clone}.git`)} ${shellWord(target)}; or name the folder of your clones`,
      },
      { cause: error },
    );
  }
  await assertSelfContained(found);
  return found;
}

/** The real path of a folder's member. Refuses a path that leaves the folder, for instance through a link. */
async function insideOf(folder: string, member: string): Promise<string> {
  const remedy = 'Put the folder next to the task file, and correct its name in "filesFrom"';
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, member))]);
    if (path !== root && isWithin(root, path)) return path;
  } catch (error) {
    const what = `the task's files cannot be read: ${messageOf(error)}`;
    throw tiebreakError('file-unreadable', { what, remedy }, { cause: error });
  }
  const what = `the task's files are in "${member}", which is outside the folder of the task file`;
  throw tiebreakError('file-unreadable', { what, remedy });
}
