import { diffArrays, diffWordsWithSpace } from 'diff';
import { anchorLines } from './anchorLines.ts';
import { withoutComments } from './codeTokens.ts';

/** Characters `[start, end)` of a line that differ from its counterpart. */
export type Mark = [start: number, end: number];

/** One row of two texts side by side. Line numbers count from 1; a side without one shows a gap. */
export interface DiffRow {
  /** `same` with one side alone is a line that the options leave out of account: blank, or all comment. */
  readonly kind: 'same' | 'changed' | 'only-a' | 'only-b';
  readonly a?: number;
  readonly b?: number;
  /** For `changed`: what differs within the two lines. */
  readonly marks?: { readonly a: Mark[]; readonly b: Mark[] };
}

export interface CompareOptions {
  /** What differs in white space only counts as the same. */
  readonly ignoreWhitespace?: boolean;
  /** What differs in comments only counts as the same. */
  readonly ignoreComments?: boolean;
  /** Language of the texts, which tells what a comment is. */
  readonly language?: string;
}

/** Most edits looked for in one stretch; beyond it the stretch counts as rewritten. Keeps the worst case bounded. */
const maxEdits = 800;
/** Two lines at least this alike (0 to 1, share of common words) are shown as one line that changed. */
const alike = 0.4;
/** Largest hunk, in pairs of lines, whose lines are matched by likeness instead of by order. */
const maxPairs = 4_000;
/** Longer lines are marked as a whole. */
const longestMarkedLine = 2_000;

/** Aligns two texts, given as lines, so that every line of each is in exactly one row. */
export function alignLines(
  a: readonly string[],
  b: readonly string[],
  options: CompareOptions = {},
): DiffRow[] {
  const [keysA, keysB] = [keysOf(a, options), keysOf(b, options)];
  const rows: DiffRow[] = [];
  let atA = 0;
  let atB = 0;
  for (const chunk of chunks(keysA, keysB)) {
    if (chunk.same) {
      for (let each = 0; each < chunk.a; each += 1)
        rows.push({ kind: 'same', a: atA + each + 1, b: atB + each + 1 });
    } else {
      rows.push(...hunkRows(a.slice(atA, atA + chunk.a), b.slice(atB, atB + chunk.b), atA, atB));
    }
    atA += chunk.a;
    atB += chunk.b;
  }
  if (keysA === a) return rows;
  return rows.map((row) => (isOfNoAccount(row, keysA, keysB) ? { ...row, kind: 'same' } : row));
}

/** What of each line is compared; the very lines where all of it is. */
function keysOf(lines: readonly string[], options: CompareOptions): readonly string[] {
  const { ignoreWhitespace = false, ignoreComments = false, language = '' } = options;
  if (!ignoreWhitespace && !ignoreComments) return lines;
  const code = ignoreComments ? withoutComments(lines.join('\n'), language).split('\n') : lines;
  return code.map((line) => (ignoreWhitespace ? line.replaceAll(/\s+/g, '') : line.trimEnd()));
}

/** Whether nothing that counts stands in a line that the other side does not have. */
function isOfNoAccount({ kind, a, b }: DiffRow, keysA: readonly string[], keysB: readonly string[]): boolean {
  return (kind === 'only-a' && keysA[a! - 1] === '') || (kind === 'only-b' && keysB[b! - 1] === '');
}

/** How many lines of each side a stretch covers, and whether they are equal. */
interface Chunk {
  readonly same: boolean;
  readonly a: number;
  readonly b: number;
}

/**
 * Equal and different stretches, in order. Lines that occur once in both texts split the problem first: the
 * stretches between them are short, so that the search stays fast on long texts with many differences.
 */
function chunks(a: readonly string[], b: readonly string[]): Chunk[] {
  const found: Chunk[] = [];
  let atA = 0;
  let atB = 0;
  for (const [nextA, nextB] of [...anchorLines(a, b), [a.length, b.length] as const]) {
    found.push(...stretch(a.slice(atA, nextA), b.slice(atB, nextB)));
    if (nextA < a.length) found.push({ same: true, a: 1, b: 1 });
    atA = nextA + 1;
    atB = nextB + 1;
  }
  return merged(found);
}

function stretch(a: string[], b: string[]): Chunk[] {
  if (a.length === 0 && b.length === 0) return [];
  const changes = diffArrays(a, b, { maxEditLength: maxEdits });
  if (changes === undefined) return [{ same: false, a: a.length, b: b.length }];
  return changes.map(({ added, removed, count }) => ({
    same: !added && !removed,
    a: added ? 0 : count,
    b: removed ? 0 : count,
  }));
}

/** Joins neighbours of the same kind: what was removed and what was added in one place is one hunk. */
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

/** Rows of one hunk: lines that are alike stand beside each other, the others stand alone. */
function hunkRows(a: readonly string[], b: readonly string[], fromA: number, fromB: number): DiffRow[] {
  const rows: DiffRow[] = [];
  let atA = 0;
  let atB = 0;
  const alone = (untilA: number, untilB: number) => {
    for (; atA < untilA; atA += 1) rows.push({ kind: 'only-a', a: fromA + atA + 1 });
    for (; atB < untilB; atB += 1) rows.push({ kind: 'only-b', b: fromB + atB + 1 });
  };
  for (const [lineA, lineB] of pairs(a, b)) {
    alone(lineA, lineB);
    rows.push({
      kind: 'changed',
      a: fromA + lineA + 1,
      b: fromB + lineB + 1,
      marks: markWords(a[lineA]!, b[lineB]!),
    });
    atA = lineA + 1;
    atB = lineB + 1;
  }
  alone(a.length, b.length);
  return rows;
}

/**
 * Which lines of a hunk belong together: the pairing in order with the greatest sum of likeness (dynamic
 * programming over the lines); line by line where the hunk is too large for that.
 */
function pairs(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length * b.length > maxPairs) {
    return Array.from({ length: Math.min(a.length, b.length) }, (_, line) => [line, line]);
  }
  const wordsA = a.map(wordsOf);
  const wordsB = b.map(wordsOf);
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

function together(like: number): number {
  return like >= alike ? like : 0;
}

function wordsOf(line: string): string[] {
  return line.slice(0, longestMarkedLine).match(/\w+|[^\w\s]/g) ?? [];
}

/** Dice's coefficient over the words of two lines, each word as often as it occurs. */
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

function markWords(a: string, b: string): { a: Mark[]; b: Mark[] } {
  if (a.length > longestMarkedLine || b.length > longestMarkedLine)
    return { a: [[0, a.length]], b: [[0, b.length]] };
  const marks: { a: Mark[]; b: Mark[] } = { a: [], b: [] };
  let atA = 0;
  let atB = 0;
  for (const { added, removed, value } of diffWordsWithSpace(a, b)) {
    if (removed) mark(marks.a, atA, value.length);
    if (added) mark(marks.b, atB, value.length);
    if (!added) atA += value.length;
    if (!removed) atB += value.length;
  }
  return marks;
}

/** Adds a range, or lengthens the last one where it goes on. */
function mark(marks: Mark[], start: number, length: number): void {
  const last = marks.at(-1);
  if (last?.[1] === start) last[1] = start + length;
  else marks.push([start, start + length]);
}
