import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createSandbox } from '../../../../../src/runner/sandbox/choose.ts';
import type { Conversation } from '../../../../../src/runner/sandbox/sandbox.ts';
import { skipBecause } from '../../../../skip.ts';
import { until } from '../../../../until.ts';
import { helperPath, nativeDir, sandbox, textOf, tight, underTest } from '../../harness.ts';

describe('a ready sandbox', () => {
  const prepared = createSandbox({ nativeDir, ready: 2 });
  const { runShell, runPython } = underTest(prepared);
  const fresh = underTest(sandbox);

  before(function () {
    if (!existsSync(helperPath)) skipBecause(this, 'the helper was not compiled');
  });
  afterEach(() => prepared.dispose?.());

  /** Sandboxes are made ahead once a job of their kind has come for the second time. */
  async function twoReady(): Promise<number[]> {
    for (let n = 0; n < 2; n++) await runShell('true');
    await until(() => waiting().length === 2);
    return waiting();
  }

  it('looks as one that was made for its job, and has the same limits', async () => {
    const facts = `
import os, resource as r
print(sorted(os.environ.items()), os.getcwd(), os.getpid(), os.getsid(0), os.uname().nodename, oct(os.umask(0)))
print([r.getrlimit(getattr(r, name)) for name in sorted(dir(r)) if name.startswith("RLIMIT_")])
print(sorted(os.listdir("/proc/self/fd")), os.listdir("."), os.listdir("/tmp"), os.stat(0).st_size)
for line in open("/proc/self/mountinfo"): print(line.split()[3:6], line.split(" - ")[1].split()[2:])
for line in open("/proc/self/status"):
    if line.startswith(("Uid", "Gid", "Groups", "Cap", "NoNewPrivs", "Seccomp", "Sig")): print(line)
`;
    const job = {
      files: [{ path: 'a/b.txt', text: 'text' }],
      stdin: 'input',
      env: { PATH: '/usr/bin', A: 'b' },
    };
    const expected = textOf((await fresh.runPython(facts, job)).stdout);
    assert.match(expected, /seclabel|rw|ro/);
    await runPython(facts, job);
    await runPython(facts, job);
    await until(() => waiting().length === 2);
    assert.equal(textOf((await runPython(facts, job)).stdout), expected);
  });

  it('ends a program at the limits of its job', async () => {
    await twoReady();
    const { end } = await runShell('while :; do :; done', { limits: { ...tight, cpuMs: 200 } });
    assert.equal(end, 'cpu');
    await twoReady();
    const source = 'x = []\nwhile True: x.append(b"x" * 1_000_000)';
    assert.equal((await runPython(source)).end, 'memory');
  });

  it('is used once: a program finds nothing of the one before', async () => {
    await twoReady();
    const leave = 'echo mine | tee a /tmp/a /dev/shm/a; sleep 60 & find /scratch /tmp /dev/shm -type f';
    const first = '/scratch/a\n/tmp/a\n/dev/shm/a\n';
    for (let n = 0; n < 4; n++) assert.equal(textOf((await runShell(leave)).stdout), `mine\n${first}`);
  });

  it('is replaced if it has died', async () => {
    const died = await twoReady();
    for (const pid of died) process.kill(pid, 'SIGKILL');
    await until(() => !waiting().some((pid) => died.includes(pid)));
    assert.equal(textOf((await runShell('echo alive')).stdout), 'alive\n');
    await until(async () => {
      await runShell('true');
      return waiting().length === 2;
    });
  });

  it('has other limits than the job: then the job gets a new one', async () => {
    await twoReady();
    const { stdout } = await runShell('df -k --output=size /tmp | tail -1', {
      limits: { ...tight, fileBytes: 3 << 20 },
    });
    assert.equal(textOf(stdout).trim(), String(4 << 10));
  });

  it('is not given to an idle job, whose priority is lower, nor made for one', async () => {
    const ready = await twoReady();
    const priority = "cut -d' ' -f19 /proc/self/stat";
    for (let n = 0; n < 3; n++)
      assert.equal(textOf((await runShell(priority, { isIdle: true })).stdout), '19\n');
    assert.deepEqual(waiting(), ready);
    for (let n = 0; n < 3; n++) assert.equal(textOf((await runShell(priority)).stdout), '0\n');
  });

  it('is not given to a program that the host talks to', async () => {
    const ready = await twoReady();
    const talk = ({ input, channel }: Conversation): void => {
      // The second line, larger than a pipe, is written only when the first has been answered.
      channel.once('data', () => input.end(`${'b'.repeat(1 << 17)}\n`));
      input.write('a\n');
    };
    const answer = 'while read -r line; do echo ${#line} >&3; done; echo end >&3';
    const { channel, end } = await runShell(answer, { channel: true, talk });
    assert.deepEqual([end, textOf(channel)], ['exit', '1\n131072\nend\n']);
    assert.deepEqual(waiting(), ready);
  });

  it('ends when a job is cancelled', async () => {
    await twoReady();
    const controller = new AbortController();
    const running = runShell('sleep 9', {}, controller.signal);
    await until(() => waiting().length === 3);
    controller.abort();
    assert.equal((await running).end, 'cancelled');
    await until(() => waiting().length === 0);
  });

  it('ends with the starter, and so does a running job; the next job gets another starter', async () => {
    await twoReady();
    const running = runShell('sleep 9');
    await until(() => waiting().length === 3);
    const all = waiting();
    const starter = children(process.pid).find((pid) => descendants(pid).includes(all[0]!));
    process.kill(starter!, 'SIGKILL');
    const { end, reason } = await running;
    assert.deepEqual([end, reason], ['failed', 'the process that starts sandboxes has ended']);
    await until(() => !all.some(isFirst));
    assert.equal(textOf((await runShell('echo alive')).stdout), 'alive\n');
  });

  it('ends when the sandbox is disposed of', async () => {
    await twoReady();
    prepared.dispose?.();
    await until(() => waiting().length === 0);
  });
});

/** The first processes of sandboxes below this process, also those with a job. */
function waiting(): number[] {
  return descendants(process.pid).filter((pid) => read(`/proc/${pid}/comm`) === 'helper\n' && isFirst(pid));
}

function isFirst(pid: number): boolean {
  return /^NSpid:\s.*\s1$/m.test(read(`/proc/${pid}/status`));
}

function descendants(pid: number): number[] {
  return children(pid).flatMap((child) => [child, ...descendants(child)]);
}

function children(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // The process has exited.
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
