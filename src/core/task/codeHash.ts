import { contentHash } from '../text/hash.ts';
import type { SourceFile } from './task.ts';

/** The files with each path once. The last file with a path wins, because an answer's files replace the task's files. */
export function distinctFiles(files: readonly SourceFile[]): SourceFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** Identifies an answer's code, independent of the order of its files. Runs and diagnostics are cached by this hash. */
export function codeHash(files: readonly SourceFile[]): string {
  return contentHash(distinctFiles(files).toSorted((a, b) => (a.path < b.path ? -1 : 1)));
}
