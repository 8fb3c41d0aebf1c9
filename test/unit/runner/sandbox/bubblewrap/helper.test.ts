import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { defaultLimits } from '../../../../../src/core/run/run.ts';
import { createHelper } from '../../../../../src/runner/sandbox/bubblewrap/helper.ts';
import type { SandboxJob } from '../../../../../src/runner/sandbox/sandbox.ts';
import { skipBecause } from '../../../../skip.ts';
import { helperPath as path, sandbox, textOf, tight, underTest } from '../../harness.ts';

const { runPython, runShell } = underTest(sandbox);

describe('the compiled helper', () => {
  before(function () {
    if (!existsSync(path)) skipBecause(this, 'the helper was not compiled');
  });

  it('refuses to be anything but the first process of a sandbox', () => {
    const { status, stderr } = spawnSync(path, ['--', '/bin/true'], { encoding: 'utf8' });
    assert.deepEqual(
      [status, stderr],
      [125, 'This is the first process of a sandbox and runs nowhere else.\n'],
    );
  });

  it('needs no library of the system', () => {
    // An interpreter (the dynamic linker) would be named in the program's head.
    assert.ok(!readFileSync(path).subarray(0, 4096).includes('/lib'));
  });

  it('counts processor time to the millisecond, children and threads too', async () => {
    const source = `
import os, threading, time
def spin():
    end = time.thread_time() + 0.05
    while time.thread_time() < end: pass
before = time.process_time()
spin()
thread = threading.Thread(target=spin); thread.start(); thread.join()
if os.fork() == 0:
    spin(); os._exit(0)
os.wait()
`;
    const outcome = await runPython(source);
    assert.equal(outcome.end, 'exit');
    const { cpuMs: start } = await runPython('import os, threading, time');
    const spun = outcome.cpuMs - start;
    assert.ok(outcome.cpuMs >= 150 && spun < 250, `${outcome.cpuMs} ms, ${start} of them to start`);
  });

  it('counts children that nobody waits for', async () => {
    const source = `
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(100):
    if os.fork() == 0:
        end = time.process_time() + 0.1
        while time.process_time() < end: pass
        os._exit(0)
    try: os.wait()
    except OSError: pass
`;
    assert.equal((await runPython(source)).end, 'cpu');
  });

  it('reports the peak of the largest process, or of all together if that is higher', async () => {
    const one = await runPython('x = bytearray(b"x" * 40_000_000)');
    assert.ok(one.peakBytes > 40e6 && one.peakBytes < 100e6, `${one.peakBytes}`);
    // The children stay until the helper has had time for many looks at all of them together.
    const source = `
import os, time
filled, write = os.pipe()
for _ in range(3):
    if os.fork() == 0:
        x = b"x" * 20_000_000
        os.write(write, b"x"); time.sleep(9); os._exit(0)
for _ in range(3): os.read(filled, 1)
time.sleep(0.5)
`;
    const three = await runPython(source);
    assert.ok(three.peakBytes > 60e6 && three.peakBytes < 110e6, `${three.peakBytes}`);
  });

  it('gives pipes, so that a program can open its output by path', async () => {
    const outcome = await runShell(
      'echo a > /dev/stdout; echo b > /dev/stderr; echo c > /dev/fd/3; [ -p /dev/stdout ]',
      { channel: true },
    );
    assert.deepEqual([outcome.stdout, outcome.stderr, outcome.channel].map(textOf), ['a\n', 'b\n', 'c\n']);
    assert.equal(outcome.exit, 0);
  });

  it('passes on all output up to the limit, and reports the limit', async () => {
    const all = await runPython(`import os; os.write(1, b"x" * ${tight.outputBytes})`);
    assert.deepEqual([all.end, all.stdout.length], ['exit', tight.outputBytes]);
    const more = await runPython(`import os; os.write(1, b"x" * ${tight.outputBytes + 1})`);
    assert.deepEqual([more.end, more.stdout.length], ['output', tight.outputBytes]);
    assert.ok(more.cpuMs > 0 && more.peakBytes > 0);
  });

  it('reports memory before output if both limits are exceeded', async () => {
    const source = 'import os; x = bytearray(b"x" * 180_000_000); os.write(1, b"x" * 1_000_000)';
    assert.equal((await runPython(source)).end, 'memory');
  });

  it('says why it could not run a program', async () => {
    const collect = Array.from({ length: 65 }, (_, index) => `out${index}`);
    const { end, reason } = await runShell('true', { collect });
    assert.deepEqual([end, reason], ['failed', 'unknown option: Invalid argument']);
  });

  it('does not mistake a process that starts or exits for one that hides what it has', async () => {
    const source = `
import os
files = [os.dup(0) for _ in range(80)]
for file in files: os.set_inheritable(file, True)
for _ in range(14):
    if os.fork() == 0:
        for _ in range(5):
            if os.fork() == 0: os.execv("/bin/true", ["true"])
            os.wait()
        os._exit(0)
for _ in range(14): os.wait()
`;
    const limits = { ...tight, cpuMs: 8000, wallMs: 60_000, processes: 40 };
    const { end, reason } = await runPython(source, { limits });
    assert.deepEqual([end, reason], ['exit', undefined]);
  });

  it('cannot be manipulated by the program', async () => {
    const source = `
import os, resource, signal
def refused(what, act):
    try: act(); print(what)
    except (OSError, PermissionError): pass
for name in ("fd", "mem", "maps", "root", "cwd", "exe", "environ"):
    path = "/proc/1/" + name
    refused(name, lambda: os.listdir(path) if name in ("fd", "root", "cwd") else open(path, "rb").read(1))
for fd in range(0, 8): refused(fd, lambda: open("/proc/1/fd/%d" % fd, "w"))
refused("prlimit", lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0)))
refused("affinity", lambda: os.sched_setaffinity(1, [0]))
refused("policy", lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)))
refused("nice", lambda: os.setpriority(os.PRIO_PROCESS, 1, 19))
refused("nice of all", lambda: os.setpriority(os.PRIO_USER, 0, 19))
refused("nice of group", lambda: os.setpriority(os.PRIO_PGRP, 1, 19))
for s in range(1, 65):
    try: os.kill(1, s)
    except OSError: pass
print(os.getpid())
`;
    const outcome = await runPython(source);
    assert.deepEqual([outcome.end, outcome.exit], ['exit', 0], textOf(outcome.stderr));
    assert.equal(textOf(outcome.stdout), '2\n');
  });

  it('gives the program none of its descriptors, and a session and limits of its own', async () => {
    const outcome = await runPython(
      'import os, resource as r; print(sorted(os.listdir("/proc/self/fd"))[:3], os.getsid(0) == os.getpid(), [r.getrlimit(k)[1] for k in (r.RLIMIT_CORE, r.RLIMIT_NOFILE, r.RLIMIT_FSIZE, r.RLIMIT_DATA)])',
    );
    const limits = [0, 512, tight.fileBytes, tight.memoryBytes * 1.5].join(', ');
    assert.equal(textOf(outcome.stdout), `['0', '1', '2'] True [${limits}]\n`);
  });
});

