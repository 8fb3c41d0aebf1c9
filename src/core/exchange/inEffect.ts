import { duplicateOf } from '../duplicate.ts';
import { contentHash } from '../hash.ts';
import type { Inspection } from '../inspection.ts';
import type { Preference } from '../preference.ts';
import type { Review } from '../review.ts';
import type { Settlement } from '../settlement.ts';
import { current } from '../statistics/judged.ts';
import type { Answer, Task } from '../task.ts';
import type { ExchangeData, LeftOut } from './exporter.ts';

/** A review that is in force, with the task as it was judged and the preference that counts. */
export interface StandingReview {
  readonly task: Task;
  readonly review: Review;
  /** As submitted, or as a reviewer has corrected it; `null` where no ranking was asked for. */
  readonly preference: Preference | null;
  /** The answers in the order of the task. */
  readonly answers: readonly [Answer, Answer];
}

/** A review that no revision, reviewer or change of its task has put out of force. */
export interface ReviewInForce {
  readonly task: Task;
  readonly review: Review;
  readonly decision: Inspection['decision'] | undefined;
}

/** What reviews are held against, made once for an export. */
interface Ground {
  readonly tasks: ReadonlyMap<string, Task>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly latest: ReadonlySet<string>;
  /** Review id → what became of it. */
  readonly decisions: ReadonlyMap<string, Inspection['decision']>;
}

/** The reviews that are in force, in their order, and why the others are not. */
export function reviewsInForce(data: ExchangeData): { inForce: ReviewInForce[]; without: Reason[] } {
  const ground: Ground = {
    tasks: new Map(data.tasks.map((task) => [task.id, task])),
    hashes: new Map(data.tasks.map((task) => [task.id, contentHash(task)])),
    latest: new Set(current(data.reviews).map(({ id }) => id)),
    decisions: decisionsOf(data),
  };
  const inForce: ReviewInForce[] = [];
  const without: Reason[] = [];
  for (const review of data.reviews) {
    const found = inForceOf(review, ground);
    if (typeof found === 'string') without.push({ id: review.id, reason: found });
    else inForce.push(found);
  }
  return { inForce, without };
}

/** The reviews of pairs that are in force, in their order, and why the others are not. */
export function standingReviews(data: ExchangeData): { standing: StandingReview[]; leftOut: LeftOut[] } {
  const { inForce, without } = reviewsInForce(data);
  const standing: StandingReview[] = [];
  for (const review of inForce) {
    const found = standingOf(review);
    if (typeof found === 'string') without.push({ id: review.review.id, reason: found });
    else standing.push(found);
  }
  without.push(...data.skips.map(({ taskId }) => ({ id: taskId, reason: 'skipped' })));
  return { standing, leftOut: leftOutOf(without) };
}

/** A record that was left out, and why. */
export interface Reason {
  readonly id: string;
  readonly reason: string;
}

/** Reasons by what they say, in the order in which they first occur. */
export function leftOutOf(reasons: readonly Reason[]): LeftOut[] {
  return [...Map.groupBy(reasons, ({ reason }) => reason)].map(([reason, records]) => ({
    reason,
    count: records.length,
    ids: records.map(({ id }) => id),
  }));
}

/** Two lists of what was left out as one. */
export function mergeLeftOut(one: readonly LeftOut[], other: readonly LeftOut[]): LeftOut[] {
  const each = [...one, ...other].flatMap(({ reason, ids }) => ids.map((id) => ({ id, reason })));
  return leftOutOf(each);
}

function inForceOf(review: Review, { tasks, hashes, latest, decisions }: Ground): ReviewInForce | string {
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

function standingOf({ task, review, decision }: ReviewInForce): StandingReview | string {
  const [one, other] = task.answers;
  if (review.shown.length < 2 || one === undefined || other === undefined) return 'only one answer';
  const preference = decision?.kind === 'correct' ? decision.preference : review.preference;
  const isKnown = preference?.kind !== 'better' || [one.id, other.id].includes(preference.winner);
  return isKnown
    ? { task, review, preference, answers: [one, other] }
    : 'on an answer that the task does not have';
}

/** The last inspection of each reviewer that is in force; of several reviewers, the strictest. */
function decisionsOf({ ledger = [] }: ExchangeData): Map<string, Inspection['decision']> {
  const order = ['approve', 'correct', 'send-back', 'reject'];
  const inspections = current(ledger.flatMap((entry) => (entry.kind === 'inspection' ? [entry.record] : [])));
  // On two machines, one reviewer may have decided twice without either record naming the other.
  const last = new Map(inspections.map((each) => [JSON.stringify([each.reviewId, each.author]), each]));
  const decisions = new Map<string, Inspection['decision']>();
  for (const { reviewId, decision } of last.values()) {
    const known = decisions.get(reviewId);
    if (known === undefined || order.indexOf(decision.kind) > order.indexOf(known.kind))
      decisions.set(reviewId, decision);
  }
  return decisions;
}

/** What was settled of a task as it was judged, the last in force; `undefined` where nothing was. */
export function settlementsOf({ ledger = [] }: ExchangeData): Map<string, Settlement> {
  const settlements = current(ledger.flatMap((entry) => (entry.kind === 'settlement' ? [entry.record] : [])));
  return new Map(settlements.map((settlement) => [settledKey(settlement), settlement]));
}

/** Under which a task's settlement is found. */
export function settledKey({ taskId, taskHash }: { taskId: string; taskHash: string }): string {
  return `${taskHash} ${taskId}`;
}
