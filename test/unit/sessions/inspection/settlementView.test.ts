import assert from 'node:assert/strict';
import type { Review } from '../../../../src/core/review/review.ts';
import {
  reviewNames,
  shownDifferences,
  shownReviews,
  pairReviewsInEffect,
} from '../../../../src/sessions/inspection/settlementView.ts';
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

  it('are the latest of each evaluator', () => {
    const revised = by(3, 'eva', { revises: one.id });
    assert.deepEqual(
      pairReviewsInEffect([one, other, revised]).map(({ id }) => id),
      [other.id, revised.id],
    );
  });

  it('name nobody unless allowed', () => {
    assert.deepEqual(reviewNames([one, other], false), ['Evaluator 1', 'Evaluator 2']);
    assert.deepEqual(reviewNames([one, other], true), ['eva', 'otto']);
  });

  it('are shown in the reviewer’s order, and say who saw the other order', () => {
    const shown = shownReviews([one, other], ['1', '2'], order);
    assert.deepEqual(
      shown.map(({ preference, isSwapped }) => [preference, isSwapped]),
      [
        [-2, false],
        [1, true],
      ],
    );
  });

  it('name the sides that the reviewer sees, also in the text, which stays unchanged in the record', () => {
    const rationale =
      '@A is better: @A:3 and @A/util.py:4 handle `@diff:2`, me@B.org, @B:1-2 does not. A is short.';
    const [shown] = shownReviews([by(2, 'otto', { shown: ['second', 'first'], rationale })], ['2'], order);
    assert.equal(
      shown!.rationale,
      '@B is better: @B:3 and @B/util.py:4 handle `@diff:2`, me@B.org, @A:1-2 does not. B is short.',
    );
    assert.deepEqual([shown!.isSwapped, shown!.isUnsure], [true, false]);
    const [plain] = shownReviews(
      [by(2, 'otto', { shown: ['second', 'first'], rationale: '@A wins. A loop does it.' })],
      ['2'],
      order,
    );
    assert.equal(plain!.isUnsure, true);
  });

  it('show their differences without names', () => {
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
