import { itemCount, ratersOf, type Pattern } from './patterns.ts';
import { rawAgreement } from './rawAgreement.ts';

/**
 * Fleiss' κ, for items that all have the same number of raters; `undefined` where they have not, where fewer than two
 * have rated, or where chance alone explains all. Source: J. L. Fleiss, Measuring nominal scale agreement among many
 * raters, Psychological Bulletin 76 (1971), 378–382.
 */
export function fleissKappa(patterns: readonly Pattern[]): number | undefined {
  const raters = new Set(patterns.map(({ counts }) => ratersOf(counts)));
  const agreement = rawAgreement(patterns);
  if (raters.size !== 1 || agreement === undefined) return undefined;
  const ratings = itemCount(patterns) * [...raters][0]!;
  const chance = patterns[0]!.counts.reduce((sum, _, category) => {
    const given = patterns.reduce((total, { counts, times }) => total + times * counts[category]!, 0);
    return sum + (given / ratings) ** 2;
  }, 0);
  return chance === 1 ? undefined : (agreement - chance) / (1 - chance);
}
