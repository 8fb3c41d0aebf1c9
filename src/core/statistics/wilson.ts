import { normal95, type Interval } from './interval.ts';

/** A share of a count, with the interval of the share in the long run. `share` is `undefined` when `of` is 0. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  readonly share: number | undefined;
  readonly interval: Interval | undefined;
}

/**
 * A proportion with its 95% score interval, which stays inside 0 to 1 and is sound for few trials and for 0 or all
 * successes. Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22
 * (1927), 209–212.
 */
export function wilson(count: number, of: number): Proportion {
  if (of === 0) return { count, of, share: undefined, interval: undefined };
  const share = count / of;
  const square = normal95 ** 2 / of;
  const middle = (share + square / 2) / (1 + square);
  const half = (normal95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
  return {
    count,
    of,
    share,
    // At the ends the bound is exact, where rounding would leave a trace of the other.
    interval: { low: count === 0 ? 0 : middle - half, high: count === of ? 1 : middle + half },
  };
}
