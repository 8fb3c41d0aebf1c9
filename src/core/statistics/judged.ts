import type { Review } from '../review.ts';

/** What figures need to know of a review: nearly all of its size is elsewhere. */
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

/** A final record and who made it. */
type Authored = Pick<Review, 'id' | 'revises'> &
  ({ readonly evaluator: string } | { readonly author: string });

/** Records without those that a later one of the same author replaces: nobody takes another's word back. */
export function current<Record extends Authored>(records: readonly Record[]): Record[] {
  const replaced = new Set<string>();
  for (const record of records)
    if (record.revises !== undefined) replaced.add(JSON.stringify([record.revises, authorOf(record)]));
  return records.filter((record) => !replaced.has(JSON.stringify([record.id, authorOf(record)])));
}

function authorOf(record: Authored): string {
  return 'evaluator' in record ? record.evaluator : record.author;
}

/** What a review says of the pair, whatever order it was shown in: answer ids in ascending order are the pair. */
export const directions = ['first', 'second', 'tie', 'both-bad'] as const;
export type Direction = (typeof directions)[number];

/** `undefined` where no ranking was asked for. */
export function directionOf({
  shown,
  preference,
}: Pick<Review, 'shown' | 'preference'>): Direction | undefined {
  if (preference === null) return undefined;
  if (preference.kind !== 'better') return preference.kind;
  const isFirst = shown.every((answerId) => preference.winner <= answerId);
  return isFirst ? 'first' : 'second';
}

/** −3 (the first answer by id is much better) … 3; `undefined` for both bad and where no ranking was asked for. */
export function strengthOf(review: Pick<Review, 'shown' | 'preference'>): number | undefined {
  if (review.preference === null || review.preference.kind === 'both-bad') return undefined;
  if (review.preference.kind === 'tie') return 0;
  return directionOf(review) === 'first' ? -review.preference.strength : review.preference.strength;
}
