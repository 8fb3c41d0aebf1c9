import { bootstrapInterval } from './bootstrap.ts';
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
  const coefficient = (name: string, statistic: (patterns: readonly Pattern[]) => number | undefined) =>
    suppressed ? undefined : withInterval(shared, statistic, `${seed} ${name}`);
  return {
    items: itemCount(shared),
    ratings: shared.reduce((sum, { counts, times }) => sum + times * ratersOf(counts), 0),
    raw: rawAgreement(shared),
    alpha: coefficient('alpha', (patterns) => krippendorffAlpha(patterns, metric, values)),
    ac1: coefficient('ac1', gwetAc1),
    fleiss: coefficient('fleiss', fleissKappa),
    suppressed,
  };
}

function withInterval(
  patterns: readonly Pattern[],
  statistic: (patterns: readonly Pattern[]) => number | undefined,
  seed: string,
): Coefficient | undefined {
  const value = statistic(patterns);
  if (value === undefined) return undefined;
  const interval = bootstrapInterval(
    patterns.map(({ times }) => times),
    (drawn) =>
      statistic(
        patterns.flatMap(({ counts }, at) => (drawn[at] === 0 ? [] : [{ counts, times: drawn[at]! }])),
      ),
    { seed },
  );
  return { value, interval };
}
