import { agreementReport, type AgreementReport } from './agreementReport.ts';
import { calibrationOf, type Calibration, type CalibrationContext } from './calibration.ts';
import { current, type Judged } from './judged.ts';
import { lengthBias, type LengthBias } from './lengthBias.ts';
import { positionBias, type PositionBias } from './positionBias.ts';

/** What the dashboard shows. Everything is over reviews in force, but for calibration, which looks at first tries. */
export interface DashboardFigures {
  /** Reviews in force, and all that were submitted. */
  readonly reviews: number;
  readonly submitted: number;
  readonly throughput: readonly Throughput[];
  readonly evaluators: ReadonlyMap<string, EvaluatorFigures>;
  readonly agreement: AgreementReport;
  readonly position: PositionBias;
  readonly length: LengthBias;
  /** Rules that were overridden, the most often first; a review counts once a rule. */
  readonly overridden: readonly { readonly rule: string; readonly reviews: number }[];
}

/** How much was submitted on a day, in UTC. */
export interface Throughput {
  /** Such as "2026-11-21". */
  readonly day: string;
  /** Evaluator → reviews. */
  readonly reviews: ReadonlyMap<string, number>;
}

export interface EvaluatorFigures {
  readonly reviews: number;
  /** Time with a sign of life, in milliseconds: half of the reviews took no longer, and nine of ten. */
  readonly medianActiveMs: number;
  readonly ninthActiveMs: number;
  readonly calibration: Calibration;
}

export interface DashboardContext extends CalibrationContext {
  readonly languageOf: (taskId: string) => string | undefined;
  /** Characters of an answer, `undefined` where its task is gone. */
  readonly lengthOf: (taskId: string, answerId: string) => number | undefined;
}

/** All figures of the dashboard. Hidden duplicates count in calibration alone. */
export function dashboardFigures(submitted: readonly Judged[], context: DashboardContext): DashboardFigures {
  const reviews = current(submitted).filter(({ taskId }) => !context.duplicates.has(taskId));
  const byEvaluator = Map.groupBy(submitted, ({ evaluator }) => evaluator);
  return {
    reviews: reviews.length,
    submitted: submitted.length,
    throughput: throughputOf(submitted),
    evaluators: new Map(
      [...byEvaluator]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([evaluator, theirs]) => [evaluator, evaluatorFigures(theirs, context)]),
    ),
    agreement: agreementReport(reviews, context.languageOf),
    position: positionBias(reviews),
    length: lengthBias(reviews, context.lengthOf),
    overridden: overriddenRules(reviews),
  };
}

function evaluatorFigures(submitted: readonly Judged[], context: CalibrationContext): EvaluatorFigures {
  const times = submitted.map(({ activeMs }) => activeMs).toSorted((one, other) => one - other);
  return {
    reviews: submitted.length,
    medianActiveMs: nearestRank(times, 0.5),
    ninthActiveMs: nearestRank(times, 0.9),
    calibration: calibrationOf(submitted, context),
  };
}

/** The smallest value that the share of all does not exceed: one that occurred. */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

function throughputOf(submitted: readonly Judged[]): Throughput[] {
  const days = new Map<string, Map<string, number>>();
  for (const { submittedAt, evaluator } of submitted) {
    const day = submittedAt.slice(0, 10);
    const counts = days.get(day) ?? new Map<string, number>();
    counts.set(evaluator, (counts.get(evaluator) ?? 0) + 1);
    days.set(day, counts);
  }
  return [...days]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, reviews]) => ({ day, reviews }));
}

function overriddenRules(reviews: readonly Judged[]): { rule: string; reviews: number }[] {
  const counts = new Map<string, number>();
  for (const { overrides } of reviews) {
    for (const rule of new Set(overrides.map((override) => override.rule)))
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return [...counts]
    .map(([rule, count]) => ({ rule, reviews: count }))
    .toSorted((one, other) => other.reviews - one.reviews || (one.rule < other.rule ? -1 : 1));
}
