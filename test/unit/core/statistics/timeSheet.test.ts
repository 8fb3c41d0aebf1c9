import assert from 'node:assert/strict';
import type { WorkedEntry } from '../../../../src/core/review/workedTime.ts';
import {
  estimate,
  timeRows,
  timeSheetCsv,
  timeSheetMarkdown,
} from '../../../../src/core/statistics/timeSheet.ts';

const entry = (
  day: string,
  taskId: string,
  activeMs: number,
  more: Partial<WorkedEntry> = {},
): WorkedEntry => ({
  person: 'eva',
  taskId,
  work: 'review',
  startedAt: '2026-11-30T08:00:00.000Z',
  day,
  activeMs,
  idleMs: 1_000,
  title: undefined,
  recordId: undefined,
  ...more,
});
const entries = [
  entry('2026-11-29', 't1', 1_800_000, { title: 'Sum, "all"', recordId: 'r1' }),
  entry('2026-11-30', 't1', 900_000, { title: 'Sum, "all"' }),
  entry('2026-11-30', '=t2', 900_000, { work: 'inspection' }),
];

describe('the time sheet', () => {
  it('sums active and idle time by day, task and record', () => {
    assert.deepEqual(timeRows(entries, 'day'), [
      { name: '2026-11-29', activeMs: 1_800_000, idleMs: 1_000 },
      { name: '2026-11-30', activeMs: 1_800_000, idleMs: 2_000 },
    ]);
    assert.deepEqual(
      timeRows(entries, 'task').map(({ name, activeMs }) => [name, activeMs]),
      [
        ['Sum, "all"', 2_700_000],
        ['=t2', 900_000],
      ],
    );
    assert.deepEqual(
      timeRows(entries, 'record').map(({ name }) => name),
      ['Sum, "all": review r1', 'Sum, "all": unfinished review', '=t2: unfinished inspection'],
    );
  });

  it('is CSV that no spreadsheet runs', () => {
    assert.equal(
      timeSheetCsv(entries),
      [
        'day,task,title,work,record,active_s,idle_s',
        '2026-11-29,t1,"Sum, ""all""",review,r1,1800,1',
        '2026-11-30,t1,"Sum, ""all""",review,,900,1',
        "2026-11-30,'=t2,,inspection,,900,1",
        '',
      ].join('\r\n'),
    );
  });

  it('estimates hours a week × rate × weeks, over the weeks with work', () => {
    // A Sunday and the Monday after it: two weeks of half an hour each.
    assert.equal(estimate(entries, { hourly: 40, weeks: 4 }), 80);
    assert.equal(estimate([], { hourly: 40, weeks: 4 }), 0);
    assert.match(
      timeSheetMarkdown(entries, { hourly: 40, weeks: 4 }),
      /0:30:00 a week × 40 an hour × 4 weeks = 80\.00/,
    );
    assert.doesNotMatch(timeSheetMarkdown(entries), /Estimate/);
    assert.match(timeSheetMarkdown([]), /No time has been recorded/);
  });
});
