import assert from 'node:assert/strict';
import { reviewSchema } from '../../../../src/core/review.ts';
import type { Rubric } from '../../../../src/core/rubric.ts';
import { buildReview, obstacles } from '../../../../src/extension/session/submission.ts';
import { emptyDraft } from '../../../fixtures/drafts.ts';

const rubric: Rubric = {
  id: 'r',
  title: 'R',
  criteria: [
    {
      id: 'correctness',
      title: 'Correctness',
      description: '',
      weight: 1,
      scale: [
        { value: 1, meaning: 'wrong' },
        { value: 2, meaning: 'right' },
      ],
    },
  ],
};
const scores = { left: { correctness: 2 }, right: { correctness: 1 } };
const blocking = { rule: 'R05', severity: 'E', start: 0, end: 3, message: 'cite a line or a case' } as const;

describe('submitting', () => {
  it('lists everything that is missing, in words that say what to do', () => {
    const missing = obstacles({}, rubric, emptyDraft(), [blocking]);
    assert.equal(missing.length, 4);
    assert.match(
      missing.join('\n'),
      /preference[\s\S]*Correctness for A[\s\S]*Correctness for B[\s\S]*R05: cite/,
    );
  });

  it('lets a blocking finding pass only with a written override', () => {
    const draft = emptyDraft({ preference: -2, scores });
    assert.deepEqual(obstacles({}, rubric, draft, [blocking]), ['R05: cite a line or a case']);
    const overridden = { ...draft, overrides: [{ rule: 'R05', reason: 'both answers are prose' }] };
    assert.deepEqual(obstacles({}, rubric, overridden, [blocking]), []);
  });

  it('asks for what the task asks for and no more', () => {
    assert.deepEqual(obstacles({ ask: ['flag'] }, rubric, emptyDraft(), []), []);
    assert.deepEqual(obstacles({ ask: ['rate'] }, rubric, emptyDraft({ shown: ['left'] }), []), [
      'Score Correctness for A',
    ]);
    assert.deepEqual(obstacles({ ask: ['ideal'] }, rubric, emptyDraft(), [blocking]), []);
    assert.deepEqual(obstacles({ ask: ['cases'] }, rubric, emptyDraft(), [blocking]), ['Add a case (key N)']);
  });

  it('stores the winner by answer id, whatever side it was shown on', () => {
    const draft = emptyDraft({ shown: ['right', 'left'], preference: -3, scores });
    const review = buildReview({
      draft,
      rubric,
      runs: [],
      reports: [],
      toolVersion: '0',
      revises: undefined,
    });
    assert.deepEqual(review.preference, { kind: 'better', winner: 'right', strength: 3 });
    assert.equal(reviewSchema.safeParse({ ...review, prevHash: '' }).success, true);
  });
});
