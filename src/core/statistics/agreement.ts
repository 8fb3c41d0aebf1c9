import { bootstrapIntervals } from './bootstrap.ts';
import { fleissKappa } from './fleiss.ts';
import { gwetAc1 } from './gwet.ts';
import type { Interval } from './interval.ts';
import { krippendorffAlpha, type Metric } from './krippendorff.ts';
import { itemCount, ratersOf, patternsOf, sharedPatterns, type Pattern } from './patterns.ts';
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
  const coefficients = (patterns: readonly Pattern[]): Coefficients => [
    krippendorffAlpha(patterns, metric, values),
    gwetAc1(patterns),
    fleissKappa(patterns),
  ];
  const [alpha, ac1, fleiss] = suppressed ? [] : withIntervals(shared, coefficients, seed);
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

type Coefficients = readonly (number | undefined)[];

function withIntervals(
  patterns: readonly Pattern[],
  coefficients: (patterns: readonly Pattern[]) => Coefficients,
  seed: string,
): (Coefficient | undefined)[] {
  const intervals = bootstrapIntervals(
    patterns.map(({ times }) => times),
    (drawn) => coefficients(drawnPatterns(patterns, drawn)),
    { seed },
  );
  return coefficients(patterns).map((value, at) =>
    value === undefined ? undefined : { value, interval: intervals[at] },
  );
}

function drawnPatterns(patterns: readonly Pattern[], drawn: readonly number[]): Pattern[] {
  const found: Pattern[] = [];
  for (let at = 0; at < patterns.length; at += 1) {
    if (drawn[at] !== 0) found.push({ counts: patterns[at]!.counts, times: drawn[at]! });
  }
  return found;
}
