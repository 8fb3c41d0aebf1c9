import { isGoldMet, type GoldReference } from '../calibration/gold.ts';
import { bernoulliCusum, firstAlarm } from './cusum.ts';
import { flipRate, type FlipRate } from './flipRate.ts';
import { current, type Judged } from './judged.ts';
import { positionBias, type PositionBias } from './positionBias.ts';
import { wilson, type Proportion } from './wilson.ts';

/** Usual and worrying share of missed gold tasks, and the height at which the chart raises an alarm. */
export const drift = { usual: 0.1, worse: 0.25, threshold: 4 } as const;

/** The calibration of an evaluator, from the first review of each task: a revision may follow comments. */
export interface Calibration {
  /** Gold tasks whose verdict was met, with the Wilson interval. */
  readonly gold: Proportion;
  /** Ids of the reviews that missed a gold verdict, oldest first. */
  readonly missed: readonly string[];
  /** The CUSUM of missed gold tasks, and the review at which it first reached 4. */
  readonly drift: { readonly chart: readonly number[]; readonly alarm: string | undefined };
  readonly flips: FlipRate;
  readonly position: PositionBias;
  readonly qualification: Qualification;
}

/** An evaluator's progress in the qualification set. `none`: there is no qualification set. */
export interface Qualification {
  readonly state: 'none' | 'open' | 'passed' | 'failed';
  readonly right: number;
  readonly done: number;
  readonly of: number;
}

export interface CalibrationContext {
  /** Task id → reference. */
  readonly gold: ReadonlyMap<string, GoldReference>;
  /** Id of a swapped duplicate → id of its task. */
  readonly duplicates: ReadonlyMap<string, string>;
  /** Required share of correct verdicts in the qualification set. */
  readonly passMark: number;
}

/** The calibration of one evaluator, from all their reviews. */
export function calibrationOf(reviews: readonly Judged[], context: CalibrationContext): Calibration {
  const first = reviews.filter(({ revises }) => revises === undefined).toSorted(bySubmission);
  const tried = first.flatMap((review) => {
    const reference = context.gold.get(review.taskId);
    return reference === undefined
      ? []
      : [{ review, use: reference.use, isMet: isGoldMet(review.preference, reference.preference) }];
  });
  const misses = tried.map(({ isMet }) => !isMet);
  const chart = bernoulliCusum(misses, drift);
  const alarm = firstAlarm(chart, drift.threshold);
  return {
    gold: wilson(tried.filter(({ isMet }) => isMet).length, tried.length),
    missed: tried.filter(({ isMet }) => !isMet).map(({ review }) => review.id),
    drift: { chart, alarm: alarm === undefined ? undefined : tried[alarm]!.review.id },
    flips: flipRate(repeatsOf(first, context.duplicates)),
    position: positionBias(current(reviews)),
    qualification: qualificationOf(
      tried.filter(({ use }) => use === 'qualification'),
      context,
    ),
  };
}

function bySubmission(one: Judged, other: Judged): number {
  return one.submittedAt < other.submittedAt ? -1 : one.submittedAt > other.submittedAt ? 1 : 0;
}

function repeatsOf(reviews: readonly Judged[], duplicates: ReadonlyMap<string, string>) {
  const byTask = new Map(reviews.toReversed().map((review) => [review.taskId, review]));
  return reviews.flatMap(({ taskId, preference: after }) => {
    const before = byTask.get(duplicates.get(taskId) ?? '')?.preference ?? null;
    return before === null || after === null ? [] : [{ before, after }];
  });
}

/** Passed or failed as soon as the rest of the set cannot change the result. */
function qualificationOf(
  tried: readonly { readonly review: Judged; readonly isMet: boolean }[],
  { gold, passMark }: CalibrationContext,
): Qualification {
  const of = [...gold.values()].filter(({ use }) => use === 'qualification').length;
  // The first try counts.
  const byTask = new Map(tried.toReversed().map(({ review, isMet }) => [review.taskId, isMet]));
  const right = [...byTask.values()].filter(Boolean).length;
  const done = byTask.size;
  const needed = Math.ceil(passMark * of - 1e-9);
  const state =
    of === 0 ? 'none' : right >= needed ? 'passed' : right + of - done < needed ? 'failed' : 'open';
  return { state, right, done, of };
}
