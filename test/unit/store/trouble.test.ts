import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { skipBecause } from '../../skip.ts';
import { eva, sampleDraft, sampleId, sampleReview, sampleTask } from './samples.ts';
import { importTasks } from '../../fixtures/imports.ts';

const saver = join(import.meta.dirname, 'saver.ts');

/** Another program that locks the database; `release` unlocks it. */
async function holder(path: string): Promise<{ release: () => Promise<void> }> {
  const source = `
    const db = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
    db.exec('BEGIN EXCLUSIVE');
    console.log('held');
    process.stdin.on('end', () => db.exec('ROLLBACK')).resume();`;
  const child = spawn(process.execPath, ['-e', source, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  return {
    release: async () => {
      child.stdin.end();
      await closed;
    },
  };
}

/** Saves drafts in a file system made by bubblewrap; `undefined` without bubblewrap. */
function saveIn(place: readonly string[], path: string): Record<string, unknown>[] | undefined {
  const args = ['--dev-bind', '/', '/', ...place, process.execPath, saver, path];
  const { error, stdout, stderr } = spawnSync('bwrap', args, { encoding: 'utf8' });
  if (error !== undefined || stderr.startsWith('bwrap:')) return undefined;
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('store with faults', () => {
  let folder: string;
  let path: string;
  const stores: Store[] = [];
  const opened = async (waitMs = 100): Promise<Store> => {
    const store = await openSqliteStore(path, { waitMs });
    stores.push(store);
    return store;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-trouble-'));
    path = join(folder, 'tiebreak.db');
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  describe('with another program on the database', () => {
    it('says that it is locked, and reads on', async () => {
      const store = await opened(400);
      await importTasks(store, [sampleTask('t1')]);
      const other = await holder(path);
      await assert.rejects(store.saveDraft(sampleDraft('t1')), {
        code: 'store-locked',
        message: /Close the other program/,
      });
      assert.equal((await store.task('t1'))?.id, 't1');
      await other.release();
      await store.saveDraft(sampleDraft('t1'));
    });

    it('runs waiting operations as soon as possible, in the order of the calls', async () => {
      const store = await opened(20_000);
      // This process lets the other one go, so it has to go on while the store waits.
      const other = await holder(path);
      const saved = store.saveDraft(sampleDraft('t1'));
      const submitted = store.submit(sampleReview(1, 't1'));
      await other.release();
      await Promise.all([saved, submitted]);
      assert.equal(await store.draft('t1', eva), undefined);
      assert.equal((await store.reviews()).length, 1);
    });

    it('finishes waiting operations before it closes', async () => {
      const store = await openSqliteStore(path, { waitMs: 20_000 });
      const other = await holder(path);
      const saved = store.saveDraft(sampleDraft('t1'));
      const closed = store.close();
      await other.release();
      await Promise.all([saved, closed]);
      assert.deepEqual(await (await opened()).draft('t1', eva), sampleDraft('t1'));
    });

    it('waits for a new file that another program holds', async () => {
      new DatabaseSync(path).close();
      const other = await holder(path);
      await assert.rejects(opened(100), { code: 'store-locked' });
      const opening = opened(20_000);
      await other.release();
      assert.equal(await (await opening).verify(), undefined);
    });

    it('shows one window the changes of another, and that something changed', async () => {
      const [one, two] = [await opened(), await opened()];
      const before = await one.dataVersion();
      await one.saveDraft(sampleDraft('t0'));
      assert.equal(await one.dataVersion(), before);
      await importTasks(two, [sampleTask('t1')]);
      assert.notEqual(await one.dataVersion(), before);
      assert.equal((await one.queueSummary(eva)).states.open, 1);
    });
  });

  describe('with a disk that cannot be written', () => {
    it('reports that the disk is full and keeps saved data', function () {
      const full = join(folder, 'full');
      mkdirSync(full);
      const lines = saveIn(['--size', '700000', '--tmpfs', full], join(full, 'tiebreak.db'));
      if (lines === undefined) skipBecause(this, 'bubblewrap, which makes the small disk, is missing');
      assert.deepEqual(lines[0], { small: true });
      assert.equal(lines[1]?.['code'], 'store-full');
      assert.match(String(lines[1]?.['message']), /tiebreak\.db: the disk is full\. Free some space/);
    });

    it('reports that the file cannot be written', async function () {
      await (await opened()).close();
      const lines = saveIn(['--ro-bind', folder, folder], path);
      if (lines === undefined) skipBecause(this, 'bubblewrap, which makes the read-only folder, is missing');
      assert.match(String(lines[0]?.['code']), /^store-(read-only|cannot-open)$/);
      assert.match(String(lines[0]?.['message']), /writable|read and write/);
    });

    it('reports a path that cannot be a database', async () => {
      await assert.rejects(openSqliteStore(folder), {
        code: 'store-cannot-open',
        message: /choose another file/,
      });
      writeFileSync(path, '');
      await assert.rejects(openSqliteStore(join(path, 'below.db')), { code: 'store-cannot-open' });
    });
  });

  describe('with an invalid file', () => {
    const refusals: [string, () => void, string, RegExp][] = [
      [
        'garbage',
        () => writeFileSync(path, 'garbage '.repeat(1000)),
        'store-corrupt',
        /not a database\. .*safe place/,
      ],
      [
        "another program's database",
        () => rawly('CREATE TABLE theirs (x)'),
        'store-foreign',
        /another program.*does not change/,
      ],
      [
        "a newer Tiebreak's database",
        () => rawly('PRAGMA user_version = 99'),
        'store-newer',
        /version 99.*Update Tiebreak/,
      ],
    ];
    for (const [title, spoil, code, message] of refusals) {
      it(`refuses ${title} and leaves it unchanged`, async () => {
        if (code === 'store-newer') await (await openSqliteStore(path)).close();
        spoil();
        const before = readFileSync(path);
        await assert.rejects(opened(), { code, message });
        assert.ok(readFileSync(path).equals(before));
      });
    }

    it('treats an empty file as a new one', async () => {
      writeFileSync(path, '');
      assert.deepEqual(await (await opened()).reviews(), []);
    });

    it('reports damaged pages', async () => {
      const store = await openSqliteStore(path);
      await importTasks(
        store,
        Array.from({ length: 500 }, (_, n) => sampleTask(`t${n}`)),
      );
      await store.close();
      const size = readFileSync(path).length;
      const file = openSync(path, 'r+');
      // All but the first pages, which contain the schema.
      writeSync(file, Buffer.alloc(size - 60_000, 0xa5), 0, size - 60_000, 60_000);
      const spoilt = await opened();
      await assert.rejects(
        async () => {
          for await (const task of spoilt.tasks()) assert.ok(task.id.startsWith('t'));
        },
        { code: 'store-corrupt', message: /damaged.*\.recover/ },
      );
    });

    it('reports a damaged record', async () => {
      await (await opened()).saveDraft(sampleDraft('t1'));
      rawly(`UPDATE drafts SET json = '{"half":'`);
      await assert.rejects((await opened()).draft('t1', eva), {
        code: 'store-corrupt',
        message: /tiebreak\.db.*not contain JSON/,
      });
    });
  });

  describe('with reviews that were tampered with', () => {
    const tampering: [string, string, number][] = [
      [
        'a changed review in the middle',
        `UPDATE reviews SET json = replace(json, 'empty', 'EMPTY') WHERE seq = 2`,
        2,
      ],
      ['a changed last review', `UPDATE reviews SET json = replace(json, 'empty', 'EMPTY') WHERE seq = 3`, 3],
      [
        'a changed review with its hash made to fit',
        `UPDATE reviews SET hash = 'x', json = replace(json, 'empty', 'EMPTY') WHERE seq = 1`,
        1,
      ],
      ['a review taken out of the middle', 'DELETE FROM reviews WHERE seq = 2', 3],
      ['a review taken from the end', 'DELETE FROM reviews WHERE seq = 3', 3],
      ['all reviews gone', 'DELETE FROM reviews', 3],
    ];
    for (const [title, sql, bad] of tampering) {
      it(`names ${title}`, async () => {
        const store = await opened();
        for (const n of [1, 2, 3]) await store.submit(sampleReview(n, `t${n}`));
        assert.equal(await store.verify(), undefined);
        rawly(sql);
        assert.equal((await store.verify())?.recordId, sampleId(bad));
      });
    }
  });

  /** Changes the file without the store. */
  function rawly(sql: string): void {
    const db = new DatabaseSync(path);
    db.exec(sql);
    db.close();
  }
});
