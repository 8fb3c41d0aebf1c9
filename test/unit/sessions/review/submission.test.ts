import assert from 'node:assert/strict';
import { reviewSchema, type Draft, type Flag } from '../../../../src/core/review.ts';
import type { Rubric } from '../../../../src/core/rubric.ts';
import { asks, type Case, type Task } from '../../../../src/core/task.ts';
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
  it('lists everything that is missing, in words that say what to do', () => {
    const missing = obstacles(pair, rubric, emptyDraft(), [blocking]);
    assert.equal(missing.length, 4);
    assert.match(
      missing.join('\n'),
      /preference[\s\S]*Correctness for A[\s\S]*Correctness for B[\s\S]*R05: cite/,
    );
  });

  it('lets a blocking finding pass only with a written override', () => {
    const draft = emptyDraft({ preference: -2, scores });
    assert.deepEqual(obstacles(pair, rubric, draft, [blocking]), ['R05: cite a line or a case']);
    const overridden = { ...draft, overrides: [{ rule: 'R05', reason: 'both answers are prose' }] };
    assert.deepEqual(obstacles(pair, rubric, overridden, [blocking]), []);
  });

  it('asks for what the task asks for and no more', () => {
    assert.deepEqual(obstacles({ ...pair, ask: ['flag'] }, rubric, emptyDraft(), []), []);
    assert.deepEqual(obstacles({ ...pair, ask: ['rate'] }, rubric, emptyDraft({ shown: ['left'] }), []), [
      'Score Correctness for A',
    ]);
    assert.deepEqual(obstacles({ ...pair, ask: ['ideal'] }, rubric, emptyDraft(), [blocking]), []);
    assert.deepEqual(obstacles({ ...pair, ask: ['cases'] }, rubric, emptyDraft(), [blocking]), [
      'Add a case (key N)',
    ]);
  });

  /** Every choice of what a task may ask for. */
  const choices = Array.from({ length: 2 ** asks.length - 1 }, (_, bits) =>
    asks.filter((__, index) => ((bits + 1) >> index) % 2 === 1),
  );
  const ownCase: Case = { id: 'c1', kind: 'call', origin: 'evaluator', args: [], expected: 1 };
  for (const ask of choices) {
    it(`is held up by nothing and records nothing that is not asked for: ${ask.join(', ')}`, () => {
      const task = { ...pair, ask };
      const isScored = ask.includes('rank') || ask.includes('rate');
      const isJudged = isScored || ask.includes('flag');
      const wanted = [
        ...(ask.includes('rank') ? [/preference/] : []),
        ...(isScored ? [/Correctness for A/, /Correctness for B/] : []),
        ...(ask.includes('cases') ? [/Add a case/] : []),
        ...(isJudged ? [/R05/] : []),
      ];
      const missing = obstacles(task, rubric, emptyDraft(), [blocking]);
      assert.equal(missing.length, wanted.length, missing.join());
      wanted.forEach((words, at) => assert.match(missing[at]!, words));

      const done = emptyDraft({
        ...(ask.includes('rank') && { preference: 1 }),
        ...(isScored && { scores }),
        ...(ask.includes('cases') && { cases: [ownCase] }),
      });
      assert.deepEqual(obstacles(task, rubric, done, []), []);
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
    assert.deepEqual(obstacles(one, rubric, draft, []), ['Score Correctness for A']);
    assert.equal(build(one, { ...draft, scores }).preference, null);
  });

  it('stores the winner by answer id, whatever side it was shown on', () => {
    const draft = emptyDraft({ shown: ['right', 'left'], preference: -3, scores });
    const review = build(pair, draft);
    assert.deepEqual(review.preference, { kind: 'better', winner: 'right', strength: 3 });
    assert.equal(reviewSchema.safeParse({ ...review, prevHash: '' }).success, true);
  });
});
