import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { swappedDuplicate } from '../../../src/core/duplicate.ts';
import { sampleGold, sampleReview, sampleTask } from './samples.ts';

describe('a database of version 1', () => {
  it('keeps its reviews and gets what later versions have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiebreak-migration-'));
    const path = join(folder, 'tiebreak.db');
    try {
      const before = await openSqliteStore(path);
      const known = sampleTask('known', { gold: { preference: { kind: 'tie' } } });
      const repeat = swappedDuplicate(sampleTask('t1'), 'eva', 'seed', (id) => id === 't1');
      await before.importTasks([sampleTask('t1'), known, repeat]);
      await before.submit(sampleReview(1, 't1'));
      await before.submit(sampleReview(2, 't2', { evaluator: 'otto' }));
      await before.submit(sampleReview(3, 't1', { revises: sampleReview(1, 't1').id }));
      const [reviews, judged] = [await before.reviews(), await before.judged()];
      await before.close();
      makeVersion1(path);
      const after = await openSqliteStore(path);
      assert.deepEqual(await after.reviews(), reviews);
      assert.deepEqual(await after.judged(), judged);
      assert.equal(await after.verify(), undefined);
      assert.deepEqual(await after.reserve(), [
        { taskId: 'known', use: 'calibration' },
        { taskId: repeat.id, use: 'duplicate', repeats: 't1' },
      ]);
      await after.record('gold', sampleGold(4, 't1'));
      assert.equal((await after.ledger()).length, 1);
      await after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Takes out what later versions have added. */
function makeVersion1(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('DROP TRIGGER review_facts_of');
  for (const table of ['review_facts', 'unfinished', 'ledger_chains', 'ledger', 'reserve', 'dealt', 'checks'])
    db.exec(`DROP TABLE ${table}`);
  db.exec('PRAGMA user_version = 1');
  db.close();
}
