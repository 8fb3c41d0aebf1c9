import assert from 'node:assert/strict';
import type { Review } from '../../../../src/core/review.ts';
import {
  reviewNames,
  shownDifferences,
  shownReviews,
  standingReviews,
} from '../../../../src/extension/inspection/settlementView.ts';
import { sampleReview } from '../../store/samples.ts';

const by = (n: number, evaluator: string, changes: Partial<Review> = {}): Review => ({
  ...sampleReview(n, 't1', { evaluator, ...changes }),
  prevHash: '',
});
const order = ['first', 'second'];

describe('reviews side by side', () => {
  const one = by(1, 'eva');
  const other = by(2, 'otto', {
    shown: ['second', 'first'],
    preference: { kind: 'better', winner: 'second', strength: 1 },
    scores: { first: { correctness: 2 } },
  });

  it('are the last of each evaluator', () => {
    const revised = by(3, 'eva', { revises: one.id });
    assert.deepEqual(
      standingReviews([one, other, revised]).map(({ id }) => id),
      [other.id, revised.id],
    );
  });

  it('name nobody unless that is allowed', () => {
    assert.deepEqual(reviewNames([one, other], false), ['Evaluator 1', 'Evaluator 2']);
    assert.deepEqual(reviewNames([one, other], true), ['eva', 'otto']);
  });

  it('are told in the reviewer’s own order, and say who saw another', () => {
    const shown = shownReviews([one, other], ['1', '2'], order);
    assert.deepEqual(
      shown.map(({ preference, isSwapped }) => [preference, isSwapped]),
      [
        [-2, false],
        [1, true],
      ],
    );
  });

  it('say where they differ without a name', () => {
    const { differences, restsOn } = shownDifferences([one, other], ['Evaluator 1', 'Evaluator 2'], order);
    assert.deepEqual(
      differences.map(({ kind, text }) => `${kind}: ${text}`),
      [
        'verdict: Evaluator 1: A is better than B; Evaluator 2: B is slightly better than A',
        'score: correctness of A. Evaluator 1: 4, Evaluator 2: 2',
        'score: correctness of B. Evaluator 1: 1, Evaluator 2: none',
      ],
    );
    assert.equal(restsOn, 'taste');
  });
});