describe('a report of the helper', () => {
  const helper = createHelper({
    path: '/helper',
    reachable: true,
    tasksPerNamespace: true,
    cgroups: undefined,
  });
  const line =
    '{"end":"exit","reason":"","exit":3,"signal":0,"wallUs":1500,"cpuUs":500,"peakBytes":4096,"waitedUs":0}\n';
  const read = (text: string) => helper.readReport(new TextEncoder().encode(text));

  it('is read with the files after it', () => {
    const report = read(`${line}file 1 4\na\nb\nfile 0 0\n`);
    assert.ok(report !== undefined);
    assert.deepEqual(
      [report.end, report.exit, report.signal, report.wallMs, report.cpuMs],
      ['exit', 3, null, 1.5, 0.5],
    );
    assert.deepEqual(
      [...report.files].map(([index, bytes]) => [index, textOf(bytes)]),
      [
        [1, 'a\nb\n'],
        [0, ''],
      ],
    );
  });

  it('is ignored if it is truncated, empty or something else', () => {
    for (const text of ['', 'ready\n', line.slice(0, -1), line.slice(0, 20) + '\n', '{}\n', 'end 0 1 2\n'])
      assert.equal(read(text), undefined, text);
  });

  it('names the signal that ended the program', () => {
    assert.equal(read(line.replace('"exit":3,"signal":0', '"exit":-1,"signal":11'))?.signal, 'SIGSEGV');
  });

  it('comes from a job with every limit', () => {
    const wordsOf = (job: SandboxJob) => Buffer.concat(helper.records!(job)).toString();
    const job = { argv: ['/bin/x', '-a'], files: [], env: {}, limits: defaultLimits, collect: ['out'] };
    const words = wordsOf(job);
    assert.match(words, /a.*\/bin\/x.*a.*-a/s);
    for (const word of [
      'cpu-us=10000000',
      'wall-us=32000000',
      'memory=536870912',
      'collect=./out',
      'channel=0',
    ])
      assert.ok(words.includes(word), word);
    assert.ok(wordsOf({ ...job, reservesMemory: true }).includes('data=0'));
  });
});
