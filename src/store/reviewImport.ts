import { verifyChain } from '../core/chain.ts';
import { tiebreakError } from '../core/errors.ts';
import type { Review } from '../core/review.ts';
import { readStretches } from './fileLines.ts';
import type { Store } from './store.ts';

interface FileReview {
  readonly review: Review;
  readonly hash: string;
  readonly line: number;
}

/**
 * The reviews that a file holds, after every chain was walked that they make with those of the store. Rejects with
 * `exchange-tampered`, which names the first record that does not hold, and with `file-unreadable`.
 */
export async function checkedReviews(store: Store, path: string): Promise<Review[]> {
  const found = await reviewsOfFile(path);
  if (found.size === 0) return [];
  const reviews = [...found.values()].map(({ review }) => review);
  const stored = (await store.reviews()).filter((review) => !found.has(review.id));
  const recorded = new Map([...found].map(([id, { hash }]) => [id, hash]));
  const fault = verifyChain([...reviews, ...stored], recorded);
  if (fault === undefined) return reviews;
  const line = found.get(fault.reviewId)?.line;
  throw tampered(line === undefined ? 'the database' : `${path}:${line}`, fault.reviewId, fault.reason);
}

/** By id. A record that stands twice is taken once. */
async function reviewsOfFile(path: string): Promise<Map<string, FileReview>> {
  const found = new Map<string, FileReview>();
  for await (const { items } of readStretches(path, '"review"')) {
    for (const item of items) {
      if (item.kind !== 'record' || item.record.kind !== 'review') continue;
      const { review, hash } = item.record;
      const known = found.get(review.id);
      if (known !== undefined && known.hash !== hash) {
        throw tampered(
          `${path}:${item.line}`,
          review.id,
          `it stands in line ${known.line} with other content`,
        );
      }
      found.set(review.id, known ?? { review, hash, line: item.line });
    }
  }
  return found;
}

function tampered(where: string, reviewId: string, reason: string): Error {
  return tiebreakError('exchange-tampered', {
    what: `the file is refused, for review ${reviewId} does not hold: ${reason}`,
    where,
    mend: 'Export the file again from where the reviews were made, and leave its lines as they are',
  });
}
