import { agreementReport, type AgreementReport } from './agreementReport.ts';
import { calibrationOf, type Calibration, type CalibrationContext } from './calibration.ts';
import { current, type Judged } from './judged.ts';
import { lengthBias, type LengthBias } from './lengthBias.ts';
import { positionBias, type PositionBias } from './positionBias.ts';

/** What the dashboard shows. Everything is over reviews in force, but for calibration, which looks at first tries. */
export type DashboardFigures = QuickFigures & SlowFigures;

/** Figures that are counted. */
export interface QuickFigures {
  /** Reviews in force, and all that were submitted. */
  readonly reviews: number;
  readonly submitted: number;
  readonly throughput: readonly Throughput[];
  readonly evaluators: ReadonlyMap<string, EvaluatorFigures>;
  readonly position: PositionBias;
  /** Rules that were overridden, the most often first; a review counts once a rule. */
  readonly overridden: readonly { readonly rule: string; readonly reviews: number }[];
}

/** Figures whose intervals take a moment where there are many reviews. */
export interface SlowFigures {
  readonly agreement: AgreementReport;
  readonly length: LengthBias;
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

/** Which reviews figures are of; what is left out admits everything. */
export interface DashboardFilter {
  /** The first and the last day, in UTC, such as "2026-11-21". */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly language?: string | undefined;
  readonly evaluator?: string | undefined;
}

export interface DashboardSelection {
  readonly chosen: readonly Judged[];
  /** Those and, where one evaluator was chosen, what others said of the same tasks: nobody agrees alone. */
  readonly shared: readonly Judged[];
}

/** The reviews that a filter admits, as they stood at the end of its period. */
export function selectReviews(
  submitted: readonly Judged[],
  { from = '', to = '9999', language, evaluator }: DashboardFilter,
  languageOf: DashboardContext['languageOf'],
): DashboardSelection {
  const admitted = submitted.filter(({ submittedAt, taskId }) => {
    const day = dayOf(submittedAt);
    return from <= day && day <= to && (language === undefined || languageOf(taskId) === language);
  });
  if (evaluator === undefined) return { chosen: admitted, shared: admitted };
  const chosen = admitted.filter((review) => review.evaluator === evaluator);
  const tasks = new Set(chosen.map(({ taskId }) => taskId));
  return { chosen, shared: admitted.filter(({ taskId }) => tasks.has(taskId)) };
}

/** All figures of the dashboard. Hidden duplicates count in calibration alone. */
export function dashboardFigures(submitted: readonly Judged[], context: DashboardContext): DashboardFigures {
  const selection = { chosen: submitted, shared: submitted };
  return { ...quickFigures(selection, context), ...slowFigures(selection, context) };
}

export function quickFigures({ chosen }: DashboardSelection, context: DashboardContext): QuickFigures {
  const reviews = standing(chosen, context);
  const byEvaluator = Map.groupBy(chosen, ({ evaluator }) => evaluator);
  return {
    reviews: reviews.length,
    submitted: chosen.length,
    throughput: throughputOf(chosen),
    evaluators: new Map(
      [...byEvaluator]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([evaluator, theirs]) => [evaluator, evaluatorFigures(theirs, context)]),
    ),
    position: positionBias(reviews),
    overridden: overriddenRules(reviews),
  };
}

export function slowFigures({ chosen, shared }: DashboardSelection, context: DashboardContext): SlowFigures {
  return {
    agreement: agreementReport(standing(shared, context), context.languageOf),
    length: lengthBias(standing(chosen, context), context.lengthOf),
  };
}

function standing(submitted: readonly Judged[], { duplicates }: DashboardContext): Judged[] {
  return current(submitted).filter(({ taskId }) => !duplicates.has(taskId));
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
    const day = dayOf(submittedAt);
    const counts = days.get(day) ?? new Map<string, number>();
    counts.set(evaluator, (counts.get(evaluator) ?? 0) + 1);
    days.set(day, counts);
  }
  return [...days]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, reviews]) => ({ day, reviews }));
}

function dayOf(submittedAt: string): string {
  return submittedAt.slice(0, 10);
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
