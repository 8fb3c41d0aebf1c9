import { diffArrays, diffWordsWithSpace, type ChangeObject } from 'diff';
import { anchorLines } from './anchorLines.ts';
import { withoutComments } from './codeTokens.ts';
import { changedSpan } from '../text/changedSpan.ts';

/** Characters `[start, end)` of a line that differ from its counterpart. */
export type Mark = [start: number, end: number];

/** A row of two texts side by side. Line numbers count from 1; a side without a line shows a gap. */
export interface DiffRow {
  /** `same` with only one side is a line that the options ignore: a blank line or a comment. */
  readonly kind: 'same' | 'changed' | 'only-a' | 'only-b';
  readonly a?: number;
  readonly b?: number;
  /** For `changed`: the differing ranges of the two lines. */
  readonly marks?: { readonly a: Mark[]; readonly b: Mark[] };
}

export interface CompareOptions {
  /** Lines that differ only in whitespace count as the same. */
  readonly ignoreWhitespace?: boolean;
  /** Lines that differ only in comments count as the same. */
  readonly ignoreComments?: boolean;
  /** Language of the texts, which defines the syntax of comments. */
  readonly language?: string;
}

/** Maximum number of edits searched in a chunk; beyond it the chunk counts as rewritten. */
const maxEdits = 800;
/** Maximum number of edits searched in a line; beyond it the line is marked from its first to its last difference. */
const maxWordEdits = 100;

/**
 * The work that remains to the comparison of two texts, in steps of a search for edits: a search for `n` edits takes `n²`. What
 * remains at the end is compared more coarsely, so that hostile texts take a bounded time.
 */
interface Effort {
  lines: number;
  words: number;
}

/** One search of `maxEdits`, or thousands of small chunks. */
const effortForLines = maxEdits ** 2;
/** About 2,000 changed lines of code. */
const effortForWords = 500_000;
/** Comparing two equal words takes no edits, but this many steps. */
const stepsPerLine = 200;
/** Two lines with at least this likeness (0 to 1, share of common words) are shown as one changed line. */
const alike = 0.4;
/** Maximum size of a hunk, in pairs of lines, for matching lines by likeness; larger hunks are matched by order. */
const maxPairs = 4_000;
/** A longer line is marked from its first to its last difference. */
const longestMarkedLine = 2_000;

/** Aligns two texts, given as lines, so that every line of each is in exactly one row. */
export function alignLines(
  a: readonly string[],
  b: readonly string[],
  options: CompareOptions = {},
): DiffRow[] {
  const [keysA, keysB] = [keysOf(a, options), keysOf(b, options)];
  const effort: Effort = { lines: effortForLines, words: effortForWords };
  const rows: DiffRow[] = [];
  let atA = 0;
  let atB = 0;
  for (const chunk of chunks(keysA, keysB, effort)) {
    if (chunk.same) {
      for (let each = 0; each < chunk.a; each += 1)
        rows.push({ kind: 'same', a: atA + each + 1, b: atB + each + 1 });
    } else {
      const hunk = hunkRows(a.slice(atA, atA + chunk.a), b.slice(atB, atB + chunk.b), atA, atB, effort);
      for (const row of hunk) rows.push(row);
    }
    atA += chunk.a;
    atB += chunk.b;
  }
  if (keysA === a) return rows;
  return rows.map((row) => (isOfNoAccount(row, keysA, keysB) ? { ...row, kind: 'same' } : row));
}

/** The part of each line that is compared; the lines themselves if the options ignore nothing. */
function keysOf(lines: readonly string[], options: CompareOptions): readonly string[] {
  const { ignoreWhitespace = false, ignoreComments = false, language = '' } = options;
  if (!ignoreWhitespace && !ignoreComments) return lines;
  const code = ignoreComments ? withoutComments(lines.join('\n'), language).split('\n') : lines;
  return code.map((line) => (ignoreWhitespace ? line.replaceAll(/\s+/g, '') : line.trimEnd()));
}

/** Whether a line on only one side has only ignored content. */
function isOfNoAccount({ kind, a, b }: DiffRow, keysA: readonly string[], keysB: readonly string[]): boolean {
  return (kind === 'only-a' && keysA[a! - 1] === '') || (kind === 'only-b' && keysB[b! - 1] === '');
}

/** Numbers of lines per side in a chunk, and whether the lines are equal. */
interface Chunk {
  readonly same: boolean;
  readonly a: number;
  readonly b: number;
}

/**
 * Equal and different chunks, in order. Lines that occur once in both texts split the problem first: the parts between
 * them are short, so the search is fast even on long texts with many differences.
 */
function chunks(a: readonly string[], b: readonly string[], effort: Effort): Chunk[] {
  const found: Chunk[] = [];
  let atA = 0;
  let atB = 0;
  for (const [nextA, nextB] of [...anchorLines(a, b), [a.length, b.length] as const]) {
    found.push(...stretch(a.slice(atA, nextA), b.slice(atB, nextB), effort));
    if (nextA < a.length) found.push({ same: true, a: 1, b: 1 });
    atA = nextA + 1;
    atB = nextB + 1;
  }
  return merged(found);
}

function stretch(a: string[], b: string[], effort: Effort): Chunk[] {
  if (a.length === 0 && b.length === 0) return [];
  const limit = Math.min(maxEdits, Math.floor(Math.sqrt(effort.lines)));
  const changes = diffArrays(a, b, { maxEditLength: limit });
  effort.lines -= editsIn(changes, limit) ** 2;
  if (changes === undefined) return [{ same: false, a: a.length, b: b.length }];
  return changes.map(({ added, removed, count }) => ({
    same: !added && !removed,
    a: added ? 0 : count,
    b: removed ? 0 : count,
  }));
}

