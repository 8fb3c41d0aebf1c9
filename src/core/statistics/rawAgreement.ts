import { ratersOf, sharedPatterns, type Pattern } from './patterns.ts';

/**
 * The share of rater pairs of an item that chose the same category, averaged over the items with two or more raters;
 * `undefined` without such an item. Not corrected for chance: it is shown next to every coefficient.
 */
export function rawAgreement(patterns: readonly Pattern[]): number | undefined {
  const shared = sharedPatterns(patterns);
  let items = 0;
  let sum = 0;
  for (const { counts, times } of shared) {
    items += times;
    sum += times * pairAgreement(counts);
  }
  return items === 0 ? undefined : sum / items;
}

/** The share of ordered pairs of an item's raters that agree. */
export function pairAgreement(counts: readonly number[]): number {
  const raters = ratersOf(counts);
  const agreeing = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return agreeing / (raters * (raters - 1));
}
