import { aroundDecision } from './steps.ts';
import type { Review } from './review.ts';

/** Number of reviews from which a habit is read. */
export const habitReviews = 3;

/**
 * Whether an evaluator usually runs the cases before judging: in each of the last three reviews, a run comes before the
 * decision. `latest`: the evaluator's latest reviews, at least three if there are as many.
 */
export function runsFirst(latest: readonly Pick<Review, 'trail'>[]): boolean {
  const recent = latest.slice(-habitReviews);
  return recent.length === habitReviews && recent.every(({ trail = [] }) => hasRun(trail));
}

function hasRun(trail: NonNullable<Review['trail']>): boolean {
  return aroundDecision(trail).before.some(({ kind }) => kind === 'run');
}