/** The number of edits that a search tried. */
function editsIn(changes: readonly ChangeObject<unknown>[] | undefined, limit: number): number {
  if (changes === undefined) return limit;
  return changes.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0);
}

/** Joins adjacent chunks of the same kind, so that removed and added lines at one place form one hunk. */
function merged(all: readonly Chunk[]): Chunk[] {
  const joined: Chunk[] = [];
  for (const chunk of all) {
    const last = joined.at(-1);
    if (last?.same === chunk.same) {
      joined[joined.length - 1] = { same: chunk.same, a: last.a + chunk.a, b: last.b + chunk.b };
    } else if (chunk.a > 0 || chunk.b > 0) {
      joined.push(chunk);
    }
  }
  return joined;
}

/** Rows of one hunk: similar lines share a row, other lines have a row each. */
function hunkRows(
  a: readonly string[],
  b: readonly string[],
  fromA: number,
  fromB: number,
  effort: Effort,
): DiffRow[] {
  const rows: DiffRow[] = [];
  let atA = 0;
  let atB = 0;
  const alone = (untilA: number, untilB: number) => {
    for (; atA < untilA; atA += 1) rows.push({ kind: 'only-a', a: fromA + atA + 1 });
    for (; atB < untilB; atB += 1) rows.push({ kind: 'only-b', b: fromB + atB + 1 });
  };
  for (const [lineA, lineB] of pairs(a, b, effort)) {
    alone(lineA, lineB);
    rows.push({
      kind: 'changed',
      a: fromA + lineA + 1,
      b: fromB + lineB + 1,
      marks: markWords(a[lineA]!, b[lineB]!, effort),
    });
    atA = lineA + 1;
    atB = lineB + 1;
  }
  alone(a.length, b.length);
  return rows;
}

/**
 * Pairs of lines of a hunk: the pairing in order with the greatest total likeness (dynamic programming), or line by line if
 * the hunk is too large.
 */
function pairs(a: readonly string[], b: readonly string[], effort: Effort): [number, number][] {
  const inOrder = (): [number, number][] =>
    Array.from({ length: Math.min(a.length, b.length) }, (_, line) => [line, line]);
  if (a.length * b.length > maxPairs || effort.words <= 0) return inOrder();
  const wordsA = a.map(wordsOf);
  const wordsB = b.map(wordsOf);
  const steps = (a.length * countIn(wordsB) + b.length * countIn(wordsA)) / 4;
  if (steps > effort.words) return inOrder();
  effort.words -= steps;
  const likes = wordsA.map((left) => wordsB.map((right) => likeness(left, right)));
  const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i]![j] = Math.max(
        best[i + 1]![j]!,
        best[i]![j + 1]!,
        together(likes[i]![j]!) + best[i + 1]![j + 1]!,
      );
    }
  }
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const like = likes[i]![j]!;
    if (like >= alike && best[i]![j] === like + best[i + 1]![j + 1]!) found.push([i++, j++]);
    else if (best[i]![j] === best[i + 1]![j]!) i += 1;
    else j += 1;
  }
  return found;
}

function countIn(lines: readonly (readonly string[])[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0);
}

function together(like: number): number {
  return like >= alike ? like : 0;
}

function wordsOf(line: string): string[] {
  return line.slice(0, longestMarkedLine).match(/\w+|[^\w\s]/g) ?? [];
}

/** Dice's coefficient over the words of two lines, counting repeated words. */
function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      common += 1;
      left.set(word, count - 1);
    }
  }
  return (2 * common) / (a.length + b.length);
}

function markWords(a: string, b: string, effort: Effort): { a: Mark[]; b: Mark[] } {
  const isLong = a.length > longestMarkedLine || b.length > longestMarkedLine;
  const changes = isLong || effort.words <= 0 ? undefined : wordChanges(a, b, effort);
  if (changes === undefined) return markBetween(a, b);
  const marks: { a: Mark[]; b: Mark[] } = { a: [], b: [] };
  let atA = 0;
  let atB = 0;
  for (const { added, removed, value } of changes) {
    if (removed) mark(marks.a, atA, value.length);
    if (added) mark(marks.b, atB, value.length);
    if (!added) atA += value.length;
    if (!removed) atB += value.length;
  }
  return marks;
}

function wordChanges(a: string, b: string, effort: Effort): ChangeObject<string>[] | undefined {
  const limit = Math.min(maxWordEdits, Math.floor(Math.sqrt(effort.words)));
  const changes = diffWordsWithSpace(a, b, { maxEditLength: limit });
  effort.words -= stepsPerLine + a.length + b.length + editsIn(changes, limit) ** 2;
  return changes;
}

/** Marks two lines from their first to their last difference. */
function markBetween(a: string, b: string): { a: Mark[]; b: Mark[] } {
  const { start, end, text } = changedSpan(a, b);
  const marksOf = (stop: number): Mark[] => (stop > start ? [[start, stop]] : []);
  return { a: marksOf(end), b: marksOf(start + text.length) };
}

/** Adds a range, or extends the last range if it is adjacent. */
function mark(marks: Mark[], start: number, length: number): void {
  const last = marks.at(-1);
  if (last?.[1] === start) last[1] = start + length;
  else marks.push([start, start + length]);
}
