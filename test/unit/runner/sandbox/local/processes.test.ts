import assert from 'node:assert/strict';
import { parseProcesses, processesOf } from '../../../../../src/runner/sandbox/local/processes.ts';

const listed = parseProcesses(`
    1     0     1  1000 00:00:09
  100     1   100  2000 00:01:02
  101   100   100  3000   0:01.50
  102   101   102  4000 1-02:03:04
  103     1   100     0 00:00:00
  200     1   200   500 00:00:00
  201   102   201   500 00:00:00
`);

describe('a listing of processes', () => {
  it('is read on Linux and on macOS', () => {
    assert.deepEqual(
      listed.map(({ cpuMs }) => cpuMs),
      [9000, 62_000, 1500, 93_784_000, 0, 0, 0],
    );
    assert.deepEqual(listed[1], { pid: 100, parent: 1, group: 100, bytes: 2000 * 1024, cpuMs: 62_000 });
  });

  it('finds the processes of a job: its group and all descendants', () => {
    const pids = processesOf(100, listed).map(({ pid }) => pid);
    assert.deepEqual(
      pids.toSorted((a, b) => a - b),
      [100, 101, 102, 103, 201],
    );
  });
});
