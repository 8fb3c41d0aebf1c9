import { applyPatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import type { RejectedHunk, Rejection } from './types.ts';

/** A file's text after the hunks that apply, and what is to be said of the others. */
interface AppliedHunks {
  readonly text: string;
  readonly rejections: readonly Rejection[];
  readonly notes: readonly string[];
}

/** Hunks of one file that are tried one by one; each may search the whole file. */
const hunksTried = 200;

/** Lines of context that may differ, as `patch` allows by itself. */
const mostFuzz = 2;

/** Comparisons of lines that finding the nearest place of one hunk may take. */
const mostComparisons = 4_000_000;

/** The whole patch where it fits to the letter, else hunk by hunk, with some lines of context off at the most. */
export function applyHunks(text: string, patch: StructuredPatch, path: string): AppliedHunks {
  const whole = applyPatch(text, patch);
  if (whole !== false) return { text: whole, rejections: [], notes: [] };
  if (patch.hunks.length > hunksTried) {
    const reason = 'the diff does not apply as a whole, and has too many hunks to try one by one';
    return { text, rejections: [{ path, reason }], notes: [] };
  }
  return oneByOne(text, patch, path);
}

function oneByOne(text: string, patch: StructuredPatch, path: string): AppliedHunks {
  const count = patch.hunks.length;
  const rejections: Rejection[] = [];
  const notes: string[] = [];
  let current = text;
  /** How far the hunks so far have moved what follows them. */
  let shift = 0;
  patch.hunks.forEach((hunk, index) => {
    const number = index + 1;
    const here = { ...hunk, oldStart: hunk.oldStart + shift };
    const applied = withLeastFuzz(current, { ...patch, hunks: [here] });
    if (applied === undefined) {
      rejections.push({
        path,
        reason: `hunk ${number} of ${count} does not apply`,
        hunk: { number, count, ...nearest(current, here) },
      });
      return;
    }
    if (applied.fuzz > 0) notes.push(fuzzNote(number, count, path, applied.fuzz));
    current = applied.text;
    shift += hunk.newLines - hunk.oldLines;
  });
  return { text: current, rejections, notes };
}

function withLeastFuzz(text: string, patch: StructuredPatch): { text: string; fuzz: number } | undefined {
  for (let fuzz = 0; fuzz <= mostFuzz; fuzz += 1) {
    const applied = applyPatch(text, patch, { fuzzFactor: fuzz });
    if (applied !== false) return { text: applied, fuzz };
  }
  return undefined;
}

function fuzzNote(number: number, count: number, path: string, fuzz: number): string {
  const lines = fuzz === 1 ? '1 line of its context differs' : `${fuzz} lines of its context differ`;
  return `Hunk ${number} of ${count} of ${path} applies only with fuzz: ${lines}.`;
}

/** The place of a text where most lines are as a hunk expects them; of equal ones, the nearest to the hunk's own line. */
function nearest(text: string, hunk: StructuredPatchHunk): Pick<RejectedHunk, 'line' | 'expected' | 'found'> {
  const lines = text.replace(/\n$/, '').split('\n');
  const expected = hunk.lines.filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1));
  const own = Math.min(Math.max(hunk.oldStart - 1, 0), Math.max(lines.length - 1, 0));
  // Where looking everywhere would take too long, the hunk's own line has to do.
  const end = lines.length * expected.length <= mostComparisons ? lines.length : 0;
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
