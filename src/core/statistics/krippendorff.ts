import { ratersOf, type ByTimes, type Pattern } from './patterns.ts';

/** How the distance of two categories is measured: by name only, by rank, by value, or by ratio of values. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * Krippendorff's α = 1 − Dₒ/Dₑ from the coincidence matrix; any number of raters, missing ratings allowed.
 * `values` are the values of the categories, ascending (needed by interval and ratio; the category indices by default).
 * `undefined` if α does not exist: no item has two raters, or all ratings have the same category.
 * Everything that does not depend on the frequencies of the patterns is computed once.
 * Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), which defines the ordinal metric by
 * the marginal counts of the ranks between; packages with "ordinal weights" compute something else.
 */
export function alphaByTimes(
  patterns: readonly Pattern[],
  metric: Metric,
  values?: readonly number[],
): ByTimes {
  const size = patterns[0]?.counts.length ?? 0;
  const meetings = patterns.map(({ counts }) => meetingsOf(counts));
  const marginals = new Float64Array(size);
  const coincidences = new Float64Array(size * size);
  return (times) => {
    marginals.fill(0);
    coincidences.fill(0);
    let total = 0;
    for (let at = 0; at < meetings.length; at += 1) {
      const count = times[at]!;
      const { cells, shares, counts, raters } = meetings[at]!;
      if (count === 0 || raters < 2) continue;
      total += count * raters;
      for (let category = 0; category < size; category += 1)
        marginals[category]! += count * counts[category]!;
      for (let index = 0; index < cells.length; index += 1)
        coincidences[cells[index]!]! += count * shares[index]!;
    }
    const distance = distanceOf(metric, marginals, values);
    let observed = 0;
    let expected = 0;
    for (let one = 0; one < size; one += 1) {
      for (let other = one + 1; other < size; other += 1) {
        const apart = distance(one, other);
        observed += coincidences[one * size + other]! * apart;
        expected += marginals[one]! * marginals[other]! * apart;
      }
    }
    return expected === 0 ? undefined : 1 - ((total - 1) * observed) / expected;
  };
}

/**
 * How often two different categories occur in the same item; an item's weight is its number of raters. `cells` are the
 * positions above the diagonal of a square matrix, row by row.
 */
function meetingsOf(counts: readonly number[]): {
  readonly cells: readonly number[];
  readonly shares: readonly number[];
  readonly counts: readonly number[];
  readonly raters: number;
} {
  const raters = ratersOf(counts);
  const cells: number[] = [];
  const shares: number[] = [];
  counts.forEach((count, one) => {
    for (let other = one + 1; other < counts.length; other += 1) {
      if (count === 0 || counts[other] === 0) continue;
      cells.push(one * counts.length + other);
      shares.push((count * counts[other]!) / (raters - 1));
    }
  });
  return { cells, shares, counts, raters };
}

/** Squared distances between categories. */
function distanceOf(
  metric: Metric,
  marginals: Float64Array,
  values: ArrayLike<number> = marginals.map((_, index) => index),
): (one: number, other: number) => number {
  switch (metric) {
    case 'nominal':
      return (one, other) => (one === other ? 0 : 1);
    case 'ordinal':
      return ordinalDistance(marginals);
    case 'interval':
      return (one, other) => (values[one]! - values[other]!) ** 2;
    case 'ratio':
      return (one, other) => {
        const sum = values[one]! + values[other]!;
        return sum === 0 ? 0 : ((values[one]! - values[other]!) / sum) ** 2;
      };
  }
}

/** The squared number of ratings between two ranks, lower rank first; ratings at the two ranks count half. */
function ordinalDistance(marginals: Float64Array): (low: number, high: number) => number {
  let sum = 0;
  const middles = marginals.map((count) => (sum += count) - count / 2);
  return (low, high) => (middles[high]! - middles[low]!) ** 2;
}
