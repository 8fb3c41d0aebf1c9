import { isUtf8 } from 'node:buffer';
import { tiebreakError } from '../../core/errors.ts';
import { relativePathSchema, type SourceFile } from '../../core/task/task.ts';

/** Maximum that one task may take from a folder or a revision: each run of the task writes and records all of it. */
const most = { files: 2_000, bytes: 8 << 20 };

/** A file that a task may take, before it is read. */
export interface Candidate {
  readonly path: string;
  readonly bytes: number;
}

/** Whether a path may become a file of a task and is requested. */
export function isWanted(path: string, paths: readonly string[] | undefined): boolean {
  if (!relativePathSchema.safeParse(path).success) return false;
  return paths?.some((wanted) => path === wanted || path.startsWith(`${wanted}/`)) ?? true;
}

/** Checks the files before they are read. Throws `files-too-many` above the maximum, and `files-none` without a file. */
export function checkTake(candidates: readonly Candidate[], where: string): void {
  const bytes = candidates.reduce((sum, candidate) => sum + candidate.bytes, 0);
  if (candidates.length === 0) {
    throw tiebreakError('files-none', {
      what: `${where} has no file that the task asks for`,
      remedy: 'Correct "paths" in "filesFrom"',
    });
  }
  if (candidates.length <= most.files && bytes <= most.bytes) return;
  const holds = `${candidates.length.toLocaleString('en')} files with ${(bytes / (1 << 20)).toFixed(1)} MiB`;
  const limit = `${most.files.toLocaleString('en')} files and ${most.bytes >> 20} MiB`;
  throw tiebreakError('files-too-many', {
    what: `${where} has ${holds}, but a task takes at most ${limit}`,
    remedy: 'Name the files and folders that the task needs in "paths" of "filesFrom"',
  });
}

/** The file if it is text; `undefined` for a binary file, which a task cannot contain. */
export function textFile(path: string, bytes: Buffer): SourceFile | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? { path, text: bytes.toString('utf8') } : undefined;
}
