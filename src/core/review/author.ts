import type { Review } from './review.ts';

/** A final record with its maker: a review names its evaluator, every other record its author. */
export type Authored = Pick<Review, 'evaluator'> | { readonly author: string };

export function authorOf(record: Authored): string {
  return 'evaluator' in record ? record.evaluator : record.author;
}
