import { authorOf, type Authored } from '../review/author.ts';
import type { Review } from '../review/review.ts';

/** The part of a review that figures need, a small share of its size. */
export type Judged = Pick<
  Review,
  | 'id'
  | 'taskId'
  | 'evaluator'
  | 'shown'
  | 'preference'
  | 'scores'
  | 'overrides'
  | 'activeMs'
  | 'submittedAt'
  | 'revises'
>;

/** A final record that may replace an earlier one of its author. */
type Revisable = Pick<Review, 'id' | 'revises'> & Authored;

/** Records that no later record of the same author replaces. Nobody can replace another author's record. */
export function current<Record extends Revisable>(records: readonly Record[]): Record[] {
  const replaced = new Set<string>();
  for (const record of records)
    if (record.revises !== undefined) replaced.add(JSON.stringify([record.revises, authorOf(record)]));
  return records.filter((record) => !replaced.has(JSON.stringify([record.id, authorOf(record)])));
}

/** The verdicts on a pair, independent of the shown order: first and second are the answers in ascending order of ids. */
export const directions = ['first', 'second', 'tie', 'both-bad'] as const;
export type Direction = (typeof directions)[number];

/** `undefined` if the task asks for no ranking. */
export function directionOf({
  shown,
  preference,
}: Pick<Review, 'shown' | 'preference'>): Direction | undefined {
  if (preference === null) return undefined;
  if (preference.kind !== 'better') return preference.kind;
  const isFirst = shown.every((answerId) => preference.winner <= answerId);
  return isFirst ? 'first' : 'second';
}

/** −3 (the first answer by id is much better) … 3; `undefined` for both bad and if the task asks for no ranking. */
export function strengthOf(review: Pick<Review, 'shown' | 'preference'>): number | undefined {
  if (review.preference === null || review.preference.kind === 'both-bad') return undefined;
  if (review.preference.kind === 'tie') return 0;
  return directionOf(review) === 'first' ? -review.preference.strength : review.preference.strength;
}
