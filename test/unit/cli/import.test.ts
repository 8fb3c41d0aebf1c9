import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tiebreakJsonl } from '../../../src/core/exchange/tiebreakJsonl.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { collectExchangeData } from '../../../src/transfer/exporting.ts';
import { eva, sampleReview, sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';
import { importTasks } from '../../fixtures/imports.ts';

describe('tiebreak import', () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  function write(name: string, ...lines: unknown[]): string {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(place.path(name), `${text.join('\n')}\n`);
    return name;
  }

  async function withStore<T>(use: (store: Store) => Promise<T>, path = place.database): Promise<T> {
    const store = await openSqliteStore(path);
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  }

  it('puts the tasks of a file into the queue', async () => {
    const outcome = await place.tiebreak([
      'import',
      write('a.jsonl', sampleTask('t1'), '', sampleTask('t2')),
    ]);
    assert.deepEqual(outcome, { code: 0, stdout: '2 tasks added\n', stderr: '' });
    assert.deepEqual(await withStore(ids), ['t1', 't2']);
    assert.deepEqual(await withStore((store) => store.task('t1')), sampleTask('t1'));
  });

  it('counts inputs without a final newline, and adds it on request', async () => {
    const stdin = (id: string, input: string) => ({ id, kind: 'stdin', input, output: '' });
    const cases = [stdin('a', '1\n2'), stdin('b', '1\n'), stdin('c', '3')];
    const file = write('a.jsonl', { ...sampleTask('t1'), cases });
    const stored = async () =>
      (await withStore((store) => store.task('t1')))?.cases?.map((one) => 'input' in one && one.input);
    const { code, stdout, stderr } = await place.tiebreak(['import', file]);
    assert.deepEqual([code, stdout], [0, '1 task added\n']);
    assert.match(stderr, /^2 inputs do not end with a newline, .*--end-inputs/);
    assert.deepEqual(await stored(), ['1\n2', '1\n', '3']);
    const again = await place.tiebreak(['import', '--end-inputs', file]);
    assert.deepEqual(again, { code: 0, stdout: '1 updated\n', stderr: '' });
    assert.deepEqual(await stored(), ['1\n2\n', '1\n', '3\n']);
  });

  it('reads a folder and its subfolders, in the order of their names', async () => {
    mkdirSync(place.path('tasks/deep'), { recursive: true });
    write('tasks/b.jsonl', sampleTask('t2'));
    write('tasks/a.ndjson', sampleTask('t1'));
    write('tasks/deep/c.jsonl', sampleTask('t3'));
    write('tasks/readme.txt', 'no tasks here');
    const { code, stdout } = await place.tiebreak(['import', 'tasks']);
    assert.deepEqual([code, stdout], [0, '3 tasks added\n']);
    assert.deepEqual(await withStore(ids), ['t1', 't2', 't3']);
  });

  it('reports invalid lines and imports valid ones', async () => {
    const file = write('a.jsonl', sampleTask('t1'), '{"id": "half', { id: 't2' }, sampleTask('t3'));
    const { code, stdout, stderr } = await place.tiebreak(['import', file]);
    assert.deepEqual([code, stdout], [1, '2 tasks added, 2 lines invalid\n']);
    const [json, fields, end] = stderr.split('\n');
    assert.match(json!, /^a\.jsonl:2:\d+: not JSON: .*\. \S/);
    assert.match(fields!, /^a\.jsonl:3(:\d+)?: .*language.*\. \S/);
    assert.equal(end, '');
    assert.deepEqual(await withStore(ids), ['t1', 't3']);
  });

  it('reports tasks that exist already, and keeps reviewed tasks', async () => {
    const file = write('a.jsonl', sampleTask('t1'), sampleTask('t2'), sampleTask('t3'));
    await place.tiebreak(['import', file]);
    await withStore((store) => store.submit(sampleReview(1, 't1')));
    write('a.jsonl', sampleTask('t1', { prompt: 'x' }), sampleTask('t2', { prompt: 'x' }), sampleTask('t3'));
    const { code, stdout, stderr } = await place.tiebreak(['import', file]);
    assert.deepEqual([code, stdout], [1, '1 updated, 1 already there, 1 kept as reviewed\n']);
    assert.equal(stderr, 'task "t1" was already reviewed and stays as it was judged\n');
  });

  it('uses the given database, else that of the environment, else that of the user', async () => {
    const file = write('a.jsonl', sampleTask('t1'));
    const env = { TIEBREAK_DB: place.path('two/env.db'), XDG_DATA_HOME: place.path('three') };
    await place.tiebreak(['import', file, '--db', 'one/named.db'], env);
    await place.tiebreak(['import', file], env);
    await place.tiebreak(['import', file], { ...env, TIEBREAK_DB: '' });
    await place.tiebreak(['import', file], { TIEBREAK_DB: '', XDG_DATA_HOME: '', HOME: place.path('four') });
    const paths = [
      'one/named.db',
      'two/env.db',
      'three/tiebreak/tiebreak.db',
      'four/.local/share/tiebreak/tiebreak.db',
    ];
    for (const path of paths) assert.deepEqual(await withStore(ids, place.path(path)), ['t1'], path);
  });

  it('reports a refused file with its line and remedy, and imports the other files', async () => {
    const first = await withStore(exported);
    const tampered = first.replace('A handles', 'A misses');
    writeFileSync(place.path('tampered.jsonl'), tampered);
    mkdirSync(place.path('empty'));
    const good = [write('a.jsonl', sampleTask('t1')), write('b.jsonl', sampleTask('t2'))];
    const env = { TIEBREAK_DB: place.path('other.db') };
    const { code, stdout, stderr } = await place.tiebreak(
      ['import', 'nowhere.jsonl', good[0]!, 'tampered.jsonl', 'empty', good[1]!],
      env,
    );
    const [missing, empty, changed, end] = stderr.split('\n');
    assert.match(missing!, /^error: nowhere\.jsonl: .*no such file.*\. Check the path/);
    assert.match(empty!, /^error: empty: the folder .*\. Choose a folder/);
    assert.match(changed!, /^error: tampered\.jsonl:2: the file is refused.* was changed.*\. \S/);
    assert.equal(end, '');
    assert.deepEqual([code, stdout], [1, '2 tasks added\n']);
    assert.deepEqual(await withStore(ids, place.path('other.db')), ['t1', 't2']);
  });

  it('fails if every file is refused, and creates no database', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['import', 'nowhere.jsonl', 'missing.jsonl']);
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /^error: nowhere\.jsonl: .*\nerror: missing\.jsonl: /);
    assert.ok(!existsSync(place.database));
  });

  it('says why a file or a database cannot be used', async () => {
    write('a.jsonl', sampleTask('t1'));
    writeFileSync(place.path('garbage.db'), 'garbage '.repeat(1000));
    mkdirSync(place.path('empty'));
    const failures: [string[], RegExp][] = [
      [['nowhere.jsonl'], /^error: nowhere\.jsonl: .*Check the path/],
      [['empty'], /^error: empty: the folder has no task file\. Choose a folder/],
      [
        ['a.jsonl', '--db', 'garbage.db'],
        /^error: .*garbage\.db: the file is not a database\. Close Tiebreak/,
      ],
    ];
    for (const [args, message] of failures) {
      const { code, stdout, stderr } = await place.tiebreak(['import', ...args]);
      assert.deepEqual([code, stdout], [3, '']);
      assert.match(stderr, message);
    }
  });
});

/** A reviewed task in the format that can be imported again. */
async function exported(store: Store): Promise<string> {
  await importTasks(store, [sampleTask('t9')]);
  await store.submit(sampleReview(1, 't9'));
  const { lines } = tiebreakJsonl.export(await collectExchangeData(store));
  return `${lines.join('\n')}\n`;
}

async function ids(store: Store): Promise<string[]> {
  const { entries } = await store.queue({ evaluator: eva }, 'position', { offset: 0, limit: 100 });
  return entries.map((entry) => entry.taskId);
}
