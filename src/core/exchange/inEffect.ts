import { duplicateOf } from '../task/duplicate.ts';
import { contentHash } from '../text/hash.ts';
import type { Inspection } from '../inspection/inspection.ts';
import type { Preference } from '../task/preference.ts';
import type { Review } from '../review/review.ts';
import type { Settlement } from '../inspection/settlement.ts';
import { current } from '../statistics/judged.ts';
import type { Answer, Task } from '../task/task.ts';
import type { ExchangeData, LeftOut } from './exporter.ts';

/** A review in effect of a pair of answers, with its final preference. */
export interface PairReview {
  readonly task: Task;
  readonly review: Review;
  /** As submitted, or as a reviewer corrected it; `null` if the task asks for no ranking. */
  readonly preference: Preference | null;
  /** The answers in the order of the task. */
  readonly answers: readonly [Answer, Answer];
}

/** A review that no revision replaced, that no reviewer rejected or sent back, and whose task is unchanged. */
export interface ReviewInEffect {
  readonly task: Task;
  readonly review: Review;
  readonly decision: Inspection['decision'] | undefined;
}

/** Lookups that decide whether a review is in effect, built once per export. */
interface EffectContext {
  readonly tasks: ReadonlyMap<string, Task>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly latest: ReadonlySet<string>;
  /** Review id → the reviewers’ decision. */
  readonly decisions: ReadonlyMap<string, Inspection['decision']>;
}

/** The reviews in effect, in their order, and the reason why each other review is not in effect. */
export function reviewsInEffect(data: ExchangeData): { inEffect: ReviewInEffect[]; without: Reason[] } {
  const context: EffectContext = {
    tasks: new Map(data.tasks.map((task) => [task.id, task])),
    hashes: new Map(data.tasks.map((task) => [task.id, contentHash(task)])),
    latest: new Set(current(data.reviews).map(({ id }) => id)),
    decisions: decisionsOf(data),
  };
  const inEffect: ReviewInEffect[] = [];
  const without: Reason[] = [];
  for (const review of data.reviews) {
    const found = inEffectOf(review, context);
    if (typeof found === 'string') without.push({ id: review.id, reason: found });
    else inEffect.push(found);
  }
  return { inEffect, without };
}

/** The reviews of pairs in effect, in their order, and the reasons why the others are left out. */
export function pairReviewsInEffect(data: ExchangeData): { inEffect: PairReview[]; leftOut: LeftOut[] } {
  const { inEffect, without } = reviewsInEffect(data);
  const pairs: PairReview[] = [];
  for (const review of inEffect) {
    const found = pairReviewOf(review);
    if (typeof found === 'string') without.push({ id: review.review.id, reason: found });
    else pairs.push(found);
  }
  without.push(...data.skips.map(({ taskId }) => ({ id: taskId, reason: 'skipped' })));
  return { inEffect: pairs, leftOut: leftOutOf(without) };
}

/** A record that was left out, with the reason. */
export interface Reason {
  readonly id: string;
  readonly reason: string;
}

/** Groups records by reason, in the order of first occurrence. */
export function leftOutOf(reasons: readonly Reason[]): LeftOut[] {
  return [...Map.groupBy(reasons, ({ reason }) => reason)].map(([reason, records]) => ({
    reason,
    count: records.length,
    ids: records.map(({ id }) => id),
  }));
}

/** Merges two lists of left-out records. */
export function mergeLeftOut(one: readonly LeftOut[], other: readonly LeftOut[]): LeftOut[] {
  const each = [...one, ...other].flatMap(({ reason, ids }) => ids.map((id) => ({ id, reason })));
  return leftOutOf(each);
}

function inEffectOf(
  review: Review,
  { tasks, hashes, latest, decisions }: EffectContext,
): ReviewInEffect | string {
  if (!latest.has(review.id)) return 'replaced by a revision';
  const decision = decisions.get(review.id);
  if (decision?.kind === 'reject') return 'rejected by a reviewer';
  if (decision?.kind === 'send-back') return 'sent back by a reviewer';
  const task = tasks.get(review.taskId);
  if (task === undefined) return 'without its task';
  if (duplicateOf(task) !== undefined) return 'of a hidden duplicate';
  if (hashes.get(task.id) !== review.taskHash) return 'on a task that was changed since';
  return { task, review, decision };
}

function pairReviewOf({ task, review, decision }: ReviewInEffect): PairReview | string {
  const [one, other] = task.answers;
  if (review.shown.length < 2 || one === undefined || other === undefined) return 'only one answer';
  const preference = decision?.kind === 'correct' ? decision.preference : review.preference;
  const isKnown = preference?.kind !== 'better' || [one.id, other.id].includes(preference.winner);
  return isKnown
    ? { task, review, preference, answers: [one, other] }
    : 'on an answer that the task does not have';
}

/** For each review the strictest decision among its reviewers' last inspections in effect. */
function decisionsOf({ ledger = [] }: ExchangeData): Map<string, Inspection['decision']> {
  const order = ['approve', 'correct', 'send-back', 'reject'];
  const inspections = current(ledger.flatMap((entry) => (entry.kind === 'inspection' ? [entry.record] : [])));
  // A reviewer who decided on two machines has two inspections that do not refer to each other: take the last.
  const last = new Map(inspections.map((each) => [JSON.stringify([each.reviewId, each.author]), each]));
  const decisions = new Map<string, Inspection['decision']>();
  for (const { reviewId, decision } of last.values()) {
    const known = decisions.get(reviewId);
    if (known === undefined || order.indexOf(decision.kind) > order.indexOf(known.kind))
      decisions.set(reviewId, decision);
  }
  return decisions;
}

/** The last settlement in effect of each task version; see `settledKey`. */
export function settlementsOf({ ledger = [] }: ExchangeData): Map<string, Settlement> {
  const settlements = current(ledger.flatMap((entry) => (entry.kind === 'settlement' ? [entry.record] : [])));
  return new Map(settlements.map((settlement) => [settledKey(settlement), settlement]));
}

/** Key of a task version in `settlementsOf`. */
export function settledKey({ taskId, taskHash }: { taskId: string; taskHash: string }): string {
  return `${taskHash} ${taskId}`;
}
