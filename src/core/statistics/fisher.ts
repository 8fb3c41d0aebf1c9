/** How unlikely several independent results are together. */
export interface Combined {
  /** M = −2 Σ ln p, which is χ² distributed with `freedom` degrees of freedom under the null hypothesis. */
  readonly statistic: number;
  readonly freedom: number;
  /** Probability of a statistic this high by chance. */
  readonly p: number;
}

/**
 * Fisher's combination of p-values: detects an evaluator whose votes are each only slightly unlikely.
 * Each p is above 0 and at most 1. Source: R. A. Fisher, Statistical Methods for Research Workers, 4th edition
 * (1932), §21.1.
 */
export function combineP(values: readonly number[]): Combined {
  const statistic = -2 * values.reduce((sum, p) => sum + Math.log(p), 0);
  const freedom = 2 * values.length;
  return { statistic, freedom, p: chiSquareTail(statistic, freedom) };
}

/**
 * The quantile of χ² at `share`, for an even number of degrees of freedom. Bisects down to the precision of numbers.
 */
export function chiSquareQuantile(share: number, freedom: number): number {
  let low = 0;
  let high = freedom;
  while (1 - chiSquareTail(high, freedom) < share) high *= 2;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (1 - chiSquareTail(middle, freedom) < share) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * P(χ² > x). For an even number of degrees of freedom this is an exact Poisson sum. The terms are added relative to the
 * largest term, because with many degrees of freedom each term alone would underflow.
 */
function chiSquareTail(x: number, freedom: number): number {
  if (x <= 0) return 1;
  const mean = x / 2;
  const terms = new Float64Array(freedom / 2);
  for (let k = 0; k < terms.length; k += 1)
    terms[k] = k === 0 ? -mean : terms[k - 1]! + Math.log(mean) - Math.log(k);
  const largest = terms.reduce((most, term) => Math.max(most, term), -Infinity);
  const sum = terms.reduce((total, term) => total + Math.exp(term - largest), 0);
  return Math.min(1, Math.exp(largest + Math.log(sum)));
}

/** Successes and failures of one group. */
export interface Tally {
  readonly hits: number;
  readonly misses: number;
}

/**
 * Fisher's exact test of equal success rates in two groups: the probability of tables that are at most as likely as this
 * table (two-sided). 1 if a group is empty. Source: R. A. Fisher, The logic of inductive inference, Journal of the Royal
 * Statistical Society 98 (1935), 39–82.
 */
export function fisherExact(one: Tally, other: Tally): number {
  const size = one.hits + one.misses;
  const hits = one.hits + other.hits;
  const misses = one.misses + other.misses;
  const lowest = Math.max(0, size - misses);
  const highest = Math.min(size, hits);
  // Compute the log-factorials once: computing them for each table would take quadratic time.
  const logs = logFactorials(hits + misses);
  const choose = (of: number, count: number): number => logs[of]! - logs[count]! - logs[of - count]!;
  const all = choose(hits + misses, size);
  const probability = (count: number): number =>
    Math.exp(choose(hits, count) + choose(misses, size - count) - all);
  // Tolerance, because tables with equal probability may differ by rounding.
  const limit = probability(one.hits) * (1 + 1e-7);
  let sum = 0;
  for (let count = lowest; count <= highest; count += 1)
    if (probability(count) <= limit) sum += probability(count);
  return Math.min(1, sum);
}

/** ln n! for each n up to `most`. */
function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let n = 2; n <= most; n += 1) logs[n] = logs[n - 1]! + Math.log(n);
  return logs;
}
