import { bootstrapIntervals } from './bootstrap.ts';
import { fleissByTimes } from './fleiss.ts';
import { ac1ByTimes } from './gwet.ts';
import type { Interval } from './interval.ts';
import { alphaByTimes, type Metric } from './krippendorff.ts';
import { itemCount, patternsOf, ratersOf, sharedPatterns, timesOf, type ByTimes } from './patterns.ts';
import { rawAgreement } from './rawAgreement.ts';

/** With fewer shared items than this a coefficient is meaningless and is not shown. */
export const fewestShared = 20;

export interface Coefficient {
  readonly value: number;
  readonly interval: Interval | undefined;
}

/** The agreement of raters on items with two or more raters. A coefficient that does not exist is `undefined`. */
export interface Agreement {
  /** Number of items with two or more raters, and number of their ratings. */
  readonly items: number;
  readonly ratings: number;
  readonly raw: number | undefined;
  readonly alpha: Coefficient | undefined;
  readonly ac1: Coefficient | undefined;
  /** Only if all shared items have the same number of raters. */
  readonly fleiss: Coefficient | undefined;
  /** Whether there are too few shared items for coefficients. */
  readonly suppressed: boolean;
}

export interface AgreementOptions {
  readonly categories: number;
  readonly metric: Metric;
  /** Values of the categories, ascending, if the metric needs values. */
  readonly values?: readonly number[];
  /** Seed of the intervals, which resample items with 2,000 draws. */
  readonly seed: string;
}

/** The agreement on items, each given as the categories that its raters chose. */
export function agreementOf(
  items: readonly (readonly number[])[],
  { categories, metric, values, seed }: AgreementOptions,
): Agreement {
  const shared = sharedPatterns(patternsOf(items, categories));
  const suppressed = itemCount(shared) < fewestShared;
  const coefficients = suppressed
    ? []
    : [alphaByTimes(shared, metric, values), ac1ByTimes(shared), fleissByTimes(shared)];
  const [alpha, ac1, fleiss] = withIntervals(timesOf(shared), coefficients, seed);
  return {
    items: itemCount(shared),
    ratings: shared.reduce((sum, { counts, times }) => sum + times * ratersOf(counts), 0),
    raw: rawAgreement(shared),
    alpha,
    ac1,
    fleiss,
    suppressed,
  };
}

function withIntervals(
  times: readonly number[],
  coefficients: readonly ByTimes[],
  seed: string,
): (Coefficient | undefined)[] {
  if (coefficients.length === 0) return [];
  const all = (drawn: readonly number[]) => coefficients.map((coefficient) => coefficient(drawn));
  const intervals = bootstrapIntervals(times, all, { seed });
  return all(times).map((value, at) =>
    value === undefined ? undefined : { value, interval: intervals[at] },
  );
}
