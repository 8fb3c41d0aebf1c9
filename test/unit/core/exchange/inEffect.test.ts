import assert from 'node:assert/strict';
import { trlPreference } from '../../../../src/core/exchange/trl.ts';
import { trlSft } from '../../../../src/core/exchange/trlSft.ts';
import { swappedDuplicate } from '../../../../src/core/task/duplicate.ts';
import { better, inspected, leftOut, reviewOf, settled, solved, taskOf, written } from './data.ts';

const task = taskOf('t');
const forLeft = reviewOf(1, task, better('left'));
const forRight = reviewOf(2, task, better('right'), { evaluator: 'bob' });
const data = { tasks: [task], reviews: [forLeft, forRight], skips: [] };

describe('decisions of reviewers, in every export of pairs', () => {
  it('leave out a review that was rejected or sent back; of several decisions the strictest counts', () => {
    const ledger = [
      inspected(11, 1, { kind: 'send-back', changes: ['Say where'] }),
      inspected(12, 2, { kind: 'reject', reason: 'copied' }),
      inspected(13, 2, { kind: 'approve' }, 'otto'),
    ];
    assert.deepEqual(leftOut(trlPreference, { ...data, ledger }), {
      'sent back by a reviewer': 1,
      'rejected by a reviewer': 1,
    });
  });

  it('use the last decision of a reviewer who decided on two separate machines', () => {
    const ledger = [
      inspected(11, 1, { kind: 'reject', reason: 'copied' }),
      inspected(12, 1, { kind: 'approve' }),
    ];
    assert.deepEqual(leftOut(trlPreference, { ...data, reviews: [forLeft], ledger }), {});
  });

  it('replace the submitted preference with a correction', () => {
    const correction = { kind: 'correct', preference: better('left', 1), rationale: 'B drops one.' };
    const lines = written(trlPreference, { ...data, ledger: [inspected(11, 2, correction)] });
    assert.deepEqual(
      lines.map((line) => (line as { chosen: string }).chosen),
      ['left of t', 'left of t'],
    );
  });

  it('use the settled verdict, and leave out overruled reviews', () => {
    const ledger = [settled(11, task, better('right'))];
    assert.deepEqual(leftOut(trlPreference, { ...data, ledger }), { 'overruled by the settlement': 1 });
    assert.equal(written(trlPreference, { ...data, ledger }).length, 1);
    const unresolved = [settled(11, task, null)];
    assert.deepEqual(leftOut(trlPreference, { ...data, ledger: unresolved }), {
      'unresolved (a reviewer found no verdict)': 2,
    });
    assert.deepEqual(leftOut(trlPreference, data), { 'unresolved (the evaluators disagree)': 2 });
  });

  it('leaves out hidden duplicates', () => {
    const duplicate = swappedDuplicate(task, 'ada', 's', () => false);
    const reviews = [forLeft, reviewOf(3, duplicate, better('left'))];
    assert.deepEqual(leftOut(trlPreference, { ...data, tasks: [task, duplicate], reviews }), {
      'of a hidden duplicate': 1,
    });
    const ledger = [solved(4, task), solved(5, duplicate)];
    const ideals = { tasks: [task, duplicate], reviews: [], skips: [], ledger };
    assert.equal(written(trlSft, ideals).length, 1);
    assert.deepEqual(leftOut(trlSft, ideals), { 'of a hidden duplicate': 1 });
  });
});
