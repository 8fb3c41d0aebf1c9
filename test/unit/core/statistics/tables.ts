import assert from 'node:assert/strict';
import { timesOf, type ByTimes, type Pattern } from '../../../../src/core/statistics/patterns.ts';

/** Whether a number rounds to what is printed, to the digits printed. */
export function assertDigits(actual: number | undefined, printed: string): void {
  const digits = printed.split('.')[1]?.length ?? 0;
  assert.equal(actual?.toFixed(digits), Number(printed).toFixed(digits));
}

/** A coefficient of the patterns as often as they occur. */
export function coefficientOf(
  patterns: readonly Pattern[],
  coefficient: (patterns: readonly Pattern[]) => ByTimes,
): number | undefined {
  return coefficient(patterns)(timesOf(patterns));
}

/** Rows of raters, "." where one did not rate, as the categories of each item (1 is the first). */
export function itemsOf(...raters: readonly string[]): number[][] {
  const rows = raters.map((row) => row.split(' '));
  return rows[0]!.map((_, item) => rows.flatMap((row) => (row[item] === '.' ? [] : [Number(row[item]) - 1])));
}

/** The items of a table of two raters. */
export function itemsOfTable(table: readonly (readonly number[])[]): number[][] {
  return table.flatMap((row, one) =>
    row.flatMap((count, other) => Array.from({ length: count }, () => [one, other])),
  );
}

/** Items given as counts by category. */
export function patternsOfCounts(...rows: readonly string[]): Pattern[] {
  return rows.map((row) => ({ counts: row.split(' ').map(Number), times: 1 }));
}

/** "4 × 12" of Krippendorff 2011. */
export const fourObservers = itemsOf(
  '1 2 3 3 2 1 4 1 2 . . .',
  '1 2 3 3 2 2 4 1 2 5 . 3',
  '. 3 3 3 2 3 4 2 2 5 1 .',
  '1 2 3 3 2 4 4 1 2 5 1 .',
);

/** "3 × 15". */
export const threeObservers = itemsOf(
  '. . . . . 3 4 1 2 1 1 3 3 . 3',
  '1 . 2 1 3 3 4 3 . . . . . . .',
  '. . 2 1 3 4 4 . 2 1 1 3 3 . 4',
);
