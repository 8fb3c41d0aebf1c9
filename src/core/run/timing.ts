import type { Time, TimedAnswer, Timing } from './run.ts';

/** An estimated value with the bounds that contain the true value with probability `level`. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** The comparison of two answers' times, in milliseconds. */
export interface TimeComparison {
  readonly medians: readonly [Estimate, Estimate];
  /** The first answer's time divided by the second's, pair by pair. */
  readonly ratio: Estimate;
  /** Whether 1 lies outside of the ratio's interval. */
  readonly differs: boolean;
  readonly pairs: number;
}

/** Confidence level of intervals; it needs at least six values. */
const wantedLevel = 0.95;

/** CPU time hardly depends on other load on the machine; wall-clock time includes waiting. */
export type Clock = keyof Time;

/** Compares the times of two answers that ran in turn; `undefined` without five pairs of times above zero. */
export function compareTimes(
  { answers }: Pick<Timing, 'answers'>,
  clock: Clock = 'cpuMs',
): TimeComparison | undefined {
  const [first, second] = answers.map(({ times }) => times.map((time) => time[clock]));
  const pairs = Math.min(first?.length ?? 0, second?.length ?? 0);
  if (first === undefined || second === undefined || pairs < 5) return undefined;
  if ([...first, ...second].some((time) => time <= 0)) return undefined;
  const ratio = medianEstimate(second.slice(0, pairs).map((time, index) => first[index]! / time));
  return {
    medians: [medianEstimate(first), medianEstimate(second)],
    ratio,
    differs: ratio.low > 1 || ratio.high < 1,
    pairs,
  };
}

/**
 * The median with the narrowest pair of order statistics that contains the true median with a probability of at least 0.95,
 * or the extremes if there are too few values. Assumes nothing about the distribution of times (the sign test's interval:
 * Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2). Without values, all members are NaN.
 */
export function medianEstimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((one, other) => one - other);
  const count = sorted.length;
  let rank = 1;
  while (2 * (rank + 1) <= count && coverage(count, rank + 1) >= wantedLevel) rank += 1;
  return {
    value: median(sorted),
    low: sorted[rank - 1] ?? Number.NaN,
    high: sorted[count - rank] ?? Number.NaN,
    level: coverage(count, rank),
  };
}

/** The median of ascending values. */
function median(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}

/** Probability that the true median is between the value of a rank from below and the value of that rank from above. */
function coverage(count: number, rank: number): number {
  let term = 0.5 ** count;
  let below = 0;
  for (let successes = 0; successes < rank; successes += 1) {
    below += term;
    term *= (count - successes) / (successes + 1);
  }
  return 1 - 2 * below;
}

/** How an answer's time grows with n. */
export interface Growth {
  /** Time is roughly proportional to n to this power. */
  readonly exponent: Estimate;
  /** The smallest and the largest n that counted. */
  readonly from: number;
  readonly to: number;
}

/**
 * The slope of log processor time over log n by least squares, with Student's interval, after subtracting the start time of
 * the language. Sizes whose time is close to the start time do not count; `undefined` if fewer than three sizes count.
 */
export function growthOf({ growth }: Pick<TimedAnswer, 'growth'>, start?: Time): Growth | undefined {
  const startMs = start?.cpuMs ?? 0;
  const floor = Math.max(1, startMs / 4);
  const counted = (growth?.points ?? [])
    .map(({ size, times }) => ({
      size,
      times: times.map(({ cpuMs }) => cpuMs - startMs).filter((ms) => ms > 0),
    }))
    .filter(({ times }) => times.length > 0 && medianEstimate(times).value >= floor);
  if (counted.length < 3) return undefined;
  const points = counted.flatMap(({ size, times }) =>
    times.map((ms): [number, number] => [Math.log(size), Math.log(ms)]),
  );
  return { exponent: slope(points), from: counted[0]!.size, to: counted.at(-1)!.size };
}

function slope(points: readonly (readonly [number, number])[]): Estimate {
  const count = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const value = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - value * (x - meanX)) ** 2, 0);
  const error = Math.sqrt(rest / (count - 2) / spread) * studentQuantile(count - 2);
  return { value, low: value - error, high: value + error, level: wantedLevel };
}

/** The 97.5% point of Student's t (Abramowitz and Stegun, 26.7.5); within 1% from four degrees of freedom on. */
function studentQuantile(degrees: number): number {
  const z = 1.959964;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
