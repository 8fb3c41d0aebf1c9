import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { sampleId, sampleReview, sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';

describe('tiebreak export', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    const store = await openSqliteStore(place.database);
    await store.importTasks([sampleTask('t1'), sampleTask('t2')]);
    await store.submit(sampleReview(1, 't1'));
    await store.submit(sampleReview(2, 't2', { preference: { kind: 'tie' } }));
    await store.close();
  });
  afterEach(() => place.remove());

  it('writes everything, and takes it back to the same bytes', async () => {
    const first = await place.tiebreak(['export', '--to', 'tiebreak', '--out', 'all.jsonl']);
    assert.deepEqual([first.code, first.stdout], [0, '']);
    const env = { TIEBREAK_DB: place.path('other.db') };
    const back = await place.tiebreak(['import', 'all.jsonl'], env);
    assert.deepEqual(back, { code: 0, stdout: '2 tasks added, 2 reviews\n', stderr: '' });
    const again = await place.tiebreak(['export', '--to', 'tiebreak'], env);
    assert.equal(again.stdout, readFileSync(place.path('all.jsonl'), 'utf8'));
    assert.deepEqual(await place.tiebreak(['verify'], env), {
      code: 0,
      stdout: '2 reviews: every link holds\n',
      stderr: '',
    });
  });

  it('tells what the format cannot hold, apart from the data', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['export', '--to', 'trl']);
    assert.equal(code, 0);
    const lines = stdout.trim().split('\n');
    assert.equal(lines.length, 1);
    const { prompt, chosen } = JSON.parse(lines[0]!) as { prompt: string; chosen: string };
    assert.equal(prompt, sampleTask('t1').prompt);
    assert.equal(chosen, sampleTask('t1').answers[0]!.text);
    assert.match(stderr, /1 left out \(1 tie\)/);
    assert.match(stderr, /cannot hold: .*rationale/i);
  });

  it('leaves no half of a file where it cannot write', async () => {
    const { code, stderr } = await place.tiebreak(['export', '--to', 'trl', '--out', 'nowhere/x.jsonl']);
    assert.equal(code, 3);
    assert.match(stderr, /^error: nowhere\/x\.jsonl: .*Check the folder/);
    assert.deepEqual(
      readdirSync(place.folder).filter((name) => name.includes('part')),
      [],
    );
  });

  it('makes a portfolio of the reviews that are named', async () => {
    const named = ['export', '--to', 'portfolio', '--review', sampleId(2)];
    const { code, stdout, stderr } = await place.tiebreak(named);
    assert.equal(code, 0);
    assert.match(stdout, /^# Reviews\n\n## A python task\n.*equally good/s);
    assert.equal(stdout.match(/^### Review$/gm)?.length, 1);
    assert.match(stderr, /Exported 1 record as Portfolio/);
    const unknown = await place.tiebreak([...named, '--review', sampleId(9)]);
    assert.equal(unknown.code, 3);
    assert.match(unknown.stderr, new RegExp(`there is no review, ideal or rubric "${sampleId(9)}"`));
    const other = await place.tiebreak(['export', '--to', 'trl', '--review', sampleId(2)]);
    assert.deepEqual([other.code, other.stdout], [2, '']);
    assert.match(other.stderr, /--review goes with --to portfolio only/);
  });

  it('names the formats there are', async () => {
    for (const args of [['export'], ['export', '--to', 'csv']]) {
      const { code, stderr } = await place.tiebreak(args);
      assert.equal(code, 2);
      assert.match(stderr, /tiebreak, trl/);
    }
  });
});
