import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { eva, sampleReview, sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';

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

  it('reads a folder and its folders, in the order of their names', async () => {
    mkdirSync(place.path('tasks/deep'), { recursive: true });
    write('tasks/b.jsonl', sampleTask('t2'));
    write('tasks/a.ndjson', sampleTask('t1'));
    write('tasks/deep/c.jsonl', sampleTask('t3'));
    write('tasks/readme.txt', 'no tasks here');
    const { code, stdout } = await place.tiebreak(['import', 'tasks']);
    assert.deepEqual([code, stdout], [0, '3 tasks added\n']);
    assert.deepEqual(await withStore(ids), ['t1', 't2', 't3']);
  });

  it('names the broken lines and keeps the good ones', async () => {
    const file = write('a.jsonl', sampleTask('t1'), '{"id": "half', { id: 't2' }, sampleTask('t3'));
    const { code, stdout, stderr } = await place.tiebreak(['import', file]);
    assert.deepEqual([code, stdout], [1, '2 tasks added, 2 lines broken\n']);
    const [json, fields, end] = stderr.split('\n');
    assert.match(json!, /^a\.jsonl:2:\d+: not JSON: .*\. \S/);
    assert.match(fields!, /^a\.jsonl:3(:\d+)?: .*language.*\. \S/);
    assert.equal(end, '');
    assert.deepEqual(await withStore(ids), ['t1', 't3']);
  });

  it('says what was there already, and keeps what was reviewed', async () => {
    const file = write('a.jsonl', sampleTask('t1'), sampleTask('t2'), sampleTask('t3'));
    await place.tiebreak(['import', file]);
    await withStore((store) => store.submit(sampleReview(1, 't1')));
    write('a.jsonl', sampleTask('t1', { prompt: 'x' }), sampleTask('t2', { prompt: 'x' }), sampleTask('t3'));
    const { code, stdout, stderr } = await place.tiebreak(['import', file]);
    assert.deepEqual([code, stdout], [1, '1 updated, 1 already there, 1 kept as reviewed\n']);
    assert.equal(stderr, 'task "t1" was reviewed already and is kept as it was judged\n');
  });

  it('uses the database that is named, then the one of the environment, then the one of the person', async () => {
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

  it('says why a file or a database cannot be used', async () => {
    write('a.jsonl', sampleTask('t1'));
    writeFileSync(place.path('garbage.db'), 'garbage '.repeat(1000));
    mkdirSync(place.path('empty'));
    const failures: [string[], RegExp][] = [
      [['nowhere.jsonl'], /^error: nowhere\.jsonl: .*Check the path/],
      [['empty'], /^error: empty: the folder holds no file of tasks\. Choose a folder/],
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

async function ids(store: Store): Promise<string[]> {
  const { entries } = await store.queue({ evaluator: eva }, 'position', { offset: 0, limit: 100 });
  return entries.map((entry) => entry.taskId);
}
