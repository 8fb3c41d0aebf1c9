import { itemCount, ratersOf, sharedPatterns, type Pattern } from './patterns.ts';
import { rawAgreement } from './rawAgreement.ts';

/**
 * Gwet's AC1, which keeps its sense where nearly everybody chooses the same category and κ breaks down. Chance is
 * Σ π(1 − π)/(q − 1) over the q categories. `undefined` without a shared item or with fewer than two categories.
 * Source: K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, British
 * Journal of Mathematical and Statistical Psychology 61 (2008), 29–48.
 */
export function gwetAc1(patterns: readonly Pattern[]): number | undefined {
  const agreement = rawAgreement(patterns);
  const shares = categoryShares(patterns);
  if (agreement === undefined || shares.length < 2) return undefined;
  const chance = spread(shares) / (shares.length - 1);
  return (agreement - chance) / (1 - chance);
}

/**
 * AC2: the same with partial agreement, where `weights[k][l]` from 0 to 1 says how nearly categories k and l agree
 * (1 on the diagonal). Chance is ΣW · Σ π(1 − π)/(q(q − 1)). Source: K. L. Gwet, Handbook of Inter-Rater Reliability,
 * 4th edition (2014), chapter 3.
 */
export function gwetAc2(
  patterns: readonly Pattern[],
  weights: readonly (readonly number[])[],
): number | undefined {
  const shared = sharedPatterns(patterns);
  const shares = categoryShares(patterns);
  const size = shares.length;
  if (shared.length === 0 || size < 2) return undefined;
  const agreement =
    shared.reduce((sum, pattern) => sum + pattern.times * weightedAgreement(pattern.counts, weights), 0) /
    itemCount(shared);
  const totalWeight = weights.flat().reduce((sum, weight) => sum + weight, 0);
  const chance = (totalWeight * spread(shares)) / (size * (size - 1));
  return (agreement - chance) / (1 - chance);
}

/** How much an item's raters choose each category, averaged over all items that were rated at all. */
function categoryShares(patterns: readonly Pattern[]): number[] {
  const rated = patterns.filter(({ counts }) => ratersOf(counts) > 0);
  const items = itemCount(rated);
  const categories = rated[0]?.counts.length ?? 0;
  return Array.from({ length: categories }, (_, category) => {
    const sum = rated.reduce(
      (total, { counts, times }) => total + (times * counts[category]!) / ratersOf(counts),
      0,
    );
    return sum / items;
  });
}

function spread(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share * (1 - share), 0);
}

function weightedAgreement(counts: readonly number[], weights: readonly (readonly number[])[]): number {
  const raters = ratersOf(counts);
  const agreeing = counts.reduce((sum, count, category) => {
    const near = counts.reduce((total, other, index) => total + weights[category]![index]! * other, 0);
    return sum + count * (near - 1);
  }, 0);
  return agreeing / (raters * (raters - 1));
}
