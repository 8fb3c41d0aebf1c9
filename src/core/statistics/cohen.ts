import { normalInterval, type Interval } from './interval.ts';

/** The agreement of two raters beyond chance. */
export interface Kappa {
  readonly kappa: number;
  /** Asymptotic standard error of the estimate. */
  readonly standardError: number;
  readonly interval: Interval;
}

/** Credit for unequal categories: none, or by the number of steps between them. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * Cohen's κ of a square table: `table[i][j]` items got category i from one rater and j from the other. Weighted κ gives
 * partial credit for near categories. `undefined` for an empty table, and if chance alone explains all agreement.
 * Sources: J. Cohen, Educational and Psychological Measurement 20 (1960), 37–46; J. L. Fleiss, J. Cohen and
 * B. S. Everitt, Large sample standard errors of kappa and weighted kappa, Psychological Bulletin 72 (1969), 323–327.
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  weights: KappaWeights = 'none',
): Kappa | undefined {
  const size = table.length;
  const total = table.flat().reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const shares = table.map((row) => row.map((count) => count / total));
  const rows = shares.map((row) => row.reduce((sum, share) => sum + share, 0));
  const columns = rows.map((_, column) => shares.reduce((sum, row) => sum + row[column]!, 0));
  const weight = (one: number, other: number): number => weightOf(weights, Math.abs(one - other), size);
  const cells = shares.flatMap((row, one) => row.map((share, other) => ({ one, other, share })));
  const observed = cells.reduce((sum, { one, other, share }) => sum + weight(one, other) * share, 0);
  const expected = cells.reduce(
    (sum, { one, other }) => sum + weight(one, other) * rows[one]! * columns[other]!,
    0,
  );
  if (expected === 1) return undefined;
  const kappa = (observed - expected) / (1 - expected);
  const rowMean = (one: number): number =>
    columns.reduce((sum, share, other) => sum + weight(one, other) * share, 0);
  const columnMean = (other: number): number =>
    rows.reduce((sum, share, one) => sum + weight(one, other) * share, 0);
  const scatter = cells.reduce((sum, { one, other, share }) => {
    const apart = weight(one, other) - (rowMean(one) + columnMean(other)) * (1 - kappa);
    return sum + share * apart ** 2;
  }, 0);
  const variance = (scatter - (kappa - expected * (1 - kappa)) ** 2) / (total * (1 - expected) ** 2);
  const standardError = Math.sqrt(Math.max(0, variance));
  return { kappa, standardError, interval: normalInterval(kappa, standardError) };
}

function weightOf(weights: KappaWeights, steps: number, size: number): number {
  if (weights === 'none') return steps === 0 ? 1 : 0;
  const share = steps / (size - 1);
  return 1 - (weights === 'linear' ? share : share ** 2);
}
