import type { Time, TimedAnswer, Timing } from './run.ts';

/** A value that was estimated, with the bounds between which the true one lies with probability `level`. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** What two answers' times say of each other. Times in milliseconds. */
export interface TimeComparison {
  readonly medians: readonly [Estimate, Estimate];
  /** Of the first answer's time to the second's, pair by pair. */
  readonly ratio: Estimate;
  /** Whether 1 lies outside of the ratio's interval. */
  readonly differs: boolean;
  readonly pairs: number;
}

/** How sure an interval is to be, where there are values enough for it: six. */
const wantedLevel = 0.95;

/** Processor time hardly depends on what else the machine does; time on the clock also counts waiting. */
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
 * The median with the narrowest pair of order statistics that holds the true median with probability 0.95 or more, or
 * the extremes where the values are too few for that. Makes no assumption on how times scatter (the sign test's interval: Conover,
 * Practical Nonparametric Statistics, 3rd edition, section 3.2). Of no values everything is NaN.
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

/** The middle of ascending values. */
function median(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}

/** How likely the true median lies from the value of that rank to the one of the same rank from above. */
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
  /** Time is about proportional to n to this power. */
  readonly exponent: Estimate;
  /** The smallest and the largest n that counted. */
  readonly from: number;
  readonly to: number;
}

/**
 * The slope of log processor time over log n by least squares, with Student's interval; the time that the language
 * takes to start is taken off first. Sizes whose time does not stand out from that start do not count: `undefined` where fewer than three do.
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
