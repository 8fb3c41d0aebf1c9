import { ratersOf, type ByTimes, type Pattern } from './patterns.ts';
import { pairAgreement } from './rawAgreement.ts';

/**
 * Fleiss' κ for items with the same number of raters; `undefined` if the numbers of raters differ, if items have fewer
 * than two raters, or if chance alone explains all agreement. Source: J. L. Fleiss, Measuring nominal scale agreement among
 * many raters, Psychological Bulletin 76 (1971), 378–382.
 */
export function fleissByTimes(patterns: readonly Pattern[]): ByTimes {
  const size = patterns[0]?.counts.length ?? 0;
  const rated = patterns.map(({ counts }) => {
    const raters = ratersOf(counts);
    return { raters, counts, agreement: raters < 2 ? 0 : pairAgreement(counts) };
  });
  const given = new Float64Array(size);
  return (times) => {
    given.fill(0);
    let [items, agreeing, each] = [0, 0, 0];
    for (let at = 0; at < rated.length; at += 1) {
      const count = times[at]!;
      if (count === 0) continue;
      const { raters, counts, agreement } = rated[at]!;
      if (raters < 2 || (items > 0 && raters !== each)) return undefined;
      each = raters;
      items += count;
      agreeing += count * agreement;
      for (let category = 0; category < size; category += 1) given[category]! += count * counts[category]!;
    }
    if (items === 0) return undefined;
    const chance = given.reduce((sum, count) => sum + (count / (items * each)) ** 2, 0);
    return chance === 1 ? undefined : (agreeing / items - chance) / (1 - chance);
  };
}
