import { applyPatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import type { RejectedHunk, Rejection } from './types.ts';

/** A file's text after applying its hunks, with notes, and the hunks that did not apply. */
interface AppliedHunks {
  readonly text: string;
  readonly rejections: readonly Rejection[];
  readonly notes: readonly string[];
}

/** Maximum number of hunks tried one by one in a file; each may search the whole file. */
const hunksTried = 200;

/**
 * The line comparisons that remain to an answer's diffs. A diff whose hunks nearly fit in many places would otherwise take minutes.
 */
export interface Comparisons {
  remaining: number;
}

/** Diffs of real projects take less than a tenth of this. */
export const maxComparisons = 4_000_000;

/** Why the rest of a diff is not applied, as a clause. */
export const tooManyComparisons =
  'the diff takes too long to apply: its hunks nearly fit in too many places of the files';

/** Number of context lines that may differ, the default of `patch`. */
const maxFuzz = 2;

/**
 * Applies the whole patch if it matches exactly, or else hunk by hunk with at most `maxFuzz` differing context lines. Stops
 * when no comparisons remain.
 */
export function applyHunks(
  text: string,
  patch: StructuredPatch,
  { path, comparisons }: { readonly path: string; readonly comparisons: Comparisons },
): AppliedHunks {
  const whole = applyWithin(comparisons, text, patch, 0);
  if (whole !== false) return { text: whole, rejections: [], notes: [] };
  const reason =
    comparisons.remaining <= 0
      ? tooManyComparisons
      : 'the diff does not apply as a whole and has too many hunks to try one by one';
  if (comparisons.remaining <= 0 || patch.hunks.length > hunksTried)
    return { text, rejections: [{ path, reason }], notes: [] };
  return oneByOne(text, patch, path, comparisons);
}

/** Applies a patch with `fuzz` differing context lines; `false` if the patch does not apply or no comparisons remain. */
function applyWithin(
  comparisons: Comparisons,
  text: string,
  patch: StructuredPatch,
  fuzz: number,
): string | false {
  const copied = linesCopiedBefore(patch.hunks);
  const compareLine = (_at: number, line: string, _operation: string, wanted: string): boolean => {
    const isSame = line === wanted;
    comparisons.remaining -= isSame ? 1 : 1 + (copied.get(wanted) ?? 0);
    if (comparisons.remaining <= 0) throw new OutOfComparisons();
    return isSame;
  };
  try {
    const count = text.split('\n').length;
    comparisons.remaining -= count * comparisonsPerLine;
    const near = { ...patch, hunks: patch.hunks.map((hunk) => startingWithin(hunk, count)) };
    return comparisons.remaining > 0 && applyPatch(text, near, { fuzzFactor: fuzz, compareLine });
  } catch (error) {
    if (error instanceof OutOfComparisons) return false;
    throw error;
  }
}

/** Splitting and joining a line of a file takes the time of this many comparisons. */
const comparisonsPerLine = 4;

/** Starts a hunk at the latest after the last line: `applyPatch` fills the lines up to the start of a hunk. */
function startingWithin(hunk: StructuredPatchHunk, count: number): StructuredPatchHunk {
  return hunk.oldStart > count + 1 ? { ...hunk, oldStart: count + 1 } : hunk;
}

/** By the content of a line that a hunk expects: how many added lines were copied at most when it turns out to differ. */
function linesCopiedBefore(hunks: readonly StructuredPatchHunk[]): ReadonlyMap<string, number> {
  const copied = new Map<string, number>();
  for (const { lines } of hunks) {
    let added = 0;
    for (const line of lines) {
      const content = line.slice(1);
      if (line[0] === '+') added += 1;
      else copied.set(content, Math.max(copied.get(content) ?? 0, added));
    }
  }
  return copied;
}

class OutOfComparisons extends Error {}

function oneByOne(
  text: string,
  patch: StructuredPatch,
  path: string,
  comparisons: Comparisons,
): AppliedHunks {
  const count = patch.hunks.length;
  const rejections: Rejection[] = [];
  const notes: string[] = [];
  let current = text;
  /** Number of lines by which the applied hunks have moved the following lines. */
  let shift = 0;
  for (const [index, hunk] of patch.hunks.entries()) {
    const number = index + 1;
    const here = { ...hunk, oldStart: hunk.oldStart + shift };
    const applied = withLeastFuzz(comparisons, current, { ...patch, hunks: [here] });
    if (applied === undefined && comparisons.remaining <= 0) {
      rejections.push({ path, reason: tooManyComparisons });
      break;
    }
    if (applied === undefined) {
      rejections.push({
        path,
        reason: `hunk ${number} of ${count} does not apply`,
        hunk: { number, count, ...nearest(comparisons, current, here) },
      });
      continue;
    }
    if (applied.fuzz > 0) notes.push(fuzzNote(number, count, path, applied.fuzz));
    current = applied.text;
    shift += hunk.newLines - hunk.oldLines;
  }
  return { text: current, rejections, notes };
}

function withLeastFuzz(
  comparisons: Comparisons,
  text: string,
  patch: StructuredPatch,
): { text: string; fuzz: number } | undefined {
  for (let fuzz = 0; fuzz <= maxFuzz; fuzz += 1) {
    const applied = applyWithin(comparisons, text, patch, fuzz);
    if (applied !== false) return { text: applied, fuzz };
  }
  return undefined;
}

function fuzzNote(number: number, count: number, path: string, fuzz: number): string {
  const lines = fuzz === 1 ? '1 line of its context differs' : `${fuzz} lines of its context differ`;
  return `Hunk ${number} of ${count} of ${path} applies only with fuzz: ${lines}.`;
}

/** The place where most lines match the hunk; of several equal places, the nearest to the hunk's line number. */
function nearest(
  comparisons: Comparisons,
  text: string,
  hunk: StructuredPatchHunk,
): Pick<RejectedHunk, 'line' | 'expected' | 'found'> {
  const lines = text.replace(/\n$/, '').split('\n');
  const expected = hunk.lines.filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1));
  const own = Math.min(Math.max(hunk.oldStart - 1, 0), Math.max(lines.length - 1, 0));
  // If a full search would take too long, use the hunk's line number.
  const cost = lines.length * expected.length;
  const end = cost <= comparisons.remaining ? lines.length : 0;
  comparisons.remaining -= end === 0 ? 0 : cost;
  let best = { at: own, same: sameLines(lines, expected, own) };
  for (let at = 0; at < end; at += 1) {
    const same = sameLines(lines, expected, at);
    const isNearer = Math.abs(at - own) < Math.abs(best.at - own);
    if (same > best.same || (same === best.same && isNearer)) best = { at, same };
  }
  return { line: best.at + 1, expected, found: lines.slice(best.at, best.at + expected.length) };
}

function sameLines(lines: readonly string[], expected: readonly string[], at: number): number {
  return expected.filter((line, index) => lines[at + index] === line).length;
}
