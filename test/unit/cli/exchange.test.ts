import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { sampleReview, sampleTask } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';
import { importTasks } from '../../fixtures/imports.ts';

describe('tiebreak exchange', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    mkdirSync(place.path('shared'));
    const store = await openSqliteStore(place.database);
    await importTasks(store, [sampleTask('t1')]);
    await store.submit(sampleReview(1, 't1'));
    await store.close();
  });
  afterEach(() => place.remove());

  const ines = (): NodeJS.ProcessEnv => ({ TIEBREAK_DB: place.path('ines.db') });

  it('passes reviews from one evaluator to another', async () => {
    const first = await place.tiebreak(['exchange', 'shared', '--as', 'eva']);
    assert.deepEqual(first, {
      code: 0,
      stdout: '1 of your records written; nothing to import\n',
      stderr: '',
    });
    const second = await place.tiebreak(['exchange', 'shared', '--as', 'ines'], ines());
    assert.deepEqual(second, {
      code: 0,
      stdout: '0 of your records written; 1 task added, 1 review\n',
      stderr: '',
    });
  });

  it('names the first invalid record of a file, and exits with 1', async () => {
    await place.tiebreak(['exchange', 'shared', '--as', 'eva']);
    const file = place.path('shared/eva.tiebreak.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('A handles', 'A misses'));
    const { code, stdout, stderr } = await place.tiebreak(['exchange', 'shared', '--as', 'ines'], ines());
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error: shared\/eva\.tiebreak\.jsonl:2: the file is refused because review .* was changed/,
    );
    assert.equal(stdout, '0 of your records written; nothing to import\n');
  });
});
