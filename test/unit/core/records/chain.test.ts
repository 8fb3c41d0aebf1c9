import assert from 'node:assert/strict';
import { chainLink, recordHash, verifyLinks, type ChainFault } from '../../../../src/core/records/chain.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import { sampleReview } from '../samples.ts';

/** A chain of `length` reviews of one evaluator, oldest first. */
function chainOf(evaluator: string, length: number): Review[] {
  const chain: Review[] = [];
  for (let index = 0; index < length; index += 1) {
    const last = chain.at(-1);
    const prevHash = last === undefined ? '' : recordHash(last);
    chain.push(
      sampleReview({ id: `${evaluator}-${index + 1}`, evaluator, taskId: `task-${index}`, prevHash }),
    );
  }
  return chain;
}

function verifyReviews(
  reviews: readonly Review[],
  recorded?: ReadonlyMap<string, string>,
): ChainFault | undefined {
  return verifyLinks(reviews.map(chainLink), 'review', recorded);
}

describe('recordHash', () => {
  it('does not depend on the order of the keys', () => {
    const review = sampleReview();
    const turned = Object.fromEntries(Object.entries(review).toReversed()) as unknown as Review;
    assert.equal(recordHash(turned), recordHash(review));
  });

  it('changes with every field', () => {
    const review = sampleReview();
    for (const field of Object.keys(review) as (keyof Review)[]) {
      assert.notEqual(recordHash({ ...review, [field]: 'other' }), recordHash(review), field);
    }
  });
});

describe('verifyLinks', () => {
  it('accepts nothing, one review, and the chains of several evaluators in any order', () => {
    assert.equal(verifyReviews([]), undefined);
    assert.equal(verifyReviews(chainOf('ada', 1)), undefined);
    assert.equal(verifyReviews([...chainOf('ada', 4), ...chainOf('bob', 3)].toReversed()), undefined);
  });

  it('accepts two chains of one evaluator, as from two machines', () => {
    const first = sampleReview({ id: 'ada-laptop-1', evaluator: 'ada' });
    assert.equal(verifyReviews([...chainOf('ada', 3), first]), undefined);
  });

  it('finds a changed review by its successor, with its position', () => {
    const chain = chainOf('ada', 4);
    chain[1] = { ...chain[1]!, rationale: 'Something else.' };
    assert.deepEqual(verifyReviews(chain), {
      kind: 'review',
      recordId: 'ada-3',
      index: 1,
      reason: 'the review before it is missing or was changed',
    });
  });

  it('finds a missing review', () => {
    const chain = chainOf('ada', 3).toSpliced(0, 1);
    assert.equal(verifyReviews(chain)?.recordId, 'ada-2');
  });

  it('finds a change of the last review by the hash recorded at submission', () => {
    const chain = chainOf('ada', 2);
    const recorded = new Map(chain.map((review) => [review.id, recordHash(review)]));
    chain[1] = { ...chain[1]!, activeMs: 1 };
    assert.equal(verifyReviews(chain), undefined);
    assert.deepEqual(verifyReviews(chain, recorded), {
      kind: 'review',
      recordId: 'ada-2',
      index: 2,
      reason: 'its content was changed after it was submitted',
    });
  });

  it('finds two reviews that claim the same predecessor', () => {
    const chain = chainOf('ada', 2);
    const slipped = { ...chain[1]!, id: 'ada-x' };
    assert.equal(verifyReviews([...chain, slipped])?.reason, 'it follows the same review as "ada-2"');
  });

  it('does not accept the predecessor of another evaluator', () => {
    const [first] = chainOf('ada', 1);
    const stranger = sampleReview({ id: 'bob-1', evaluator: 'bob', prevHash: recordHash(first!) });
    assert.equal(verifyReviews([first!, stranger])?.recordId, 'bob-1');
  });
});
