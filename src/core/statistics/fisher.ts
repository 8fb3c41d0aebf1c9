/** How unlikely several independent results are together. */
export interface Combined {
  /** M = −2 Σ ln p, which is χ² with `freedom` degrees of freedom when nothing is the matter. */
  readonly statistic: number;
  readonly freedom: number;
  /** How likely so high a statistic is by chance. */
  readonly p: number;
}

/**
 * Fisher's combination of p-values: an evaluator whose votes are each a little unlikely stands out by all of them.
 * Each p is above 0 and at most 1. Source: R. A. Fisher, Statistical Methods for Research Workers, 4th edition
 * (1932), §21.1.
 */
export function combineP(values: readonly number[]): Combined {
  const statistic = -2 * values.reduce((sum, p) => sum + Math.log(p), 0);
  const freedom = 2 * values.length;
  return { statistic, freedom, p: chiSquareTail(statistic, freedom) };
}

/**
 * The point that χ² with an even number of degrees of freedom stays below with probability `share`. Halves the range
 * until it is as narrow as numbers allow.
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

/** P(χ² > x). With an even number of degrees of freedom it is a Poisson sum and needs no approximation. */
function chiSquareTail(x: number, freedom: number): number {
  let term = Math.exp(-x / 2);
  let sum = term;
  for (let k = 1; k < freedom / 2; k += 1) {
    term *= x / 2 / k;
    sum += term;
  }
  return sum;
}
