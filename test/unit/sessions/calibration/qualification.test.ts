import assert from 'node:assert/strict';
import {
  qualificationProgress,
  qualificationResult,
  nextQualificationTask,
} from '../../../../src/sessions/calibration/qualification.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { eva, sampleGold, sampleReview, sampleTask } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const wrong = { kind: 'tie' } as const;

describe('the qualification set', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(
      store,
      ['t1', 't2', 't3', 't4'].map((id) => sampleTask(id)),
    );
    for (const [n, id] of ['t1', 't2', 't4'].entries())
      await store.record('gold', sampleGold(n + 1, id, { use: 'qualification' }));
  });
  afterEach(() => store.close());

  const qualification = async () => (await qualificationProgress(store, eva, 0.6))!;

  it('goes through its tasks in order, and returns to skipped tasks', async () => {
    assert.deepEqual((await qualification()).taskIds, ['t1', 't2', 't4']);
    assert.equal(nextQualificationTask(await qualification()), 't1');
    assert.equal(nextQualificationTask(await qualification(), 't1'), 't2');
    await store.submit(sampleReview(10, 't2'));
    await store.submit(sampleReview(11, 't4'));
    assert.equal(nextQualificationTask(await qualification(), 't4'), 't1');
    await store.submit(sampleReview(12, 't1'));
    assert.equal(nextQualificationTask(await qualification(), 't1'), undefined);
  });

  it('reports at the end how many first attempts were right, with the interval and the pass mark', async () => {
    await store.submit(sampleReview(10, 't1'));
    const missed = await store.submit(sampleReview(11, 't2', { preference: wrong }));
    await store.submit(sampleReview(12, 't2', { revises: missed.id }));
    await store.submit(sampleReview(13, 't4'));
    assert.deepEqual(qualificationResult(await qualification()), {
      reason: 'qualified',
      message: '2 of 3 right: 67% (95% interval 21% to 94%). The pass mark is 60%.',
    });
  });

  it('is not passed below the pass mark', async () => {
    for (const [n, id] of ['t1', 't2', 't4'].entries())
      await store.submit(sampleReview(10 + n, id, { preference: wrong }));
    assert.equal(qualificationResult(await qualification()).reason, 'not-qualified');
  });

  it('is undefined without tasks for it', async () => {
    await store.removeTasks(['t1', 't2', 't4']);
    assert.equal(await qualificationProgress(store, eva, 0.6), undefined);
  });
});
