import type { Interval } from './interval.ts';
import { seededRandom, type Random } from '../text/random.ts';

const defaultDraws = 2_000;

/**
 * The 95% percentile intervals of statistics by resampling clusters (items, tasks or evaluators) with replacement,
 * 2,000 draws by default. `times[k]` is the number of clusters of kind k, which are equal for the statistics: 1 each in the
 * general case. `statistics` receives the number of clusters of each kind in a draw, in a list that the next draw
 * overwrites, and must always return the same number of statistics. A draw without a value is left out of that
 * statistic's interval; the interval is `undefined` if more than half of the draws have no value. Equal seeds give equal
 * intervals. Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 */
export function bootstrapIntervals(
  times: readonly number[],
  statistics: (drawn: readonly number[]) => readonly (number | undefined)[],
  { seed, draws = defaultDraws }: { readonly seed: string; readonly draws?: number },
): (Interval | undefined)[] {
  const random = seededRandom(seed);
  const clusters = times.reduce((sum, count) => sum + count, 0);
  if (clusters === 0) return statistics(times).map(() => undefined);
  const found: number[][] = statistics(times).map(() => []);
  const drawn = times.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    resample(times, clusters, random, drawn);
    const values = statistics(drawn);
    for (let at = 0; at < values.length; at += 1) if (values[at] !== undefined) found[at]!.push(values[at]!);
  }
  return found.map((values) => (values.length < draws / 2 ? undefined : percentiles(values)));
}

function percentiles(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).toSorted();
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** Draws as many clusters as there are, with replacement; writes the number of each kind into `drawn`. */
function resample(times: readonly number[], clusters: number, random: Random, drawn: number[]): void {
  let drawsLeft = clusters;
  let clustersLeft = clusters;
  for (let at = 0; at < times.length; at += 1) {
    const count = times[at]!;
    drawn[at] = count === clustersLeft ? drawsLeft : binomial(drawsLeft, count / clustersLeft, random);
    drawsLeft -= drawn[at]!;
    clustersLeft -= count;
  }
}

/** With more expected successes than this, the error of the normal approximation is smaller than that of the resampling. */
const manySuccesses = 50;

/** A draw from the binomial distribution: successes in `trials`, each with probability `share`. */
function binomial(trials: number, share: number, random: Random): number {
  if (trials === 0 || share === 0) return 0;
  if (share > 0.5) return trials - binomial(trials, 1 - share, random);
  const mean = trials * share;
  if (mean > manySuccesses) {
    const drawn = Math.round(mean + Math.sqrt(mean * (1 - share)) * normal(random));
    return Math.min(trials, Math.max(0, drawn));
  }
  let left = random();
  let probability = Math.exp(trials * Math.log1p(-share));
  let successes = 0;
  const odds = share / (1 - share);
  while (left > probability && successes < trials) {
    left -= probability;
    probability *= ((trials - successes) / (successes + 1)) * odds;
    successes += 1;
  }
  return successes;
}

/** A draw from the standard normal distribution (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The quantile at `share`, interpolated linearly between neighbours (type 7 of Hyndman and Fan). */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
