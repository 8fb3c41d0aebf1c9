import { isUtf8 } from 'node:buffer';
import { tiebreakError } from '../core/errors.ts';
import { relativePathSchema, type SourceFile } from '../core/task.ts';

/** What one task may take from a folder or a revision: each of its runs writes and records all of it. */
const most = { files: 2_000, bytes: 8 << 20 };

/** A file that may be taken, before it is read. */
export interface Candidate {
  readonly path: string;
  readonly bytes: number;
}

/** Whether a path may become a file of a task, and is among those asked for. */
export function isWanted(path: string, paths: readonly string[] | undefined): boolean {
  if (!relativePathSchema.safeParse(path).success) return false;
  return paths?.some((wanted) => path === wanted || path.startsWith(`${wanted}/`)) ?? true;
}

/** Throws `files-too-many` for more than a task may take, before any is read, and `files-none` for nothing. */
export function checkTake(candidates: readonly Candidate[], where: string): void {
  const bytes = candidates.reduce((sum, candidate) => sum + candidate.bytes, 0);
  if (candidates.length === 0) {
    throw tiebreakError('files-none', {
      what: `${where} holds none of the files that the task asks for`,
      mend: 'Correct "paths" in "filesFrom"',
    });
  }
  if (candidates.length <= most.files && bytes <= most.bytes) return;
  const holds = `${candidates.length.toLocaleString('en')} files with ${(bytes / (1 << 20)).toFixed(1)} MiB`;
  const limit = `${most.files.toLocaleString('en')} files and ${most.bytes >> 20} MiB`;
  throw tiebreakError('files-too-many', {
    what: `${where} holds ${holds}, and a task takes at most ${limit}`,
    mend: 'Name the files and folders that the task needs in "paths" of "filesFrom"',
  });
}

/** A file of text; `undefined` for any other, which a task cannot hold. */
export function textFile(path: string, bytes: Buffer): SourceFile | undefined {
  return isUtf8(bytes) && !bytes.includes(0) ? { path, text: bytes.toString('utf8') } : undefined;
}
