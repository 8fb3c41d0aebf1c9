import assert from 'node:assert/strict';
import { swappedDuplicate } from '../../../src/core/duplicate.ts';
import { calibrationGround } from '../../../src/store/references.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { eva, sampleGold, sampleTask } from './samples.ts';

describe('what calibration is measured against', () => {
  it('is every known verdict, decided here or brought along, and what each duplicate repeats', async () => {
    const store = await openSqliteStore(':memory:');
    const task = sampleTask('t1');
    const duplicate = swappedDuplicate(task, eva, 'seed', (id) => id === 't1');
    const known = sampleTask('t2', { gold: { preference: { kind: 'tie' } } });
    await store.importTasks([task, known, duplicate, sampleTask('t3')]);
    await store.record('gold', sampleGold(1, 't3', { use: 'qualification' }));
    const { gold, duplicates } = await calibrationGround(store);
    assert.deepEqual(
      [...gold].map(([taskId, { preference, use }]) => [taskId, preference.kind, use]),
      [
        ['t2', 'tie', 'calibration'],
        ['t3', 'better', 'qualification'],
      ],
    );
    assert.deepEqual([...duplicates], [[duplicate.id, 't1']]);
    await store.close();
  });
});
