import assert from 'node:assert/strict';
import { calibrationFeedbackOf } from '../../../../src/sessions/calibration/calibrationFeedback.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { eva, sampleGold, sampleReview, sampleTask } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const forSecond = { kind: 'better', winner: 'second', strength: 1 } as const;

describe('calibration feedback on a gold task', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [sampleTask('t1')]);
  });
  afterEach(() => store.close());

  it('shows the reference beside the evaluator’s verdict, by the sides that they saw, after the submission', async () => {
    await store.record('gold', sampleGold(1, 't1', { shown: ['first', 'second'] }));
    assert.equal(await calibrationFeedbackOf(store, 't1', eva), null);
    await store.submit(sampleReview(2, 't1', { preference: forSecond, shown: ['second', 'first'] }));
    assert.deepEqual(await calibrationFeedbackOf(store, 't1', eva), {
      met: false,
      yours: -1,
      reference: 3,
      rationale: 'B returns chunks, A the list.',
      isSwapped: true,
      isUnsure: false,
    });
    assert.equal(await calibrationFeedbackOf(store, 't1', 'otto'), null);
  });

  it('ignores the strength', async () => {
    await store.record('gold', sampleGold(1, 't1'));
    await store.submit(sampleReview(2, 't1'));
    const calibrationFeedback = await calibrationFeedbackOf(store, 't1', eva);
    assert.deepEqual(
      [calibrationFeedback?.met, calibrationFeedback?.yours, calibrationFeedback?.reference],
      [true, -2, -3],
    );
  });

  for (const use of ['calibration', 'qualification'] as const) {
    it(`is null if the task is for ${use}`, async () => {
      await store.record('gold', sampleGold(1, 't1', { use }));
      await store.submit(sampleReview(2, 't1'));
      assert.equal(await calibrationFeedbackOf(store, 't1', eva), null);
    });
  }
});
