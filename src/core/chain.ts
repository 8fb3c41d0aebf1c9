import { contentHash } from './hash.ts';
import type { Review } from './review.ts';

/** The first link of a review chain that does not hold. */
export interface ChainFault {
  readonly reviewId: string;
  /** 1-based place in its chain, as far as the chain could be followed. */
  readonly index: number;
  /** What does not hold, as a sentence without a final full stop. */
  readonly reason: string;
}

/** The hash that the evaluator's next review carries as `prevHash`: SHA-256 of the canonical JSON of all of it. */
export function reviewHash(review: Review): string {
  return contentHash(review);
}

/**
 * Walks every chain in `reviews`, in any order, and returns the first fault, or `undefined` when all links hold.
 *
 * Each evaluator has one chain a store, so records merged from two machines hold two chains of one evaluator.
 * A changed or missing review is seen by its successor. The last of a chain has none: `recorded` gives the hash
 * that was written down when a review was submitted (review id → hash), and reviews found there are held against it.
 */
export function verifyChain(
  reviews: readonly Review[],
  recorded: ReadonlyMap<string, string> = new Map(),
): ChainFault | undefined {
  const links = reviews.map((review) => ({ review, hash: reviewHash(review) }));
  const byHash = new Map(links.map((link) => [linkKey(link.review.evaluator, link.hash), link.review]));
  const places = placesOf(reviews, byHash);
  const followers = new Map<string, string>();
  for (const { review, hash } of links) {
    const reason =
      contentFault(hash, recorded.get(review.id)) ??
      linkFault(review, byHash) ??
      forkFault(review, followers);
    if (reason !== undefined) return { reviewId: review.id, index: places.get(review.id) ?? 1, reason };
  }
  return undefined;
}

function contentFault(hash: string, recorded: string | undefined): string | undefined {
  if (recorded === undefined || recorded === hash) return undefined;
  return 'its content was changed after it was submitted';
}

function linkFault(review: Review, byHash: ReadonlyMap<string, Review>): string | undefined {
  if (review.prevHash === '' || byHash.has(linkKey(review.evaluator, review.prevHash))) return undefined;
  return 'the review before it is missing or was changed';
}

/** Two reviews that name the same predecessor: one of them was slipped in. */
function forkFault(review: Review, followers: Map<string, string>): string | undefined {
  if (review.prevHash === '') return undefined;
  const key = linkKey(review.evaluator, review.prevHash);
  const other = followers.get(key);
  followers.set(key, review.id);
  return other === undefined ? undefined : `it follows the same review as "${other}" does`;
}

/** Review id → 1-based place, counted from the start of its chain or from the first link that can be followed. */
function placesOf(reviews: readonly Review[], byHash: ReadonlyMap<string, Review>): Map<string, number> {
  const places = new Map<string, number>();
  for (const review of reviews) {
    const path: Review[] = [];
    let current: Review | undefined = review;
    while (current !== undefined && !places.has(current.id)) {
      path.push(current);
      // Marked before it is counted, so that records with one id cannot send the walk in circles.
      places.set(current.id, 0);
      current = byHash.get(linkKey(current.evaluator, current.prevHash));
    }
    let place = current === undefined ? 0 : places.get(current.id)!;
    for (const member of path.toReversed()) places.set(member.id, (place += 1));
  }
  return places;
}

function linkKey(evaluator: string, hash: string): string {
  return `${hash} ${evaluator}`;
}
