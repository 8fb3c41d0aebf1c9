import { agreementReport, type AgreementReport } from './agreementReport.ts';
import { calibrationOf, type Calibration, type CalibrationContext } from './calibration.ts';
import { current, type Judged } from './judged.ts';
import { lengthBias, type LengthBias } from './lengthBias.ts';
import { positionBias, type PositionBias } from './positionBias.ts';

/** Figures by counting, over reviews in effect; calibration figures use first reviews. */
export interface QuickFigures {
  /** Number of reviews in effect, and number of submitted reviews. */
  readonly reviews: number;
  readonly submitted: number;
  readonly throughput: readonly Throughput[];
  readonly evaluators: ReadonlyMap<string, EvaluatorFigures>;
  readonly position: PositionBias;
  /** Overridden rules, most frequent first; a review counts once per rule. */
  readonly overridden: readonly { readonly rule: string; readonly reviews: number }[];
}

/** Figures with intervals, which take time to compute for many reviews. */
export interface SlowFigures {
  readonly agreement: AgreementReport;
  readonly length: LengthBias;
}

/** Number of reviews submitted on a day in UTC. */
export interface Throughput {
  /** Such as "2026-11-21". */
  readonly day: string;
  /** Evaluator → reviews. */
  readonly reviews: ReadonlyMap<string, number>;
}

export interface EvaluatorFigures {
  readonly reviews: number;
  /** Active time in milliseconds: the median and the 90th percentile of the reviews. */
  readonly medianActiveMs: number;
  readonly ninthActiveMs: number;
  readonly calibration: Calibration;
}

export interface DashboardContext extends CalibrationContext {
  /** The evaluator who must not see how calibration tasks and hidden duplicates measure them. */
  readonly blindTo?: string | undefined;
  readonly languageOf: (taskId: string) => string | undefined;
  /** Characters of an answer, `undefined` if its task was removed. */
  readonly lengthOf: (taskId: string, answerId: string) => number | undefined;
}

/** Selects the reviews for the figures; an omitted field matches everything. */
export interface DashboardFilter {
  /** The first and the last day, in UTC, such as "2026-11-21". */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly language?: string | undefined;
  readonly evaluator?: string | undefined;
}

export interface DashboardSelection {
  readonly chosen: readonly Judged[];
  /** `chosen` and, if one evaluator is selected, the others' reviews of the same tasks, which agreement needs. */
  readonly shared: readonly Judged[];
}

/** The reviews that match a filter, in the state at the end of its period. */
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

/** Hidden duplicates count only in calibration. */
export function quickFigures({ chosen }: DashboardSelection, context: DashboardContext): QuickFigures {
  const reviews = inEffect(chosen, context);
  const byEvaluator = Map.groupBy(chosen, ({ evaluator }) => evaluator);
  return {
    reviews: reviews.length,
    submitted: chosen.length,
    throughput: throughputOf(chosen),
    evaluators: new Map(
      [...byEvaluator]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([evaluator, theirs]) => [evaluator, evaluatorFigures(theirs, contextFor(evaluator, context))]),
    ),
    position: positionBias(reviews),
    overridden: overriddenRules(reviews),
  };
}

export function slowFigures({ chosen, shared }: DashboardSelection, context: DashboardContext): SlowFigures {
  return {
    agreement: agreementReport(inEffect(shared, context), context.languageOf),
    length: lengthBias(inEffect(chosen, context), context.lengthOf),
  };
}

/** Submitted reviews that no later review replaces, without reviews of hidden duplicates. */
export function inEffect(
  submitted: readonly Judged[],
  { duplicates }: Pick<DashboardContext, 'duplicates'>,
): Judged[] {
  return current(submitted).filter(({ taskId }) => !duplicates.has(taskId));
}

/** What an evaluator's own figures may be computed from: counts of hidden tasks would show that there were any. */
function contextFor(evaluator: string, context: DashboardContext): CalibrationContext {
  if (evaluator !== context.blindTo) return context;
  const learned = [...context.gold].filter(([, { use }]) => use !== 'calibration');
  return { ...context, gold: new Map(learned), duplicates: new Map() };
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

/** The nearest-rank percentile: always an observed value. */
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
