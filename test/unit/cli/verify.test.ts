import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { sampleId, sampleReview } from '../store/samples.ts';
import { Workplace } from './tiebreak.ts';

describe('tiebreak verify', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    const store = await openSqliteStore(place.database);
    for (const n of [1, 2, 3]) await store.submit(sampleReview(n, `t${n}`));
    await store.close();
  });
  afterEach(() => place.remove());

  it('prints the number of valid reviews', async () => {
    assert.deepEqual(await place.tiebreak(['verify']), {
      code: 0,
      stdout: '3 reviews: every link is valid\n',
      stderr: '',
    });
  });

  it('names the first invalid review, and exits with 1', async () => {
    const db = new DatabaseSync(place.database);
    db.exec(`UPDATE reviews SET json = replace(json, 'empty', 'EMPTY') WHERE seq = 2`);
    db.close();
    const { code, stdout, stderr } = await place.tiebreak(['verify', '--db', place.database]);
    assert.deepEqual([code, stderr], [1, '']);
    assert.match(stdout, new RegExp(`^review ${sampleId(2)} \\(number 2 of its chain\\): .*changed`));
  });
});
