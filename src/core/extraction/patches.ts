import { parsePatch, type StructuredPatch } from 'diff';
import { messageOf } from '../errors.ts';
import { relativePathSchema, type SourceFile } from '../task.ts';
import { withRightCounts } from './diffText.ts';
import { applyHunks } from './hunks.ts';
import type { Rejection } from './types.ts';

/** Files as a diff leaves them, and what of it could not be applied. */
export interface PatchOutcome {
  /** Only the files that the diff changes or creates. */
  readonly files: readonly SourceFile[];
  /** Files that the diff deletes or renames. */
  readonly removed: readonly string[];
  readonly rejections: readonly Rejection[];
  /** What applied, but not to the letter; each a sentence. */
  readonly notes: readonly string[];
}

/** What the parts of a diff have done so far. */
interface Progress {
  readonly changed: Map<string, string>;
  readonly removed: Set<string>;
  readonly rejections: Rejection[];
  readonly notes: string[];
}

/**
 * Applies a unified diff to `files`, with the headers of git: created, deleted and renamed files. Hunks are tried
 * where their header says and then anywhere their context matches; headers with wrong counts, as models write them,
 * are put right first. A hunk that fits nowhere is left out and told in `rejections`. Never throws.
 */
export function applyDiff(diff: string, files: readonly SourceFile[]): PatchOutcome {
  const progress: Progress = { changed: new Map(), removed: new Set(), rejections: [], notes: [] };
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
  const named = plainPath(deletes ? patch.oldFileName : (patch.newFileName ?? patch.oldFileName));
  const problem = pathProblem(named) ?? kindProblem(patch);
  if (problem !== undefined) {
    progress.rejections.push({ path: named.slice(0, 200), reason: problem });
    return;
  }
  const source = sourceOf(patch, named, files, progress);
  if (typeof source === 'string') {
    progress.rejections.push({ path: named, reason: source });
    return;
  }
  const target = isMove || source.path === undefined ? named : source.path;
  const applied = applyHunks(source.text, patch, target);
  progress.rejections.push(...applied.rejections);
  progress.notes.push(...applied.notes);
  const isWhole = applied.rejections.length === 0;
  if (source.path !== undefined && isWhole && (deletes || patch.isRename === true)) {
    progress.removed.add(source.path);
    progress.changed.delete(source.path);
  }
  if (deletes && isWhole) return;
  progress.changed.set(target, applied.text);
  progress.removed.delete(target);
}

/** The text that a patch starts from, with its path unless the file is new; or why there is none, as a clause. */
function sourceOf(
  patch: StructuredPatch,
  named: string,
  files: readonly SourceFile[],
  { changed, removed }: Progress,
): { readonly path?: string; readonly text: string } | string {
  const present = new Map(
    files.filter(({ path }) => !removed.has(path)).map(({ path, text }) => [path, text]),
  );
  for (const [path, text] of changed) present.set(path, text);
  if (patch.oldFileName === absent || patch.isCreate === true) {
    const isThere = (present.get(named) ?? '') !== '';
    return isThere ? 'the diff creates it, and it is there already' : { text: '' };
  }
  const path = knownPath(patch, [...present.keys()]);
  return path === undefined ? 'the task has no such file' : { path, text: present.get(path)! };
}

/** Why a diff may not touch a path, as a clause. */
function pathProblem(path: string): string | undefined {
  return relativePathSchema.safeParse(path).success
    ? undefined
    : 'the path leaves the folder or lies in ".git"; it is not touched';
}

/** Why a change is of no kind that files of text can follow, as a clause. */
function kindProblem({ isBinary, newMode, oldMode }: StructuredPatch): string | undefined {
  if (isBinary === true) return 'the change is binary, and only text can be patched';
  const modes = [newMode, oldMode];
  if (modes.includes('120000')) return 'the diff makes or changes a symbolic link, which is not followed';
  return modes.includes('160000') ? 'the diff changes a submodule, which is not followed' : undefined;
}

/** The file that a patch means: by its path, or by the only path that ends like it. */
function knownPath(patch: StructuredPatch, paths: readonly string[]): string | undefined {
  const named = [patch.oldFileName, patch.newFileName].map(plainPath);
  const exact = named.find((path) => paths.includes(path));
  if (exact !== undefined) return exact;
  const similar = paths.filter((path) => named.some((name) => endsLike(path, name)));
  return similar.length === 1 ? similar[0] : undefined;
}

/** Whether one path is the other with folders in front. */
export function endsLike(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

/** "a/src/x.py" → "src/x.py", as `diff --git` writes it. */
function plainPath(name: string | undefined): string {
  return (name ?? '').replace(/^[ab]\//, '').replace(/^\.\//, '');
}
