import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultLimits } from '../../../../../src/core/run/run.ts';
import { findCgroupPlace } from '../../../../../src/runner/sandbox/bubblewrap/cgroup.ts';
import { roomInFolders } from '../../../../../src/runner/sandbox/limits.ts';
import { skipBecause } from '../../../../skip.ts';
import { until } from '../../../../until.ts';
import { helperPath, sandbox, textOf, underTest } from '../../harness.ts';

const limits = { ...defaultLimits, memoryBytes: 100 << 20, processes: 8 };
const job = { argv: ['/bin/true'], files: [], env: {}, limits };
/** Above the helper's limit, and with room for the files in memory. */
const memoryLimit = String((125 << 20) + roomInFolders(job));

// Ordinary folders stand in for control groups: the tests read there what the kernel would receive.
describe('control groups', () => {
  let mount: string;
  let init: ChildProcess;
  const membership = (): string => join(mount, 'membership');
  const find = () => findCgroupPlace({ mount, membership: membership() });
  function write(path: string, text: string): void {
    mkdirSync(dirname(join(mount, path)), { recursive: true });
    writeFileSync(join(mount, path), text);
  }

  before(() => (init = spawn('sleep', ['600'])));
  after(() => init.kill());
  beforeEach(() => {
    mount = mkdtempSync(join(tmpdir(), 'tiebreak-cgroup-'));
    write('membership', '0::/user.slice/user@1000.service/app.slice/code.scope\n');
    write('cgroup.controllers', 'cpu memory pids\n');
    write('cgroup.subtree_control', 'cpu memory pids\n');
    write('user.slice/user@1000.service/app.slice/cgroup.subtree_control', 'memory pids\n');
    write('user.slice/user@1000.service/app.slice/code.scope/cgroup.subtree_control', '\n');
  });
  afterEach(() => rmSync(mount, { recursive: true }));

  /** The only group of a job below a folder. */
  function groupIn(folder: string): string {
    const groups = readdirSync(folder).filter((name) => name.startsWith('tiebreak-'));
    assert.equal(groups.length, 1);
    return join(folder, groups[0]!);
  }

  it('are created in the nearest group that delegates memory and pids', () => {
    assert.equal(find()?.folder, join(mount, 'user.slice/user@1000.service/app.slice'));
  });

  it('that were left behind are removed', () => {
    const left = join(find()!.folder, 'tiebreak-left');
    mkdirSync(left);
    find();
    assert.ok(!existsSync(left));
  });

  it('are not used without delegation', () => {
    write('cgroup.subtree_control', 'cpu\n');
    write('user.slice/user@1000.service/app.slice/cgroup.subtree_control', 'pids\n');
    assert.equal(find(), undefined);
    write('membership', '4:memory:/a\n');
    assert.equal(find(), undefined);
    rmSync(membership());
    assert.equal(find(), undefined);
  });

  it('have room for the input, which is in memory', () => {
    const place = find()!;
    const watch = place.enter(init.pid!, { ...job, stdin: 'x'.repeat((2 << 20) + 1) });
    const group = groupIn(place.folder);
    assert.equal(Number(readFileSync(join(group, 'memory.max'), 'utf8')), Number(memoryLimit) + (3 << 20));
    watch.stop();
  });

  it('get limits and the first process, and report that the kernel killed a process', async () => {
    const place = find()!;
    const watch = place.enter(init.pid!, job);
    const group = groupIn(place.folder);
    const read = (name: string): string => readFileSync(join(group, name), 'utf8');
    await until(() => existsSync(join(group, 'cgroup.procs')) && Number(read('cgroup.procs')) === init.pid);
    // This stand-in for a kernel does not count swap.
    assert.deepEqual(readdirSync(group).toSorted(), ['cgroup.procs', 'memory.max', 'pids.max']);
    assert.equal(read('memory.max'), memoryLimit);
    // More than the helper allows: the helper should report the limit, not the kernel.
    assert.ok(Number(read('pids.max')) > limits.processes + 32);
    writeFileSync(join(group, 'memory.events'), 'low 0\noom 1\noom_kill 2\n');
    assert.equal(watch.stop().end, 'memory');
  });

  it('of version 1 are created in the memory group of this process', async () => {
    rmSync(join(mount, 'cgroup.controllers'));
    write('membership', '5:cpu,cpuacct:/\n4:memory:/session\n3:pids:/\n0::/\n');
    write('memory/session/tasks', '');
    const place = find()!;
    assert.equal(place.folder, join(mount, 'memory/session'));
    const watch = place.enter(init.pid!, job);
    const group = groupIn(place.folder);
    await until(() => existsSync(join(group, 'cgroup.procs')));
    assert.deepEqual(readdirSync(group).toSorted(), ['cgroup.procs', 'memory.limit_in_bytes']);
    assert.equal(readFileSync(join(group, 'memory.limit_in_bytes'), 'utf8'), memoryLimit);
    writeFileSync(join(group, 'memory.oom_control'), 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n');
    assert.equal(watch.stop().end, 'memory');
  });

  it('are optional: a job runs without a group that cannot be created', () => {
    const place = find()!;
    rmSync(place.folder, { recursive: true });
    assert.deepEqual(place.enter(init.pid!, job).stop(), { cpuMs: 0, peakBytes: 0, waitedMs: 0 });
  });
});

describe('the control groups of this machine', () => {
  const place = findCgroupPlace();
  const { runShell } = underTest(sandbox);
  before(function () {
    if (place === undefined) skipBecause(this, 'this process may create no control groups');
    if (!existsSync(helperPath)) skipBecause(this, 'the helper was not compiled');
  });

  it('contain a program and what it started before, and are removed at the end', async () => {
    const waiting =
      'until grep -q tiebreak- /proc/self/cgroup; do :; done; grep -o "tiebreak-.*" /proc/self/cgroup';
    const outcome = await runShell(`(${waiting}) & ${waiting}; wait`);
    const groups = textOf(outcome.stdout).trim().split('\n');
    assert.equal(groups.length, 2);
    assert.equal(groups[0], groups[1]);
    await until(() => !existsSync(join(place!.folder, groups[0]!)));
  });
});
