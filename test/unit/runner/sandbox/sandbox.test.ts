import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMissingSandbox } from '../../../../src/runner/sandbox/none.ts';
import { stackReason } from '../../../../src/runner/sandbox/stack.ts';
import { describeEach, inContainers, textOf, tight } from '../harness.ts';

describeEach('the sandbox', ({ sandbox, runJob, runPython, runShell }) => {
  it('reports its kind, and whether its figures are approximate', async () => {
    const status = await sandbox.status();
    assert.ok(status.usable);
    assert.equal(status.approximate, /figures|approximate/.test(status.notes.join('\n')));
  });

  it('returns the output, the exit status and the figures', async () => {
    const outcome = await runPython(
      'import sys, time; print("out"); print("err", file=sys.stderr); time.sleep(0.1); sys.exit(3)',
    );
    assert.equal(outcome.end, 'exit');
    assert.equal(outcome.exit, 3);
    assert.equal(outcome.signal, null);
    assert.equal(textOf(outcome.stdout), 'out\n');
    assert.equal(textOf(outcome.stderr), 'err\n');
    assert.ok(outcome.wallMs > 0 && outcome.cpuMs > 0 && outcome.peakBytes > 1 << 20);
  });

  it('always returns figures of the program, never of the machine', async () => {
    // While a sandbox is being made, its first process still sees the processes of the host.
    for (let n = 0; n < (inContainers ? 4 : 40); n++) {
      const outcome = await runShell('sleep 0.01');
      assert.equal(outcome.end, 'exit');
      assert.ok(
        outcome.peakBytes < 32 << 20 && outcome.cpuMs < 500,
        `${outcome.peakBytes}, ${outcome.cpuMs}`,
      );
    }
  });

  it('sets the stack instead of inheriting it from the shell that started the editor', async () => {
    const limits = 'ulimit -S -s; ulimit -H -s';
    assert.equal(textOf((await runShell(limits)).stdout), 'unlimited\nunlimited\n');
    const small = { ...tight, stackBytes: 4 << 20 };
    assert.equal(textOf((await runShell(limits, { limits: small })).stdout), '4096\n4096\n');
  });

  it('counts the stack as memory, and says that the stack filled it', async () => {
    const source = `
import sys
sys.setrecursionlimit(1 << 30)
def deep(n): return max(deep(n + 1) for _ in range(1))
deep(0)
`;
    const { end, reason, peakBytes } = await runPython(source, { limits: { ...tight, cpuMs: 8000 } });
    assert.deepEqual([end, reason], ['memory', stackReason(tight)]);
    assert.ok(peakBytes < 2 * tight.memoryBytes, `${peakBytes} bytes`);
  });

  it('gives an idle job the lowest priority, which its programs cannot raise', async () => {
    const priority = "cut -d' ' -f19 /proc/self/stat";
    const usual = textOf((await runShell(priority)).stdout);
    const idle = await runShell(`${priority}; renice -n 0 -p $$ 2>/dev/null; ${priority}`, { isIdle: true });
    assert.deepEqual([usual, textOf(idle.stdout)], ['0\n', '19\n19\n']);
  });

  it('names the signal that ended a program', async () => {
    const outcome = await runShell('kill -SEGV $$');
    assert.deepEqual([outcome.exit, outcome.signal], [null, 'SIGSEGV']);
  });

  it('reports a missing program', async () => {
    const outcome = await runJob({ argv: ['/no/such/program'] });
    assert.equal(outcome.exit, 127);
    assert.match(textOf(outcome.stderr), /No such file/);
  });

  it('runs the program even if the shell has a builtin of that name', async () => {
    assert.equal(textOf((await runJob({ argv: ['echo', '-e', 'a'] })).stdout), 'a\n');
    for (const argv of [['exit', '3'], ['exec', 'true'], ['-c', 'x'], ['ulimit', '-a'], ['']]) {
      assert.equal((await runJob({ argv })).exit, 127, argv.join(' '));
    }
  });

  it('rejects invalid arguments without throwing', async () => {
    const outcome = await runJob({ argv: ['/bin/echo', 'a\0b'] });
    assert.equal(outcome.end, 'failed');
    assert.match(outcome.reason ?? '', /null bytes/);
  });

  it('writes files with their bytes and modes, and passes the input as a file', async () => {
    const outcome = await runShell('cat a/b.txt; ./run.sh; cat /dev/stdin; od -An -tx1 raw', {
      files: [
        { path: 'a/b.txt', text: 'héllo\n' },
        { path: 'run.sh', bytes: new TextEncoder().encode('#!/bin/sh\necho ran\n'), mode: 0o755 },
        { path: 'raw', bytes: new Uint8Array([0, 255, 10]) },
      ],
      stdin: 'input\n',
    });
    assert.equal(textOf(outcome.stdout), 'héllo\nran\ninput\n 00 ff 0a\n');
  });

  it('writes files whose names look like something else', async () => {
    const names = ['-rf', '--', '$(touch x)', 'a b;c', '*', 'quo\'te"', 'né\u202e', '%s\n'];
    const outcome = await runPython('import os; print(sorted(os.listdir("."))==sorted(eval(input())))', {
      files: names.map((path) => ({ path, text: path })),
      stdin: JSON.stringify(names),
    });
    assert.equal(textOf(outcome.stdout), 'True\n');
  });

  it('passes exactly the environment of the job', async () => {
    process.env['TIEBREAK_TEST_SECRET'] = 'hunter2';
    const outcome = await runShell('env; cat /proc/1/environ /proc/self/environ', {
      env: { WORD: 'x y', PATH: '/usr/bin' },
    });
    delete process.env['TIEBREAK_TEST_SECRET'];
    const printed = textOf(outcome.stdout).replaceAll('\0', '\n');
    assert.match(printed, /^WORD=x y$/m);
    const names = new Set([...printed.matchAll(/^(\w+)=/gm)].map((match) => match[1]));
    // A shell sets PWD and _ for its own children.
    assert.deepEqual(
      [...names].filter((name) => !['WORD', 'PATH', 'PWD', '_', 'OLDPWD', 'SHLVL'].includes(name!)),
      [],
    );
  });

  it('collects the requested files, and only regular files of the job', async () => {
    const outcome = await runShell(
      'printf abc > out; ln -s /etc/passwd link; mkdir folder; printf "" > empty; printf "f 1\\nend" > frames',
      {
        collect: ['out', 'link', 'folder', 'empty', 'gone', 'frames'],
      },
    );
    assert.deepEqual([...outcome.collected.keys()], ['out', 'empty', 'frames']);
    assert.equal(textOf(outcome.collected.get('out')), 'abc');
    assert.equal(textOf(outcome.collected.get('empty')), '');
    assert.equal(textOf(outcome.collected.get('frames')), 'f 1\nend');
  });

  it('separates the channel from the output, and closes it unless requested', async () => {
    const open = await runShell('echo printed; echo sent >&3', { channel: true });
    assert.equal(textOf(open.stdout), 'printed\n');
    assert.equal(textOf(open.channel), 'sent\n');
    const shut = await runShell('echo sent >&3 || true');
    assert.equal(textOf(shut.channel), '');
    assert.match(textOf(shut.stderr), /Bad file descriptor|3/);
  });

  it('shows the files that a toolchain needs and nothing else, wherever they are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiebreak-test-'));
    try {
      mkdirSync(join(folder, 'shown'));
      writeFileSync(join(folder, 'shown/file'), 'shown\n');
      writeFileSync(join(folder, 'secret'), 'secret\n');
      const shown = join(folder, 'shown');
      const outcome = await runShell(
        `cat ${shown}/file ${folder}/secret; ls ${folder}; echo x > ${shown}/new`,
        {
          readOnly: [shown],
        },
      );
      assert.equal(textOf(outcome.stdout), 'shown\nshown\n');
      assert.match(textOf(outcome.stderr), /secret: No such file[^]*Read-only file system/);
      assert.deepEqual(readdirSync(shown), ['file']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives every program the same name, user and folders', async () => {
    const outcome = await runShell('id -un; id -u; uname -n; pwd; ls -A /; ls -A /tmp /dev/shm');
    const lines = textOf(outcome.stdout).split('\n');
    // A container has the users of its image, and an engine always shows /sys, read-only.
    const [user, others] = inContainers
      ? [
          ['nobody', '65534'],
          ['home', 'mnt'],
        ]
      : [
          ['answer', '1000'],
          ['home', 'mnt', 'sys'],
        ];
    assert.deepEqual(lines.slice(0, 4), [...user, 'sandbox', '/scratch']);
    assert.deepEqual(
      lines.filter((line) => others.includes(line)),
      [],
    );
  });
});

describe('a platform without a sandbox', () => {
  it('reports what is missing with the remedy, and runs nothing', async () => {
    for (const platform of ['freebsd', 'aix'] as const) {
      const missing = createMissingSandbox(platform);
      const status = await missing.status();
      assert.ok(!status.usable);
      assert.match(status.missing, /sandbox/);
      assert.match(status.remedy, /Linux|WSL/);
      await assert.rejects(missing.run({ argv: ['/bin/true'], files: [], env: {}, limits: {} as never }));
    }
  });
});
