import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../../src/store/importing.ts';
import { importCounts, isWhole } from '../../../src/store/importReport.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { taskFilesAt } from '../../../src/store/taskFolder.ts';
import { sampleReview, sampleTask } from './samples.ts';

describe('importing files', () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-import-'));
    store = await openSqliteStore(':memory:');
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const ids = async (): Promise<string[]> =>
    (await store.queue({ evaluator: 'eva' }, 'position', { offset: 0, limit: 10 })).entries.map(
      ({ taskId }) => taskId,
    );

  it('keeps the good lines beside the broken ones and names each of those', async () => {
    const path = file(
      't.jsonl',
      `\uFEFF${line('t1')}\r\n\n{"id":\n${line('t2', { prompt: 1 })}\n${line('t3')}`,
    );
    const report = await importFile(store, path);
    assert.deepEqual(await ids(), ['t1', 't3']);
    assert.deepEqual(
      report.problems.map((problem) => [problem.file, problem.line, problem.reason]),
      [
        [path, 3, 'not JSON: the text ends too early'],
        [path, 4, 'prompt must be a text, not a number'],
      ],
    );
    assert.equal(importCounts(report), '2 tasks added, 2 lines broken');
    assert.ok(!isWhole(report));
  });

  it('names a task that stands twice in one file, and keeps the first', async () => {
    const path = file('t.jsonl', [line('t1'), line('t1', { prompt: 'other' })].join('\n'));
    const { added, updated, problems } = await importFile(store, path);
    assert.deepEqual([added, updated], [1, 0]);
    assert.equal(problems[0]?.reason, 'the task "t1" stands in line 1 already');
    assert.equal((await store.task('t1'))?.prompt, sampleTask('t1').prompt);
  });

  it('counts what changed, and keeps a reviewed task as it was judged', async () => {
    await importFile(store, file('t.jsonl', ['t1', 't2', 't3'].map((id) => line(id)).join('\n')));
    await store.submit(sampleReview(1, 't1'));
    const again = ['t1', 't2'].map((id) => line(id, { prompt: 'other' }));
    const report = await importFile(store, file('t.jsonl', [...again, line('t3'), line('t4')].join('\n')));
    assert.equal(importCounts(report), '1 task added, 1 updated, 1 already there, 1 kept as reviewed');
    assert.deepEqual(report.refused, ['t1']);
  });

  it('reads a list of tasks, and a single task over several lines', async () => {
    await importFile(
      store,
      file('list.jsonl', JSON.stringify([sampleTask('t1'), sampleTask('t2')], null, 1)),
    );
    await importFile(store, file('one.task.json', JSON.stringify(sampleTask('t3'), null, 2)));
    assert.deepEqual(await ids(), ['t1', 't2', 't3']);
  });

  it('reads lines that are longer than what it reads at once, and characters cut in two there', async () => {
    const prompt = 'é'.repeat(1_500_001);
    const path = file('t.jsonl', [line('t1'), line('t2', { prompt }), line('t3')].join('\n'));
    assert.equal((await importFile(store, path)).added, 3);
    assert.equal((await store.task('t2'))?.prompt, prompt);
  });

  it('names a line that is not UTF-8, and a file that is UTF-16', async () => {
    const latin = Buffer.concat([
      Buffer.from(`${line('t1')}\n`),
      Buffer.from([0x22, 0xe9, 0x22, 0x0a]),
      Buffer.from(line('t2')),
    ]);
    const { added, problems } = await importFile(store, file('latin.jsonl', latin));
    assert.deepEqual([added, problems[0]?.line, problems[0]?.mend], [2, 2, 'Save the file as UTF-8']);
    const wide = file('wide.jsonl', Buffer.from(`\uFEFF${line('t1')}`, 'utf16le'));
    await assert.rejects(importFile(store, wide), {
      code: 'file-unreadable',
      message: /UTF-16.*Save the file as UTF-8/,
    });
  });

  it('says which file cannot be read, and what to do', async () => {
    for (const path of [join(folder, 'nowhere.jsonl'), folder]) {
      await assert.rejects(importFile(store, path), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'file-unreadable');
        assert.ok(error.message.startsWith(`${path}: the file cannot be read`));
        return true;
      });
    }
  });

  it('imports an empty file as nothing', async () => {
    assert.equal(importCounts(await importFile(store, file('t.jsonl', ''))), '');
  });

  it('says how far it is, lets others work between batches, and stops when told to', async () => {
    const path = file('t.jsonl', Array.from({ length: 5_000 }, (_, n) => line(`t${n}`)).join('\n'));
    const stop = new AbortController();
    const shares: number[] = [];
    let turns = 0;
    const count = (): void => void ((turns += 1), setImmediate(count).unref());
    setImmediate(count);
    const report = await importFile(store, path, {
      signal: stop.signal,
      onProgress: ({ share }) => {
        shares.push(share);
        if (shares.length === 2) stop.abort();
      },
    });
    assert.equal(report.added, 4_000);
    assert.ok(shares[0]! > 0 && shares[0]! <= shares[1]! && shares[1]! <= 1);
    assert.ok(turns >= 2);
  });

  it('stops at a record of a newer Tiebreak and keeps what stood before it', async () => {
    const newer = '{"tiebreak":3,"kind":"task"}';
    const { added, problems } = await importFile(
      store,
      file('t.jsonl', [line('t1'), newer, newer, line('t2')].join('\n')),
    );
    assert.deepEqual([added, problems.length, problems[0]?.mend], [1, 1, 'Update Tiebreak']);
  });

  it('finds the files of tasks in a folder, and says when there are none', async () => {
    await assert.rejects(taskFilesAt(folder), { code: 'file-unreadable', message: /holds no file of tasks/ });
    const paths = ['b.ndjson', 'a.jsonl', 'c.task.json'].map((name) => file(name, ''));
    file('package.json', '{}');
    assert.deepEqual(await taskFilesAt(folder), paths.toSorted());
    assert.deepEqual(await taskFilesAt(paths[0]!), [paths[0]]);
  });
});

function line(id: string, changes: object = {}): string {
  return JSON.stringify({ ...sampleTask(id), ...changes });
}
