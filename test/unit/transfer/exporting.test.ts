import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { tiebreakJsonl } from '../../../src/core/exchange/tiebreakJsonl.ts';
import { trlPreference } from '../../../src/core/exchange/trl.ts';
import { contentHash } from '../../../src/core/text/hash.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { collectExchangeData, exportToFile } from '../../../src/transfer/exporting.ts';
import { importFile } from '../../../src/transfer/import/importing.ts';
import { importCounts, isWhole } from '../../../src/transfer/import/importReport.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  sampleGold,
  sampleId,
  sampleIdeal,
  sampleInspection,
  sampleReview,
  sampleRun,
  sampleSearch,
  sampleSettlement,
  sampleTask,
} from '../store/samples.ts';
import { importTasks } from '../../fixtures/imports.ts';

describe('exporting', () => {
  let folder: string;
  let path: string;
  let store: Store;
  let stores: Store[];
  const open = async (): Promise<Store> => {
    const opened = await openSqliteStore(':memory:');
    stores.push(opened);
    return opened;
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-export-'));
    path = join(folder, 'export.jsonl');
    stores = [];
    store = await open();
  });
  afterEach(async () => {
    await Promise.all(stores.map((opened) => opened.close()));
    rmSync(folder, { recursive: true });
  });

  /** Two evaluators, a chain of three, a skip, and a run in addition to the run in a review. */
  const work = async (): Promise<void> => {
    const second = sampleTask('t2', { tags: ['x'], source: { b: 1, a: [null] } });
    await importTasks(store, [sampleTask('t1'), second]);
    const taskHash = contentHash(sampleTask('t1'));
    await store.submit(sampleReview(1, 't1', { taskHash, runs: [sampleRun('r1')] }));
    await store.submit(sampleReview(2, 't1', { evaluator: 'otto', taskHash, preference: { kind: 'tie' } }));
    await store.submit(
      sampleReview(3, 't2', { taskHash: contentHash(second), preference: { kind: 'both-bad' } }),
    );
    await store.submit(sampleReview(4, 't1', { taskHash, revises: sampleId(1), searches: [sampleSearch()] }));
    await store.skip({ taskId: 't2', evaluator: 'otto', reason: 'too long', at: '2026-11-02T10:00:00Z' });
    await store.saveRun(sampleRun('r2', { taskId: 't2' }));
    await store.record('inspection', sampleInspection(11, 2));
    await store.record('settlement', sampleSettlement(12, 't1'));
    await store.record('gold', sampleGold(13, 't1'));
    await store.record('ideal', sampleIdeal(14, 't1'));
  };

  it('writes everything, which imports into another store and comes out again as the same bytes', async () => {
    await work();
    const report = await exportToFile(await collectExchangeData(store), tiebreakJsonl, path);
    const bytes = readFileSync(path, 'utf8');
    assert.deepEqual([report.exported, report.leftOut, report.dropped], [12, [], []]);
    const other = await open();
    const imported = await importFile(other, path);
    assert.equal(importCounts(imported), '2 tasks added, 4 reviews, 1 skip, 1 run, 4 records of reviewers');
    assert.ok(isWhole(imported));
    await exportToFile(await collectExchangeData(other), tiebreakJsonl, path);
    assert.equal(readFileSync(path, 'utf8'), bytes);
    assert.equal(await other.verify(), undefined);
    assert.deepEqual(await collectExchangeData(other), await collectExchangeData(store));
    assert.equal(importCounts(await importFile(other, path)), '2 already there, 10 records known');
  });

  it('gives the same bytes after a round trip, whatever tasks and reviews hold', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const cases = fc.array(
      fc.record({
        kind: fc.constant('call' as const),
        args: fc.array(fc.jsonValue()),
        expected: fc.jsonValue(),
      }),
      { maxLength: 2 },
    );
    const content = fc.record({
      prompt: text,
      answers: fc.tuple(text, text),
      source: fc.jsonValue(),
      cases,
      rationale: text,
      ideal: text,
      scores: fc.dictionary(fc.string().filter(isKept), fc.double({ noNaN: true, noDefaultInfinity: true })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 4 }), async (contents) => {
        const [from, to] = [await openSqliteStore(':memory:'), await openSqliteStore(':memory:')];
        for (const [n, { scores, rationale, ideal, ...rest }] of contents.entries()) {
          await importText(from, JSON.stringify(taskOf(`t${n}`, rest)));
          await from.submit(sampleReview(n, `t${n}`, { rationale, ideal, scores: { first: scores } }));
        }
        const lines = await exportedLines(from);
        const report = await importText(to, lines.join('\n'));
        assert.deepEqual(
          [report.problems, report.added, report.reviews.added],
          [[], contents.length, contents.length],
        );
        assert.deepEqual(await exportedLines(to), lines);
        await from.close();
        await to.close();
      }),
      { numRuns: 40 },
    );
  });

  const importText = (into: Store, content: string): ReturnType<typeof importFile> => {
    const file = join(folder, 'import.jsonl');
    writeFileSync(file, content);
    return importFile(into, file);
  };

  const tamperings: [string, (lines: string[]) => string[], RegExp][] = [
    [
      'a rationale that was changed',
      (lines) => lines.map((line) => line.replace('A handles', 'A misses')),
      /:3: .*review 01930000-0000-7000-8000-000000000001 .*its content was changed/,
    ],
    [
      'the last review, changed',
      (lines) => lines.with(5, lines[5]!.replace('A handles', 'A misses')),
      /:6: .*000000000004 .*its content was changed/,
    ],
    [
      'a review that was taken out',
      (lines) => lines.toSpliced(2, 1),
      /:3: .*the record before it is missing/,
    ],
    [
      'two reviews of one evaluator in another order',
      (lines) => lines.with(2, lines[4]!).with(4, lines[2]!),
      /:3: .*000000000003 .*it comes before the review that it follows/,
    ],
    [
      'two reviews of two evaluators in another order',
      (lines) => lines.with(2, lines[3]!).with(3, lines[2]!),
      /:3: .*000000000002 .*is not at its original position/,
    ],
    ['its end cut off', (lines) => lines.slice(0, -1), /:12: .*the file was truncated/],
    [
      'all but the first review cut off',
      (lines) => lines.slice(0, 3),
      /:3: .*000000000001 .*the file was truncated/,
    ],
    [
      'its last record cut in the middle',
      (lines) => [...lines.slice(0, 5), lines[5]!.slice(0, 200)],
      /:6: .*the file was truncated/,
    ],
    [
      'a record that was taken out before the end',
      (lines) => lines.toSpliced(-2, 1),
      /:11: .*1 after it is missing/,
    ],
    [
      'a task that was changed',
      (lines) => lines.with(0, lines[0]!.replace('chunk', 'chank')),
      /:1: .*was changed/,
    ],
    [
      'an inspection that was changed',
      (lines) => lines.map((line) => line.replace('"approve"', '"approve" ')),
      /:7: .*inspection .*00000000000b .*was changed/,
    ],
    [
      'a settlement that was changed, with its line made to fit',
      (lines) => lines.map((line) => line.replace('says why', 'says what')),
      /:8: .*settlement .*its content was changed/,
    ],
    [
      'a record slipped in',
      (lines) => lines.toSpliced(2, 0, lines[0]!.replaceAll('t1', 't9')),
      /:3: .*it was added/,
    ],
  ];
  for (const [title, tamper, message] of tamperings) {
    it(`refuses a file with ${title}, names the record, and stores nothing of it`, async () => {
      await work();
      const other = await open();
      await assert.rejects(importText(other, tamper(await exportedLines(store)).join('\n')), {
        code: 'exchange-tampered',
        message,
      });
      assert.deepEqual(await collectExchangeData(other), {
        tasks: [],
        reviews: [],
        skips: [],
        runs: [],
        ledger: [],
      });
    });
  }

  it('takes a later export when the store has an earlier one, and two in one file', async () => {
    await importTasks(store, [sampleTask('t1')]);
    await store.submit(sampleReview(1, 't1'));
    const earlier = await exportedLines(store);
    await store.submit(sampleReview(2, 't1'));
    const later = await exportedLines(store);
    const other = await open();
    await importText(other, earlier.join('\n'));
    assert.equal((await importText(other, later.join('\n'))).reviews.added, 1);
    assert.deepEqual(await exportedLines(other), later);
    const third = await open();
    assert.equal((await importText(third, [...earlier, ...later].join('\n'))).reviews.added, 2);
  });

  it('reads version 1, which has no last line, by its chains alone', async () => {
    await importTasks(store, [sampleTask('t1')]);
    await store.submit(sampleReview(1, 't1'));
    await store.submit(sampleReview(2, 't1'));
    const old = (await exportedLines(store))
      .slice(0, 3)
      .map((line) => line.replace('"tiebreak":2', '"tiebreak":1'));
    const other = await open();
    assert.equal((await importText(other, old.slice(0, 2).join('\n'))).reviews.added, 1);
    assert.equal((await importText(other, old.slice(2).join('\n'))).reviews.added, 1);
    await assert.rejects(importText(await open(), old.toSpliced(1, 1).join('\n')), {
      code: 'exchange-tampered',
    });
  });

  it('keeps a skip that was made here, and says so', async () => {
    await work();
    const other = await open();
    await other.skip({ taskId: 't2', evaluator: 'otto', reason: 'mine', at: '2026-11-03T10:00:00Z' });
    const report = await importText(other, (await exportedLines(store)).join('\n'));
    assert.deepEqual(report.skips.refused, ['t2']);
    assert.equal((await other.skips())[0]?.reason, 'mine');
  });

  it('writes preferences and says what was left out', async () => {
    await work();
    const report = await exportToFile(await collectExchangeData(store), trlPreference, path);
    assert.equal(readFileSync(path, 'utf8').trimEnd().split('\n').length, 1);
    assert.deepEqual(
      report.leftOut.map(({ reason, count }) => [reason, count]),
      [
        ['replaced by a revision', 1],
        ['tie', 1],
        ['both bad', 1],
        ['skipped', 1],
      ],
    );
  });

  it('writes a flat format as Parquet by the name of the file, and says which are not flat', async () => {
    await work();
    const target = join(folder, 'pairs.parquet');
    await exportToFile(await collectExchangeData(store), trlPreference, target);
    const bytes = readFileSync(target);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const rows = await parquetReadObjects({ file });
    const [line] = trlPreference.export(await collectExchangeData(store)).lines;
    assert.deepEqual(rows, [JSON.parse(line!)]);
    await assert.rejects(
      exportToFile(await collectExchangeData(store), tiebreakJsonl, join(folder, 'all.parquet')),
      {
        code: 'format-not-flat',
        message: /Tiebreak JSONL cannot be written as Parquet/,
      },
    );
    assert.deepEqual(readdirSync(folder), ['pairs.parquet']);
  });

  it('writes through no link that lies in the folder, and twice at once', async () => {
    await work();
    const data = await collectExchangeData(store);
    const outside = join(folder, 'outside');
    writeFileSync(outside, 'precious');
    for (const link of [path, `${path}.${process.pid}.part`]) symlinkSync(outside, link);
    await Promise.all([1, 2, 3].map(() => exportToFile(data, tiebreakJsonl, path)));
    assert.equal(readFileSync(outside, 'utf8'), 'precious');
    assert.equal(readFileSync(path, 'utf8'), `${tiebreakJsonl.export(data).lines.join('\n')}\n`);
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.part')).length, 1);
  });

  it('leaves the file as it was when it cannot write, and names it', async () => {
    await work();
    const target = join(folder, 'nowhere', 'export.jsonl');
    await assert.rejects(exportToFile(await collectExchangeData(store), tiebreakJsonl, target), {
      code: 'file-unwritable',
      message: /nowhere.*Check the folder/,
    });
    assert.ok(!existsSync(target));
    assert.deepEqual(readdirSync(folder), []);
  });
});

async function exportedLines(store: Store): Promise<string[]> {
  return [...tiebreakJsonl.export(await collectExchangeData(store)).lines];
}

/** Only data that JavaScript objects can hold, like every reader of the format in this language. */
function isKept(key: string): boolean {
  return key !== '__proto__';
}

function taskOf(
  id: string,
  {
    answers,
    cases,
    ...rest
  }: { prompt: string; answers: [string, string]; source: unknown; cases: object[] },
): unknown {
  const [first, second] = answers;
  return {
    ...sampleTask(id, {
      answers: [
        { id: 'first', text: first },
        { id: 'second', text: second },
      ],
    } satisfies Partial<Task>),
    ...rest,
    cases: cases.map((content, n) => ({ id: `c${n}`, ...content })),
  };
}
