import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../../src/store/sqlite/database.ts';

describe('a change that is flushed to the disk afterwards', () => {
  let folder: string;
  let db: Database;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-database-'));
    db = await Database.open(join(folder, 'tiebreak.db'));
    await db.write(() => db.run('CREATE TABLE notes (text TEXT NOT NULL) STRICT'));
  });
  afterEach(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const flushing = () => db.get('PRAGMA synchronous')!['synchronous'];
  const add = (text: string | null) => db.run('INSERT INTO notes VALUES (:text)', { text });
  const full = 2;

  it('is made before the call returns, without waiting for the disk', async () => {
    const saving = db.writeThenFlush(() => (add('a'), flushing()));
    assert.equal(db.all('SELECT text FROM notes').length, 1);
    assert.notEqual(await saving, full);
  });

  it('leaves the next changes waiting for the disk, also if it fails', async () => {
    await db.writeThenFlush(() => add('a'));
    assert.equal(await db.write(flushing), full);
    await assert.rejects(db.writeThenFlush(() => add(null)));
    assert.equal(await db.write(flushing), full);
  });

  it('keeps its place among the other changes, and is kept by closing', async () => {
    const changes = [db.write(() => add('a')), db.writeThenFlush(() => add('b')), db.write(() => add('c'))];
    await db.close();
    await Promise.all(changes);
    db = await Database.open(join(folder, 'tiebreak.db'));
    const texts = await db.read(() => db.all('SELECT text FROM notes ORDER BY rowid'));
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['a', 'b', 'c'],
    );
  });
});
