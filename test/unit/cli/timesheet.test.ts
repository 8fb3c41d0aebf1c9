import assert from 'node:assert/strict';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { Workplace } from './tiebreak.ts';

describe('tiebreak timesheet', () => {
  let place: Workplace;
  before(async () => {
    place = new Workplace();
    const store = await openSqliteStore(place.database);
    const time = {
      taskId: 't1',
      work: 'review',
      startedAt: '2026-11-30T08:00:00.000Z',
      day: '2026-11-30',
    } as const;
    await store.addTime([
      { ...time, person: 'eva', activeMs: 3_600_000, idleMs: 60_000 },
      { ...time, person: 'otto', activeMs: 1_000, idleMs: 0 },
    ]);
    await store.close();
  });
  after(() => place.remove());

  it('prints a person’s time as CSV', async () => {
    const { code, stdout } = await place.tiebreak(['timesheet', '--csv', '--as', 'eva']);
    assert.deepEqual(
      [code, stdout],
      [0, 'day,task,title,work,record,active_s,idle_s\r\n2026-11-30,t1,,review,,3600,60\r\n'],
    );
  });

  it('estimates earnings at a rate, and refuses an invalid rate', async () => {
    const { stdout } = await place.tiebreak(['timesheet', '--as', 'eva', '--rate', '30', '--weeks', '2']);
    assert.match(stdout, /1:00:00 a week × 30 an hour × 2 weeks = 60\.00/);
    const { code, stderr } = await place.tiebreak(['timesheet', '--rate', 'x']);
    assert.equal(code, 2);
    assert.match(stderr, /invalid --rate "x": give a number above 0/);
  });
});
