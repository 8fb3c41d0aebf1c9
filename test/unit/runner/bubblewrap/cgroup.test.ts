import assert from 'node:assert/strict';
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
import { defaultLimits } from '../../../../src/core/run.ts';
import { findCgroupPlace, groupSettings } from '../../../../src/runner/bubblewrap/cgroup.ts';
import { createHelper } from '../../../../src/runner/bubblewrap/helper.ts';

const limits = { ...defaultLimits, memoryBytes: 100 << 20, processes: 8 };

// Folders that look like control groups: what is written there is what the kernel would be told.
describe('control groups', () => {
  let mount: string;
  const membership = (): string => join(mount, 'membership');
  const find = () => findCgroupPlace({ mount, membership: membership() });
  function write(path: string, text: string): void {
    mkdirSync(dirname(join(mount, path)), { recursive: true });
    writeFileSync(join(mount, path), text);
  }

  beforeEach(() => {
    mount = mkdtempSync(join(tmpdir(), 'tiebreak-cgroup-'));
    write('membership', '0::/user.slice/user@1000.service/app.slice/code.scope\n');
    write('cgroup.controllers', 'cpu memory pids\n');
    write('cgroup.subtree_control', 'cpu memory pids\n');
    write('user.slice/user@1000.service/app.slice/cgroup.subtree_control', 'memory pids\n');
    write('user.slice/user@1000.service/app.slice/code.scope/cgroup.subtree_control', '\n');
  });
  afterEach(() => rmSync(mount, { recursive: true }));

  it('are made in the nearest group that hands memory and pids down', () => {
    assert.equal(find()?.folder, join(mount, 'user.slice/user@1000.service/app.slice'));
  });

  it('are not looked for where there is only version 1, or nothing handed down', () => {
    write('cgroup.subtree_control', 'cpu\n');
    write('user.slice/user@1000.service/app.slice/cgroup.subtree_control', 'pids\n');
    assert.equal(find(), undefined);
    write('membership', '4:memory:/a\n');
    assert.equal(find(), undefined);
    rmSync(membership());
    assert.equal(find(), undefined);
  });

  it('get the limits first and the first process last', () => {
    const settings = groupSettings(4711, limits);
    assert.deepEqual(settings[0], ['memory.max', String(125 << 20)]);
    assert.deepEqual(settings.at(-1), ['cgroup.procs', '4711']);
    // More than the helper allows: it is the one that judges.
    assert.ok(Number(Object.fromEntries(settings)['pids.max']) > limits.processes + 32);
  });

  it('are entered before the program starts, and tell what the kernel ended', () => {
    const place = find()!;
    const helper = createHelper({
      path: '/helper',
      reachable: true,
      tasksPerNamespace: true,
      cgroups: place,
    });
    assert.ok(helper.waitsForWord);
    const job = { argv: ['/bin/true'], files: [], env: {}, limits };
    assert.ok(helper.command(job, '/dev/null').includes('wait=1'));

    const watch = helper.watch(4711, limits, () => assert.fail());
    const [group] = readdirSync(place.folder).filter((name) => name.startsWith('tiebreak-'));
    assert.ok(group !== undefined);
    const read = (name: string): string => readFileSync(join(place.folder, group, name), 'utf8');
    assert.deepEqual([read('memory.max'), read('cgroup.procs')], [String(125 << 20), '4711']);
    // This pretended kernel counts no swap.
    assert.equal(existsSync(join(place.folder, group, 'memory.swap.max')), false);
    writeFileSync(join(place.folder, group, 'memory.events'), 'low 0\noom 1\noom_kill 2\n');
    assert.equal(watch.stop().end, 'memory');
  });

  it('are done without where one cannot be entered', () => {
    const place = find()!;
    rmSync(place.folder, { recursive: true });
    assert.deepEqual(place.enter(4711, limits).stop(), { cpuMs: 0, peakBytes: 0, waitedMs: 0 });
  });
});
