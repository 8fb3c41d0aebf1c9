import assert from 'node:assert/strict';
import { swappedDuplicate } from '../../../../src/core/task/duplicate.ts';
import { goldAndDuplicates } from '../../../../src/sessions/calibration/references.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import { eva, sampleGold, sampleTask } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

describe('the references of calibration', () => {
  it('are all known verdicts, decided here or imported, and the originals of duplicates', async () => {
    const store = await openSqliteStore(':memory:');
    const task = sampleTask('t1');
    const duplicate = swappedDuplicate(task, eva, 'seed', (id) => id === 't1');
    const known = sampleTask('t2', { gold: { preference: { kind: 'tie' } } });
    await importTasks(store, [task, known, duplicate, sampleTask('t3')]);
    await store.record('gold', sampleGold(1, 't3', { use: 'qualification' }));
    const { gold, duplicates } = await goldAndDuplicates(store);
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
