import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tiebreakJsonl } from '../../../../src/core/exchange/tiebreakJsonl.ts';
import { collectExchangeData, exportToFile } from '../../../../src/transfer/exporting.ts';
import { importFile } from '../../../../src/transfer/import/importing.ts';
import { importFiles } from '../../../../src/transfer/import/importFiles.ts';
import {
  importCounts,
  importNotes,
  isWhole,
  sumReports,
} from '../../../../src/transfer/import/importReport.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { taskFilesAt } from '../../../../src/transfer/import/taskFolder.ts';
import { sampleReview, sampleRun, sampleTask } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

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
    assert.equal(importCounts(report), '2 tasks added, 2 lines invalid');
    assert.ok(!isWhole(report));
  });

  it('records the name of the file, without its folder, and exports neither', async () => {
    const path = file('batch 1.jsonl', line('t1'));
    await importFile(store, path);
    assert.deepEqual(await store.queueFiles({ evaluator: 'eva' }), ['batch 1.jsonl']);
    const exported = file('export.jsonl', '');
    await exportToFile(await collectExchangeData(store), tiebreakJsonl, exported);
    assert.doesNotMatch(readFileSync(exported, 'utf8'), /batch 1/);
  });

  it('names a task that stands twice in one file, and keeps the first', async () => {
    const path = file('t.jsonl', [line('t1'), line('t1', { prompt: 'other' })].join('\n'));
    const { added, updated, problems } = await importFile(store, path);
    assert.deepEqual([added, updated], [1, 0]);
    assert.equal(problems[0]?.reason, 'the task "t1" is already on line 1');
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
    assert.deepEqual([added, problems[0]?.line, problems[0]?.remedy], [2, 2, 'Save the file as UTF-8']);
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

  it('says how far it is, and lets others work meanwhile', async () => {
    const path = file('t.jsonl', Array.from({ length: 5_000 }, (_, n) => line(`t${n}`)).join('\n'));
    const shares: number[] = [];
    let turns = 0;
    const count = (): void => void ((turns += 1), setImmediate(count).unref());
    setImmediate(count);
    const report = await importFile(store, path, {
      onProgress: ({ share }) => void shares.push(share),
    });
    assert.equal(report.added, 5_000);
    assert.deepEqual(
      shares,
      shares.toSorted((one, other) => one - other),
    );
    assert.ok(shares[0]! > 0 && shares.at(-1) === 1);
    assert.ok(turns >= shares.length - 1);
  });

  describe('that are cancelled or fail', () => {
    /** A file whose task t1 is stored with other content, and whose skip, run and review are new. */
    const wholeFile = async (): Promise<string> => {
      const other = await openSqliteStore(':memory:');
      await importTasks(other, [
        sampleTask('t1'),
        sampleTask('t2', { gold: { preference: { kind: 'tie' } } }),
      ]);
      await other.skip({ taskId: 't2', evaluator: 'eva', at: '2026-01-01T00:00:00.000Z', reason: 'Unclear' });
      await other.saveRun(sampleRun('r1'));
      await other.submit(sampleReview(1, 't1'));
      const path = file('export.jsonl', '');
      await exportToFile(await collectExchangeData(other), tiebreakJsonl, path);
      await other.close();
      return path;
    };
    const everything = async () => ({
      tasks: await listOf(store.tasks()),
      summary: await store.queueSummary('eva'),
      reserve: await store.reserve(),
      skips: await store.skips(),
      runs: await listOf(store.runs()),
      reviews: await store.reviews(),
    });

    it('store nothing, at whatever moment they are cancelled, and can be repeated', async () => {
      await importTasks(store, [sampleTask('t1', { prompt: 'As it was' })]);
      const path = await wholeFile();
      const before = await everything();
      let cancelled = 0;
      for (let at = 1; ; at += 1) {
        const stop = new AbortController();
        let seen = 0;
        const importing = importFile(store, path, {
          signal: stop.signal,
          onProgress: () => ((seen += 1) === at ? stop.abort() : undefined),
        });
        const isOver = await importing.then(
          () => true,
          (error: unknown) => {
            assert.equal(error, stop.signal.reason);
            return false;
          },
        );
        if (isOver) break;
        cancelled += 1;
        assert.deepEqual(await everything(), before);
      }
      assert.ok(cancelled >= 3, `cancelled at ${cancelled} moments`);
      assert.deepEqual(
        [(await everything()).reviews.length, (await store.task('t1'))?.prompt],
        [1, sampleTask('t1').prompt],
      );
    });

    it('store nothing of a file that is refused at its end', async () => {
      const path = await wholeFile();
      writeFileSync(path, readFileSync(path, 'utf8').replace('"activeMs":', '"activeMs":1'));
      const before = await everything();
      await assert.rejects(importFile(store, path), { code: 'exchange-tampered' });
      assert.deepEqual(await everything(), before);
    });

    it('keep the files before, and name the file of which nothing was stored', async () => {
      const paths = ['a', 'b', 'c'].map((id) => file(`${id}.jsonl`, line(id)));
      const stop = new AbortController();
      const onProgress = (path: string): void => (path === paths[1] ? stop.abort() : undefined);
      const reports = [];
      for await (const outcome of importFiles(store, paths, { signal: stop.signal, onProgress }))
        if ('report' in outcome) reports.push(outcome.report);
      const report = sumReports(reports);
      assert.deepEqual(await ids(), ['a']);
      assert.deepEqual(importNotes(report), [`cancelled: nothing of ${paths[1]} was imported`]);
      assert.ok(!isWhole(report));
    });
  });

  it('lets the person save and submit while a file is read', async () => {
    const path = join(folder, 'tiebreak.db');
    const [window, importer] = [await openSqliteStore(path), await openSqliteStore(path)];
    const tasks = file('t.jsonl', Array.from({ length: 300 }, (_, n) => line(`t${n}`)).join('\n'));
    let submitted: Promise<unknown> | undefined;
    await importFile(importer, tasks, {
      onProgress: () => void (submitted ??= window.submit(sampleReview(1, 't1'))),
    });
    await submitted;
    assert.equal((await window.reviews()).length, 1);
    await Promise.all([window.close(), importer.close()]);
  });

  for (const [name, text] of Object.entries({
    'a list': `[${'x,'.repeat(50_000)}x]`,
    lines: 'x\n'.repeat(50_000),
  })) {
    it(`lets others work while it reads a file without a task, and stops when told to: ${name}`, async () => {
      const path = file('t.json', text);
      const stop = new AbortController();
      const whole = await importFile(store, path);
      assert.ok(whole.problems.length >= 50_000);
      setImmediate(() => setImmediate(() => stop.abort()));
      await assert.rejects(importFile(store, path, { signal: stop.signal }), { name: 'AbortError' });
    });
  }

  it('stops at a record of a newer Tiebreak and keeps what stood before it', async () => {
    const newer = '{"tiebreak":3,"kind":"task"}';
    const { added, problems } = await importFile(
      store,
      file('t.jsonl', [line('t1'), newer, newer, line('t2')].join('\n')),
    );
    assert.deepEqual([added, problems.length, problems[0]?.remedy], [1, 1, 'Update Tiebreak']);
  });

  it('finds the files of tasks in a folder, and says when there are none', async () => {
    await assert.rejects(taskFilesAt(folder), { code: 'file-unreadable', message: /has no task file/ });
    const paths = ['b.ndjson', 'a.jsonl', 'c.task.json'].map((name) => file(name, ''));
    file('package.json', '{}');
    assert.deepEqual(await taskFilesAt(folder), paths.toSorted());
    assert.deepEqual(await taskFilesAt(paths[0]!), [paths[0]]);
  });
});

async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function line(id: string, changes: object = {}): string {
  return JSON.stringify({ ...sampleTask(id), ...changes });
}
