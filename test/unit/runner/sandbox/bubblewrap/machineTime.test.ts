import assert from 'node:assert/strict';
import { createBubblewrapSandbox } from '../../../../../src/runner/sandbox/bubblewrap/bubblewrap.ts';
import {
  parseMachineTime,
  waitedForOthersMs,
  type MachineClock,
} from '../../../../../src/runner/sandbox/bubblewrap/machineTime.ts';
import { nativeDir, needsSandbox, underTest } from '../../harness.ts';

describe('the time of the machine', () => {
  const stat =
    'cpu  9 9 9 999 9 0\ncpu0 1 2 3 100 20 0\ncpu1 1 2 3 50 0 0\ncpu11 1 2 3 7 0 0\nintr 5 5 5 5 5 5\n';

  it('is that of the processors that the process may use', () => {
    const of = (list: string) => parseMachineTime(stat, `Cpus_allowed:\tf\nCpus_allowed_list:\t${list}\n`);
    assert.deepEqual(of('0'), { processors: 1, idleMs: 1200 });
    assert.deepEqual(of('0-1'), { processors: 2, idleMs: 1700 });
    assert.deepEqual(of('0,8-11'), { processors: 2, idleMs: 1270 });
    assert.deepEqual(parseMachineTime('', ''), { processors: 0, idleMs: 0 });
  });

  it('bounds how long a job waited for others', () => {
    const idle = (idleMs: number) => ({ processors: 2, idleMs });
    const job = { wallMs: 1000, cpuMs: 100 };
    assert.equal(waitedForOthersMs(job, idle(500), idle(2400)), 0);
    assert.equal(waitedForOthersMs(job, idle(500), idle(500)), 950);
    assert.equal(waitedForOthersMs(job, idle(500), idle(1400)), 500);
    assert.equal(waitedForOthersMs({ wallMs: 1000, cpuMs: 2000 }, idle(0), idle(0)), 0);
  });
});

describe('a crowd of processes', () => {
  before(needsSandbox());

  /** 30 processes that start together, and then each want a processor for 10 ms. */
  const crowd = `
import os, time
start, go = os.pipe()
for _ in range(30):
    if os.fork() == 0:
        os.close(go); os.read(start, 1)
        end = time.process_time() + 0.01
        while time.process_time() < end: pass
        time.sleep(0.05); os._exit(0)
os.close(go)
for _ in range(30): os.wait()
`;
  /** Idle for hours between two readings. */
  let readings = 0;
  const idle: MachineClock = () => ({ processors: 2, idleMs: 1e9 * readings++ });
  const busy: MachineClock = () => ({ processors: 1000, idleMs: 0 });
  const kinds = { 'the compiled helper': nativeDir, 'a shell and watching': undefined };
  for (const [kind, helpers] of Object.entries(kinds)) {
    const waited = async (clock: MachineClock): Promise<number> => {
      const sandbox = createBubblewrapSandbox({ nativeDir: helpers }, clock);
      return (await underTest(sandbox).runPython(crowd)).waitedMs;
    };

    it(`waits for itself on a machine that is idle otherwise: ${kind}`, async () => {
      assert.equal(await waited(idle), 0);
    });

    it(`waits for others on a machine that is never idle: ${kind}`, async () => {
      assert.ok((await waited(busy)) > 0);
    });
  }
});
