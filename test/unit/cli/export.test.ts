import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { sampleId, sampleReview, sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';
import { importTasks } from '../../fixtures/imports.ts';

describe('tiebreak export', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    const store = await openSqliteStore(place.database);
    await importTasks(store, [sampleTask('t1'), sampleTask('t2')]);
    await store.submit(sampleReview(1, 't1'));
    await store.submit(sampleReview(2, 't2', { preference: { kind: 'tie' } }));
    await store.close();
  });
  afterEach(() => place.remove());

  it('writes everything, and restores it to the same bytes', async () => {
    const first = await place.tiebreak(['export', '--to', 'tiebreak', '--out', 'all.jsonl']);
    assert.deepEqual([first.code, first.stdout], [0, '']);
    const env = { TIEBREAK_DB: place.path('other.db') };
    const back = await place.tiebreak(['import', 'all.jsonl'], env);
    assert.deepEqual(back, { code: 0, stdout: '2 tasks added, 2 reviews\n', stderr: '' });
    const again = await place.tiebreak(['export', '--to', 'tiebreak'], env);
    assert.equal(again.stdout, readFileSync(place.path('all.jsonl'), 'utf8'));
    assert.deepEqual(await place.tiebreak(['verify'], env), {
      code: 0,
      stdout: '2 reviews: every link is valid\n',
      stderr: '',
    });
  });

  it('reports what the format cannot hold, separately from the data', async () => {
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

  it('merges equal rows on request, only in formats of pairs', async () => {
    const store = await openSqliteStore(place.database);
    await store.submit(sampleReview(3, 't1', { evaluator: 'ilse' }));
    await store.close();
    const every = await place.tiebreak(['export', '--to', 'trl']);
    assert.equal(every.stdout.trim().split('\n').length, 2);
    assert.match(every.stderr, /1 row is equal to others/);
    const once = await place.tiebreak(['export', '--to', 'trl', '--merge-equal']);
    assert.equal(once.stdout.trim().split('\n').length, 1);
    assert.match(once.stderr, /1 equal row was merged/);
    const refused = await place.tiebreak(['export', '--to', 'tiebreak', '--merge-equal']);
    assert.deepEqual([refused.code, refused.stdout], [2, '']);
    assert.match(refused.stderr, /valid only with --to trl, trl-chat, trl-unpaired, openai-dpo/);
  });

  it('leaves no partial file if writing fails', async () => {
    const { code, stderr } = await place.tiebreak(['export', '--to', 'trl', '--out', 'nowhere/x.jsonl']);
    assert.equal(code, 3);
    assert.match(stderr, /^error: nowhere\/x\.jsonl: .*Check the folder/);
    assert.deepEqual(
      readdirSync(place.folder).filter((name) => name.includes('part')),
      [],
    );
  });

  it('makes a portfolio of the given reviews', async () => {
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
    assert.match(other.stderr, /--review is valid only with --to portfolio/);
  });

  it('lists the known formats', async () => {
    for (const args of [['export'], ['export', '--to', 'csv']]) {
      const { code, stderr } = await place.tiebreak(args);
      assert.equal(code, 2);
      assert.match(stderr, /tiebreak, trl/);
    }
  });
});
