import { rules } from '../../core/rationale/lint.ts';
import type { PreferenceAgreement } from '../../core/statistics/agreementReport.ts';
import { drift } from '../../core/statistics/calibration.ts';
import { firstAlarm } from '../../core/statistics/cusum.ts';
import type { EvaluatorFigures, QuickFigures, SlowFigures } from '../../core/statistics/dashboard.ts';
import type { ShownEvaluator, ShownGroup, ShownQuick, ShownSlow } from '../../protocol/dashboard.ts';

export type ShownNames = ReadonlyMap<string, string>;

/** The counts in the form in which the page receives them: lists instead of maps, and evaluators by their shown names. */
export function shownQuick(
  { reviews, submitted, throughput, evaluators, position, overridden }: QuickFigures,
  { choices, stored, names }: Pick<ShownQuick, 'choices' | 'stored'> & { readonly names: ShownNames },
): ShownQuick {
  return {
    choices,
    stored,
    submitted,
    reviews,
    throughput: throughput.map(({ day, reviews: counts }) => ({
      day,
      reviews: Object.fromEntries([...counts].map(([evaluator, count]) => [names.get(evaluator)!, count])),
    })),
    evaluators: [...evaluators]
      .map(([evaluator, figures]) => shownEvaluator(names.get(evaluator)!, figures))
      .toSorted((one, other) => (one.evaluator < other.evaluator ? -1 : 1)),
    position,
    overridden: overridden.map(({ rule, reviews: count }) => ({
      rule,
      name: rules.find(({ id }) => id === rule)?.name ?? '',
      reviews: count,
    })),
  };
}

/** The figures with intervals, in the same form. */
export function shownSlow({ agreement, length }: SlowFigures, names: ShownNames): ShownSlow {
  const group = (kind: ShownGroup['kind'], name: string, figures: PreferenceAgreement): ShownGroup => ({
    kind,
    name,
    ...figures,
  });
  const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
  return {
    groups: [
      group('all', 'All reviews', agreement.overall),
      ...[...agreement.byEvaluator]
        .map(([evaluator, figures]) => group('evaluator', names.get(evaluator)!, figures))
        .toSorted(byName),
      ...[...agreement.byLanguage]
        .map(([language, figures]) => group('language', language, figures))
        .toSorted(byName),
    ],
    criteria: [...agreement.byCriterion].map(([criterion, figures]) => ({
      criterion,
      agreement: figures,
    })),
    pairs: agreement.pairs.map(({ evaluators: [one, other], items, raw, kappa }) => ({
      one: names.get(one)!,
      other: names.get(other)!,
      items,
      raw,
      kappa: kappa && { value: kappa.kappa, interval: kappa.interval },
    })),
    longer: length.longer,
    lengthBeta: length.beta,
  };
}

function shownEvaluator(
  evaluator: string,
  { reviews, medianActiveMs, ninthActiveMs, calibration }: EvaluatorFigures,
): ShownEvaluator {
  const { gold, drift: missed, flips, position, qualification } = calibration;
  return {
    evaluator,
    reviews,
    medianActiveMs,
    ninthActiveMs,
    gold,
    qualification,
    drift: {
      chart: [...missed.chart],
      alarm: firstAlarm(missed.chart, drift.threshold),
      threshold: drift.threshold,
    },
    flipped: flips.flipped,
    kept: flips.kept,
    position,
  };
}
