import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import { swappedDuplicate } from '../../../../src/core/task/duplicate.ts';
import { sampleGold, sampleReview, sampleTask } from '../samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

describe('a database of version 1', () => {
  it('keeps its reviews and gets the tables of later versions', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiebreak-migration-'));
    const path = join(folder, 'tiebreak.db');
    try {
      const before = await openSqliteStore(path);
      const known = sampleTask('known', { gold: { preference: { kind: 'tie' } } });
      const repeat = swappedDuplicate(sampleTask('t1'), 'eva', 'seed', (id) => id === 't1');
      await importTasks(before, [sampleTask('t1'), known, repeat]);
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
      assert.deepEqual(await after.queueFiles({ evaluator: 'eva' }), [null]);
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

describe('a database in which injected tasks have their former table', () => {
  it('keeps which tasks were injected', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiebreak-migration-'));
    const path = join(folder, 'tiebreak.db');
    try {
      await (await openSqliteStore(path)).close();
      const row = { evaluator: 'eva', place: 3, task_id: 'known', position: 1.5, file: 'tasks.jsonl' };
      withDatabase(path, (db) => {
        db.exec(
          'DROP INDEX review_facts_overridden; DROP INDEX injected_tasks; ALTER TABLE injected RENAME TO dealt',
        );
        db.exec('CREATE UNIQUE INDEX dealt_tasks ON dealt (evaluator, task_id); PRAGMA user_version = 7');
        db.prepare('INSERT INTO dealt VALUES (:evaluator, :place, :task_id, :position, :file)').run(row);
      });
      await (await openSqliteStore(path)).close();
      withDatabase(path, (db) => {
        assert.deepEqual({ ...db.prepare('SELECT * FROM injected').get() }, row);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function withDatabase(path: string, use: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(path);
  use(db);
  db.close();
}

/** Removes what later versions have added. */
function makeVersion1(path: string): void {
  withDatabase(path, dropLaterTables);
}

function dropLaterTables(db: DatabaseSync): void {
  db.exec('DROP TRIGGER review_facts_of');
  for (const table of [
    'review_facts',
    'unfinished',
    'ledger_chains',
    'ledger',
    'reserve',
    'injected',
    'checks',
    'times',
  ])
    db.exec(`DROP TABLE ${table}`);
  db.exec('DROP INDEX tasks_by_file; ALTER TABLE tasks DROP COLUMN file');
  db.exec('PRAGMA user_version = 1');
}
