import { contentHash } from './hash.ts';
import type { SourceFile } from './task.ts';

/** The files with each path once: the last of a name wins, as an answer's lie over the task's. */
export function distinctFiles(files: readonly SourceFile[]): SourceFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** Identifies an answer's code, whatever the order of its files: what runs and diagnostics are kept by. */
export function codeHash(files: readonly SourceFile[]): string {
  return contentHash(distinctFiles(files).toSorted((a, b) => (a.path < b.path ? -1 : 1)));
}
