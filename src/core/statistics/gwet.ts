import { itemCount, ratersOf, sharedPatterns, timesOf, type ByTimes, type Pattern } from './patterns.ts';
import { pairAgreement } from './rawAgreement.ts';

/**
 * Gwet's AC1, which keeps its sense where nearly everybody chooses the same category and κ breaks down. Chance is
 * Σ π(1 − π)/(q − 1) over the q categories. `undefined` without a shared item or with fewer than two categories.
 * Source: K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, British
 * Journal of Mathematical and Statistical Psychology 61 (2008), 29–48.
 */
export function gwetAc1(patterns: readonly Pattern[]): number | undefined {
  return ac1ByTimes(patterns)(timesOf(patterns));
}

/** The same for any number of times that the patterns occur. */
export function ac1ByTimes(patterns: readonly Pattern[]): ByTimes {
  const size = patterns[0]?.counts.length ?? 0;
  const chosen = patterns.map(({ counts }) => {
    const raters = ratersOf(counts);
    return {
      raters,
      agreement: raters < 2 ? 0 : pairAgreement(counts),
      shares: counts.map((count) => (raters === 0 ? 0 : count / raters)),
    };
  });
  const sums = new Float64Array(size);
  return (times) => {
    sums.fill(0);
    let [rated, shared, agreeing] = [0, 0, 0];
    for (let at = 0; at < chosen.length; at += 1) {
      const count = times[at]!;
      const { raters, agreement, shares } = chosen[at]!;
      if (count === 0 || raters === 0) continue;
      rated += count;
      if (raters > 1) shared += count;
      agreeing += count * agreement;
      for (let category = 0; category < size; category += 1) sums[category]! += count * shares[category]!;
    }
    if (shared === 0 || size < 2) return undefined;
    const chance = sums.reduce((sum, share) => sum + (share / rated) * (1 - share / rated), 0) / (size - 1);
    return (agreeing / shared - chance) / (1 - chance);
  };
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
