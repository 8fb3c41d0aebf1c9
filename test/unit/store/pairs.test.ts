import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../../src/transfer/import/importing.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { pairsAbsent, readPairs } from '../../fixtures/pairs.ts';
import { skipBecause } from '../../skip.ts';

describe('real pairs', () => {
  it('can all be imported in the order of their file, and are not imported twice', async function () {
    if (pairsAbsent !== undefined) return skipBecause(this, pairsAbsent);
    const folder = await mkdtemp(join(tmpdir(), 'tiebreak-pairs-'));
    const store = await openSqliteStore(join(folder, 'tiebreak.db'));
    try {
      const tasks = readPairs().map(({ task }) => task);
      const file = join(folder, 'pairs.jsonl');
      await writeFile(file, tasks.map((task) => `${JSON.stringify(task)}\n`).join(''));
      const first = await importFile(store, file);
      assert.deepEqual([first.added, first.problems], [87, []]);
      const page = await store.queue({ evaluator: 'eva' }, 'position', { offset: 0, limit: 100 });
      assert.deepEqual(
        page.entries.map(({ taskId }) => taskId),
        tasks.map(({ id }) => id),
      );
      assert.equal((await importFile(store, file)).unchanged, 87);
    } finally {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
