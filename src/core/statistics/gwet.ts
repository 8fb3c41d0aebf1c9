import { ratersOf, type ByTimes, type Pattern } from './patterns.ts';
import { pairAgreement } from './rawAgreement.ts';

/**
 * Gwet's AC1, which stays meaningful if nearly all ratings have the same category, where κ fails. Chance agreement is
 * Σ π(1 − π)/(q − 1) over the q categories. `undefined` without a shared item or with fewer than two categories.
 * Source: K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, British
 * Journal of Mathematical and Statistical Psychology 61 (2008), 29–48.
 */
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
