import { bootstrapIntervals } from './bootstrap.ts';
import { fleissByTimes } from './fleiss.ts';
import { ac1ByTimes } from './gwet.ts';
import type { Interval } from './interval.ts';
import { alphaByTimes, type Metric } from './krippendorff.ts';
import { itemCount, patternsOf, ratersOf, sharedPatterns, timesOf, type ByTimes } from './patterns.ts';
import { rawAgreement } from './rawAgreement.ts';

/** Below so many shared items a coefficient says nothing, and is not told. */
export const fewestShared = 20;

export interface Coefficient {
  readonly value: number;
  readonly interval: Interval | undefined;
}

/** How far raters agree on items that two or more of them rated. A coefficient that does not exist is `undefined`. */
export interface Agreement {
  /** Items that two or more rated, and the ratings these have. */
  readonly items: number;
  readonly ratings: number;
  readonly raw: number | undefined;
  readonly alpha: Coefficient | undefined;
  readonly ac1: Coefficient | undefined;
  /** Where all shared items have the same number of raters. */
  readonly fleiss: Coefficient | undefined;
  /** There are too few shared items for coefficients. */
  readonly suppressed: boolean;
}

export interface AgreementOptions {
  readonly categories: number;
  readonly metric: Metric;
  /** What the categories stand for, ascending, where the metric asks for values. */
  readonly values?: readonly number[];
  /** Of the intervals, which resample items, 2,000 draws. */
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
