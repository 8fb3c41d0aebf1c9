/** A 95% interval: it contains the true value in 95 of 100 samples. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5% point of the normal distribution: half the width of a 95% interval in standard errors. */
export const normal95 = 1.959963984540054;

/** The 95% interval of an estimate with an approximately normal error. */
export function normalInterval(estimate: number, standardError: number): Interval {
  return { low: estimate - normal95 * standardError, high: estimate + normal95 * standardError };
}
