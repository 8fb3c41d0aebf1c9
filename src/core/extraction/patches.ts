import { parsePatch, type StructuredPatch } from 'diff';
import { messageOf } from '../errors.ts';
import { relativePathSchema, type SourceFile } from '../task/task.ts';
import { withRightCounts } from './diffText.ts';
import { applyHunks, maxComparisons, tooManyComparisons, type Comparisons } from './hunks.ts';
import type { Rejection } from './types.ts';

/** The files after a diff, and the parts of the diff that did not apply. */
export interface PatchOutcome {
  /** Only the files that the diff changes or creates. */
  readonly files: readonly SourceFile[];
  /** Files that the diff deletes or renames. */
  readonly removed: readonly string[];
  readonly rejections: readonly Rejection[];
  /** Notes on parts that applied inexactly; each a sentence. */
  readonly notes: readonly string[];
}

/** The result of the parts of a diff applied so far. */
interface Progress {
  readonly comparisons: Comparisons;
  /** The files of the task and of the diff so far. */
  readonly present: Map<string, string>;
  readonly changed: Map<string, string>;
  readonly removed: Set<string>;
  readonly rejections: Rejection[];
  readonly notes: string[];
}

/**
 * Applies a unified diff to `files`, including git headers for created, deleted and renamed files. Tries each hunk at the
 * line in its header, then wherever its context matches. Corrects wrong counts in headers first, because models often write
 * them. Leaves out a hunk that fits nowhere and lists it in `rejections`. Never throws.
 */
export function applyDiff(diff: string, files: readonly SourceFile[]): PatchOutcome {
  const progress: Progress = {
    comparisons: { remaining: maxComparisons },
    present: new Map(files.map(({ path, text }) => [path, text])),
    changed: new Map(),
    removed: new Set(),
    rejections: [],
    notes: [],
  };
  let patches: StructuredPatch[] = [];
  try {
    patches = parsePatch(withRightCounts(diff));
  } catch (error) {
    progress.rejections.push({ path: 'the diff', reason: `it cannot be read: ${messageOf(error)}` });
  }
  for (const patch of patches) applyOne(patch, files, progress);
  const { changed, removed, rejections, notes } = progress;
  return {
    files: [...changed].map(([path, text]) => ({ path, text })),
    removed: [...removed],
    rejections,
    notes,
  };
}

const absent = '/dev/null';

/** Applies the part of a diff that concerns one file. */
function applyOne(patch: StructuredPatch, files: readonly SourceFile[], progress: Progress): void {
  const isMove = patch.isRename === true || patch.isCopy === true;
  if (patch.hunks.length === 0 && !isMove && patch.isDelete !== true && patch.isBinary !== true) return;
  const deletes = patch.newFileName === absent || patch.isDelete === true;
  const written = plainPath(deletes ? patch.oldFileName : (patch.newFileName ?? patch.oldFileName));
  const named = withoutRoot(written, files, progress.comparisons);
  const problem = pathProblem(named) ?? kindProblem(patch);
  if (problem !== undefined) {
    progress.rejections.push({ path: named.slice(0, 200), reason: problem });
    return;
  }
  const source = sourceOf(patch, named, progress);
  if (typeof source === 'string') {
    progress.rejections.push({ path: named, reason: source });
    return;
  }
  const target = isMove || source.path === undefined ? named : source.path;
  const applied = applyHunks(source.text, patch, { path: target, comparisons: progress.comparisons });
  progress.rejections.push(...applied.rejections);
  progress.notes.push(...applied.notes);
  const isWhole = applied.rejections.length === 0;
  if (source.path !== undefined && isWhole && (deletes || patch.isRename === true)) {
    progress.removed.add(source.path);
    progress.changed.delete(source.path);
    progress.present.delete(source.path);
  }
  if (deletes && isWhole) return;
  progress.changed.set(target, applied.text);
  progress.present.set(target, applied.text);
  progress.removed.delete(target);
}

/** The text that a patch starts from, with its path unless the file is new; or why the text is missing, as a clause. */
function sourceOf(
  patch: StructuredPatch,
  named: string,
  { present, comparisons }: Progress,
): { readonly path?: string; readonly text: string } | string {
  if (patch.oldFileName === absent || patch.isCreate === true) {
    const isThere = (present.get(named) ?? '') !== '';
    return isThere ? 'the diff creates this file, but it already exists' : { text: '' };
  }
  const path = knownPath(patch, present, comparisons);
  if (path === undefined && comparisons.remaining <= 0) return tooManyComparisons;
  return path === undefined ? 'the task has no such file' : { path, text: present.get(path)! };
}

/** The task's file at the end of an absolute path, such as a path in the container in which a model worked. */
function withoutRoot(path: string, files: readonly SourceFile[], comparisons: Comparisons): string {
  if (!path.startsWith('/') || path === absent || comparisons.remaining <= 0) return path;
  comparisons.remaining -= files.length;
  const meant = files.filter((file) => path.endsWith(`/${file.path}`));
  return meant.length === 1 ? meant[0]!.path : path;
}

/** Why a diff may not touch a path, as a clause. */
function pathProblem(path: string): string | undefined {
  return relativePathSchema.safeParse(path).success
    ? undefined
    : 'the path is outside the folder or in ".git"; the file is not changed';
}

/** Why a change cannot be applied to text files, as a clause. */
function kindProblem({ isBinary, newMode, oldMode }: StructuredPatch): string | undefined {
  if (isBinary === true) return 'the change is binary, but only text can be patched';
  const modes = [newMode, oldMode];
  if (modes.includes('120000')) return 'the diff creates or changes a symbolic link, which is not supported';
  return modes.includes('160000') ? 'the diff changes a submodule, which is not supported' : undefined;
}

/** The file that a patch refers to: by its path, or by the only path with the same ending. */
function knownPath(
  patch: StructuredPatch,
  present: ReadonlyMap<string, string>,
  comparisons: Comparisons,
): string | undefined {
  const named = [patch.oldFileName, patch.newFileName].map(plainPath);
  const exact = named.find((path) => present.has(path));
  if (exact !== undefined || comparisons.remaining <= 0) return exact;
  comparisons.remaining -= present.size;
  const similar = [...present.keys()].filter((path) => named.some((name) => endsLike(path, name)));
  return similar.length === 1 ? similar[0] : undefined;
}

/** Whether one path is the other path with folders in front. */
export function endsLike(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

/** "a/src/x.py" → "src/x.py", as `diff --git` writes it. */
function plainPath(name: string | undefined): string {
  return (name ?? '').replace(/^[ab]\//, '').replace(/^\.\//, '');
}
