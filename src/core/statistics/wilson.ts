import { normal95, type Interval } from './interval.ts';

/** A proportion `count`/`of` with the confidence interval of the true proportion. `share` is `undefined` if `of` is 0. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  readonly share: number | undefined;
  readonly interval: Interval | undefined;
}

/**
 * A proportion with its 95% score interval, which stays within 0 to 1 and is valid for few trials and for 0 or all
 * successes. Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22
 * (1927), 209–212.
 */
export function wilson(count: number, of: number): Proportion {
  if (of === 0) return { count, of, share: undefined, interval: undefined };
  const share = count / of;
  const zSquaredPerTrial = normal95 ** 2 / of;
  const center = (share + zSquaredPerTrial / 2) / (1 + zSquaredPerTrial);
  const halfWidth =
    (normal95 * Math.sqrt((share * (1 - share)) / of + zSquaredPerTrial / (4 * of))) / (1 + zSquaredPerTrial);
  return {
    count,
    of,
    share,
    // At 0 and at all successes the bound is exactly 0 or 1; set it to avoid a rounding error.
    interval: { low: count === 0 ? 0 : center - halfWidth, high: count === of ? 1 : center + halfWidth },
  };
}
