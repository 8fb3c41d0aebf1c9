import assert from 'node:assert/strict';
import { obstacleText } from '../../../../src/core/review/obstacle.ts';
import { reviewSchema, type Draft, type Flag } from '../../../../src/core/review/review.ts';
import type { Rubric } from '../../../../src/core/task/rubric.ts';
import { asks, type Case, type Task } from '../../../../src/core/task/task.ts';
import { buildReview, obstacles } from '../../../../src/sessions/review/submission.ts';
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
function obstaclesOf(...of: Parameters<typeof obstacles>): string[] {
  return obstacles(...of).map(obstacleText);
}

const pair: Pick<Task, 'answers' | 'ask'> = {
  answers: [
    { id: 'left', text: '' },
    { id: 'right', text: '' },
  ],
};
const blocking = { rule: 'R05', severity: 'E', start: 0, end: 3, message: 'cite a line or a case' } as const;

const flag: Flag = { id: 'f', answerId: 'left', kind: 'wrong', file: 'main.py', startLine: 1, endLine: 1 };

function build(task: Pick<Task, 'answers' | 'ask'>, draft: Draft) {
  return buildReview({ task, draft, rubric, runs: [], reports: [], toolVersion: '0', revises: undefined });
}

describe('submitting', () => {
  it('lists what is missing in one line, and then each finding that blocks', () => {
    assert.deepEqual(obstaclesOf(pair, rubric, emptyDraft(), [blocking]), [
      'Missing: preference, 2 scores, rationale',
    ]);
    assert.deepEqual(obstaclesOf(pair, rubric, emptyDraft({ rationale: '@A is better.' }), [blocking]), [
      'Missing: preference, 2 scores',
      'R05: cite a line or a case',
    ]);
  });

  it('accepts a blocking finding only with a written override', () => {
    const draft = emptyDraft({ preference: -2, scores, rationale: '@A is better.' });
    assert.deepEqual(obstaclesOf(pair, rubric, draft, [blocking]), ['R05: cite a line or a case']);
    const overridden = { ...draft, overrides: [{ rule: 'R05', reason: 'both answers are prose' }] };
    assert.deepEqual(obstaclesOf(pair, rubric, overridden, [blocking]), []);
  });

  it('asks for what the task asks for and no more', () => {
    assert.deepEqual(obstaclesOf({ ...pair, ask: ['flag'] }, rubric, emptyDraft(), []), []);
    assert.deepEqual(obstaclesOf({ ...pair, ask: ['rate'] }, rubric, emptyDraft({ shown: ['left'] }), []), [
      'Missing: 1 score',
    ]);
    assert.deepEqual(obstaclesOf({ ...pair, ask: ['ideal'] }, rubric, emptyDraft(), [blocking]), []);
    assert.deepEqual(obstaclesOf({ ...pair, ask: ['cases'] }, rubric, emptyDraft(), [blocking]), [
      'Missing: a case',
    ]);
  });

  /** Every combination of what a task may ask for. */
  const choices = Array.from({ length: 2 ** asks.length - 1 }, (_, bits) =>
    asks.filter((__, index) => ((bits + 1) >> index) % 2 === 1),
  );
  const ownCase: Case = { id: 'c1', kind: 'call', origin: 'evaluator', args: [], expected: 1 };
  for (const ask of choices) {
    it(`requires and records only what the task asks for: ${ask.join(', ')}`, () => {
      const task = { ...pair, ask };
      const isScored = ask.includes('rank') || ask.includes('rate');
      const isJudged = isScored || ask.includes('flag');
      const wanted = [
        ...(ask.includes('rank') ? ['preference'] : []),
        ...(isScored ? ['2 scores'] : []),
        ...(isJudged ? ['rationale'] : []),
        ...(ask.includes('cases') ? ['a case'] : []),
      ].join(', ');
      assert.deepEqual(
        obstaclesOf(task, rubric, emptyDraft(), [blocking]),
        wanted === '' ? [] : [`Missing: ${wanted}`],
      );

      const done = emptyDraft({
        ...(ask.includes('rank') && { preference: 1 }),
        ...(isScored && { scores }),
        ...(ask.includes('cases') && { cases: [ownCase] }),
      });
      assert.deepEqual(obstaclesOf(task, rubric, done, []), []);
      const all = emptyDraft({ preference: 1, scores, flags: [flag], cases: [ownCase] });
      const review = build(task, all);
      assert.equal(reviewSchema.safeParse({ ...review, prevHash: '' }).success, true);
      assert.equal(review.preference === null, !ask.includes('rank'));
      assert.equal(Object.keys(review.scores).length > 0, isScored);
      assert.equal(review.flags.length > 0, isJudged);
      assert.deepEqual(review.cases, [ownCase]);
    });
  }

  it('scores a single answer in place of a ranking', () => {
    const one = { answers: [{ id: 'left', text: '' }] };
    const draft = emptyDraft({ shown: ['left'] });
    assert.deepEqual(obstaclesOf(one, rubric, draft, []), ['Missing: 1 score']);
    assert.equal(build(one, { ...draft, scores }).preference, null);
  });

  it('stores the winner by answer id, whatever side it was shown on', () => {
    const draft = emptyDraft({ shown: ['right', 'left'], preference: -3, scores });
    const review = build(pair, draft);
    assert.deepEqual(review.preference, { kind: 'better', winner: 'right', strength: 3 });
    assert.equal(reviewSchema.safeParse({ ...review, prevHash: '' }).success, true);
  });
});
