import assert from 'node:assert/strict';
import { lessonOf } from '../../../../src/extension/calibration/lesson.ts';
import { openSqliteStore } from '../../../../src/store/sqlite.ts';
import type { Store } from '../../../../src/store/store.ts';
import { eva, sampleGold, sampleReview, sampleTask } from '../../store/samples.ts';

const forSecond = { kind: 'better', winner: 'second', strength: 1 } as const;

describe('what is learned of a gold task', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await store.importTasks([sampleTask('t1')]);
  });
  afterEach(() => store.close());

  it('is the reference beside one’s own verdict, in terms of the sides that were seen, once it is submitted', async () => {
    await store.record('gold', sampleGold(1, 't1', { shown: ['first', 'second'] }));
    assert.equal(await lessonOf(store, 't1', eva), null);
    await store.submit(sampleReview(2, 't1', { preference: forSecond, shown: ['second', 'first'] }));
    assert.deepEqual(await lessonOf(store, 't1', eva), {
      met: false,
      yours: -1,
      reference: 3,
      rationale: 'A returns chunks, B the list.',
      isSwapped: true,
    });
    assert.equal(await lessonOf(store, 't1', 'otto'), null);
  });

  it('says that it was met, however strongly', async () => {
    await store.record('gold', sampleGold(1, 't1'));
    await store.submit(sampleReview(2, 't1'));
    const lesson = await lessonOf(store, 't1', eva);
    assert.deepEqual([lesson?.met, lesson?.yours, lesson?.reference], [true, -2, -3]);
  });

  for (const use of ['calibration', 'qualification'] as const) {
    it(`is nothing where the task is for ${use}`, async () => {
      await store.record('gold', sampleGold(1, 't1', { use }));
      await store.submit(sampleReview(2, 't1'));
      assert.equal(await lessonOf(store, 't1', eva), null);
    });
  }
});
