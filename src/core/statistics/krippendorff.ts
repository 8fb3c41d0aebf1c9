import { ratersOf, sharedPatterns, type Pattern } from './patterns.ts';

/** How far apart two categories are: by name alone, by rank, by value, or by value in proportion. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * Krippendorff's α = 1 − Dₒ/Dₑ from the coincidence matrix; any number of raters, missing ratings allowed.
 * `values` are what the categories stand for, ascending (needed by interval and ratio; their indices by default).
 * `undefined` when nobody shares an item or everybody gave everything the same category, where α does not exist.
 * Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), which defines the ordinal metric by
 * the marginal counts of the ranks between; packages with "ordinal weights" compute something else.
 */
export function krippendorffAlpha(
  patterns: readonly Pattern[],
  metric: Metric,
  values?: readonly number[],
): number | undefined {
  const shared = sharedPatterns(patterns);
  const categories = shared[0]?.counts.length ?? 0;
  const coincidences = coincidenceMatrix(shared, categories);
  const marginals = coincidences.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = marginals.reduce((sum, count) => sum + count, 0);
  const distance = distanceOf(metric, marginals, values ?? marginals.map((_, index) => index));
  let observed = 0;
  let expected = 0;
  for (let one = 0; one < categories; one += 1) {
    for (let other = one + 1; other < categories; other += 1) {
      const apart = distance(one, other);
      observed += coincidences[one]![other]! * apart;
      expected += marginals[one]! * marginals[other]! * apart;
    }
  }
  return expected === 0 ? undefined : 1 - ((total - 1) * observed) / expected;
}

/** How often two categories met in one item, each item weighing as many as it has raters. */
function coincidenceMatrix(shared: readonly Pattern[], categories: number): number[][] {
  const matrix = Array.from({ length: categories }, () => Array.from({ length: categories }, () => 0));
  for (const { counts, times } of shared) {
    const others = ratersOf(counts) - 1;
    for (let one = 0; one < categories; one += 1) {
      if (counts[one] === 0) continue;
      for (let other = 0; other < categories; other += 1) {
        const pairs = counts[one]! * (one === other ? counts[other]! - 1 : counts[other]!);
        matrix[one]![other]! += (times * pairs) / others;
      }
    }
  }
  return matrix;
}

/** Squared distances between categories. */
function distanceOf(
  metric: Metric,
  marginals: readonly number[],
  values: readonly number[],
): (one: number, other: number) => number {
  switch (metric) {
    case 'nominal':
      return (one, other) => (one === other ? 0 : 1);
    case 'ordinal':
      return (one, other) => ordinalDistance(marginals, Math.min(one, other), Math.max(one, other));
    case 'interval':
      return (one, other) => (values[one]! - values[other]!) ** 2;
    case 'ratio':
      return (one, other) => {
        const sum = values[one]! + values[other]!;
        return sum === 0 ? 0 : ((values[one]! - values[other]!) / sum) ** 2;
      };
  }
}

/** The square of how many ratings lie between two ranks, counting half of those at the ends. */
function ordinalDistance(marginals: readonly number[], low: number, high: number): number {
  const between = marginals.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
  return (between - (marginals[low]! + marginals[high]!) / 2) ** 2;
}
