import assert from 'node:assert/strict';
import { inspectionSchema } from '../../../../src/core/inspection/inspection.ts';
import {
  buildInspection,
  inspectionObstacles,
  newInspectionDraft,
  type InspectionDraft,
} from '../../../../src/core/inspection/inspectionDraft.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import type { Rubric } from '../../../../src/core/task/rubric.ts';
import { sampleId, sampleReview } from '../../store/samples.ts';

const review: Review = { ...sampleReview(1, 't1'), prevHash: '' };
const scale = [1, 2].map((value) => ({ value, meaning: '' }));
const rubric: Rubric = {
  id: 'rationale',
  title: 'Rationale',
  criteria: [{ id: 'true', title: 'True', description: '', weight: 1, scale }],
};
const fresh = newInspectionDraft(review, sampleId(9), undefined);
const scored: InspectionDraft = { ...fresh, scores: { true: 2 } };
const built = (draft: InspectionDraft) => {
  const facts = { reviewHash: 'h', rubricHash: 'r', author: 'ines', toolVersion: '0' };
  return inspectionSchema.parse({ ...buildInspection(draft, { review, ...facts }), prevHash: '' });
};

describe('the draft of an inspection', () => {
  it('is not submitted without scores, a decision, and a text in each comment', () => {
    const comments = [{ id: 'c', start: 0, end: 1, quote: 'A', text: ' ' }];
    assert.deepEqual(inspectionObstacles({ ...fresh, comments }, rubric, review), [
      'Score True',
      'Fill in each comment, or remove it',
      'Choose a decision on the review (keys 1 to 4)',
    ]);
  });

  for (const [decision, change, obstacle] of [
    ['send-back', { changes: '- Say which.\n\n* Say why.' }, /what must change/],
    ['reject', { reason: ' copied ' }, /why you reject the review/],
    [
      'correct',
      { correction: { preference: 0 as const, rationale: 'Both fail.' } },
      /Correct the preference/,
    ],
  ] as const) {
    it(`needs a text to ${decision}`, () => {
      const [told] = inspectionObstacles({ ...scored, decision }, rubric, review);
      assert.match(told!, obstacle);
      assert.deepEqual(inspectionObstacles({ ...scored, decision, ...change }, rubric, review), []);
    });
  }

  it('becomes a record that fits the schema', () => {
    const sentBack = { ...scored, decision: 'send-back' as const, changes: '- Say which.\n\n* Say why.' };
    assert.deepEqual(built(sentBack).decision, { kind: 'send-back', changes: ['Say which.', 'Say why.'] });
    const tie = { ...scored.correction, preference: 0 as const };
    assert.deepEqual(built({ ...scored, decision: 'correct', correction: tie }).decision, {
      kind: 'correct',
      preference: { kind: 'tie' },
      rationale: review.rationale,
    });
  });

  it('starts from the reviewer’s earlier inspection, as a record that replaces it', () => {
    const earlier = built({ ...scored, decision: 'reject', reason: 'copied' });
    const again = newInspectionDraft(review, sampleId(10), earlier);
    assert.deepEqual(
      [again.decision, again.reason, again.scores, again.revises],
      ['reject', 'copied', { true: 2 }, sampleId(9)],
    );
    assert.equal(built(again).revises, sampleId(9));
  });
});
