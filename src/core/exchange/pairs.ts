import type { Preference } from '../task/preference.ts';
import type { Review } from '../review/review.ts';
import type { Settlement } from '../inspection/settlement.ts';
import type { Answer, Task } from '../task/task.ts';
import type { ExchangeData, LeftOut } from './exporter.ts';
import {
  leftOutOf,
  mergeLeftOut,
  settledKey,
  settlementsOf,
  pairReviewsInEffect,
  type PairReview,
} from './inEffect.ts';

/** A review that says which of two answers is better. */
export interface Pair {
  readonly task: Task;
  readonly review: Review;
  readonly chosen: Answer;
  readonly rejected: Answer;
  readonly strength: 1 | 2 | 3;
}

/** The pairs that the reviews give, in the order of the reviews, and the reviews that give no pair. */
export function pairsOf(data: ExchangeData): { pairs: Pair[]; leftOut: LeftOut[] } {
  const { inEffect, leftOut } = pairReviewsInEffect(data);
  const settlements = settlementsOf(data);
  const disputed = disputedTasks(inEffect);
  const read = inEffect.map((review) => ({
    id: review.review.id,
    pair: pairOf(review, settlements.get(settledKey(review.review)), disputed),
  }));
  const without = read.flatMap(({ id, pair }) => (typeof pair === 'string' ? [{ id, reason: pair }] : []));
  const ofSkips = leftOut.filter(({ reason }) => reason === 'skipped');
  const ofReviews = leftOut.filter(({ reason }) => reason !== 'skipped');
  return {
    pairs: read.flatMap(({ pair }) => (typeof pair === 'string' ? [] : [pair])),
    leftOut: mergeLeftOut([...ofReviews, ...leftOutOf(without)], ofSkips),
  };
}

/** The pair that a review gives, or the reason why it gives no pair. A settlement overrules the review. */
function pairOf(
  { task, review, preference, answers }: PairReview,
  settlement: Settlement | undefined,
  disputed: ReadonlySet<string>,
): Pair | string {
  if (preference === null) return 'without a ranking';
  if (preference.kind === 'tie') return 'tie';
  if (preference.kind === 'both-bad') return 'both bad';
  if (settlement === undefined && disputed.has(task.id)) return 'unresolved (the evaluators disagree)';
  if (settlement?.source === 'unresolved') return 'unresolved (a reviewer found no verdict)';
  if (settlement !== undefined && !isSameWinner(settlement.verdict, preference))
    return 'overruled by the settlement';
  const [one, other] = answers;
  const [chosen, rejected] = one.id === preference.winner ? [one, other] : [other, one];
  return { task, review, chosen, rejected, strength: preference.strength };
}

function isSameWinner(verdict: Preference | null, preference: Preference): boolean {
  return verdict?.kind === 'better' && preference.kind === 'better' && verdict.winner === preference.winner;
}

/** Tasks on which two evaluators chose opposite winners. A tie and a winner are not opposite. */
function disputedTasks(inEffect: readonly PairReview[]): Set<string> {
  const winners = new Map<string, string>();
  const disputed = new Set<string>();
  for (const { task, preference } of inEffect) {
    if (preference?.kind !== 'better') continue;
    const other = winners.get(task.id);
    if (other !== undefined && other !== preference.winner) disputed.add(task.id);
    winners.set(task.id, preference.winner);
  }
  return disputed;
}
