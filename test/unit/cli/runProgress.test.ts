import assert from 'node:assert/strict';
import { progressWords, RunProgress, type RunState } from '../../../src/cli/runProgress.ts';

const begun: RunState = { tasksDone: 0, tasksRun: 0, total: undefined, cases: 0, elapsedMs: 0 };

describe('progressWords', () => {
  const words: readonly (readonly [string, RunState])[] = [
    ['0 tasks', begun],
    ['0 of 1 task', { ...begun, total: { count: 1, isExact: true } }],
    ['0 of about 1,200 tasks', { ...begun, total: { count: 1_200, isExact: false } }],
    ['0 tasks, 2.5 cases/s', { ...begun, cases: 5, elapsedMs: 2_000 }],
    [
      '412 of 1,000 tasks, 36 cases/s, 4 min left',
      {
        tasksDone: 412,
        tasksRun: 412,
        total: { count: 1_000, isExact: true },
        cases: 5_933,
        elapsedMs: 164_800,
      },
    ],
  ];
  for (const [expected, state] of words) it(expected, () => assert.equal(progressWords(state), expected));

  it('counts the time left from the tasks that were run, not from those of an earlier run', () => {
    const state = { tasksDone: 910, tasksRun: 10, total: { count: 1_000, isExact: true }, cases: 0 };
    assert.equal(progressWords({ ...state, elapsedMs: 4_000 }), '910 of 1,000 tasks, 36 s left');
    const all = { ...state, tasksDone: 1_000 };
    assert.equal(progressWords({ ...all, elapsedMs: 4_000 }), '1,000 of 1,000 tasks', 'nothing is left');
  });

  it('rounds the time left up', () => {
    const left = (ms: number): string =>
      progressWords({
        tasksDone: 1,
        tasksRun: 1,
        total: { count: 2, isExact: true },
        cases: 0,
        elapsedMs: ms,
      });
    assert.equal(left(1), '1 of 2 tasks, 1 s left');
    assert.equal(left(59_001), '1 of 2 tasks, 1 min left');
    assert.equal(left(3_540_001), '1 of 2 tasks, 1 h left');
    assert.equal(left(7_499_000), '1 of 2 tasks, 2 h 5 min left');
  });
});

describe('the progress of a run', () => {
  let now = 0;
  const shown: string[] = [];
  const terminal = (isLive: boolean): ConstructorParameters<typeof RunProgress>[0] => ({
    isLive,
    note: (line) => void shown.push(`line: ${line}`),
    progress: (line) => void shown.push(line),
  });
  const start = (isLive: boolean): RunProgress => {
    now = 0;
    shown.length = 0;
    return new RunProgress(
      terminal(isLive),
      () => ({ count: 4, isExact: true }),
      () => now,
    );
  };

  it('is renewed in the last line of a terminal, and removed at the end', () => {
    const progress = start(true);
    now = 1_000;
    progress.caseEnded();
    progress.taskEnded(true);
    progress.show();
    progress.end();
    assert.deepEqual(shown, ['1 of 4 tasks, 1.0 cases/s, 3 s left', '']);
  });

  it('is a line every 30 seconds where there is no terminal', () => {
    const progress = start(false);
    for (now = 0; now < 61_000; now += 500) progress.show();
    progress.end();
    assert.deepEqual(shown, ['line: 0 of 4 tasks', 'line: 0 of 4 tasks', '']);
  });
});
