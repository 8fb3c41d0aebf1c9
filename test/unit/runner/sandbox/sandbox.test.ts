import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMissingSandbox } from '../../../src/runner/sandbox-none.ts';
import { describeEach, textOf } from './harness.ts';

describeEach('the sandbox', ({ sandbox, runJob, runPython, runShell }) => {
  it('says what it is, and whether its figures are approximate', async () => {
    const status = await sandbox.status();
    assert.ok(status.usable);
    assert.equal(status.approximate, /figures|approximate/.test(status.notes.join('\n')));
  });

  it('gives what was printed, the exit status and the figures', async () => {
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

  it('gives figures of the program and never of the machine, however often', async () => {
    // While a sandbox is being made, its first process still sees the processes of the host.
    for (let n = 0; n < 40; n++) {
      const outcome = await runShell('sleep 0.01');
      assert.equal(outcome.end, 'exit');
      assert.ok(
        outcome.peakBytes < 32 << 20 && outcome.cpuMs < 500,
        `${outcome.peakBytes}, ${outcome.cpuMs}`,
      );
    }
  });

  it('names the signal that ended a program', async () => {
    const outcome = await runShell('kill -SEGV $$');
    assert.deepEqual([outcome.exit, outcome.signal], [null, 'SIGSEGV']);
  });

  it('says when the program is not there', async () => {
    const outcome = await runJob({ argv: ['/no/such/program'] });
    assert.equal(outcome.exit, 127);
    assert.match(textOf(outcome.stderr), /No such file/);
  });

  it('takes a program for a program, also where a shell has a command of that name', async () => {
    assert.equal(textOf((await runJob({ argv: ['echo', '-e', 'a'] })).stdout), 'a\n');
    for (const argv of [['exit', '3'], ['exec', 'true'], ['-c', 'x'], ['ulimit', '-a'], ['']]) {
      assert.equal((await runJob({ argv })).exit, 127, argv.join(' '));
    }
  });

  it('refuses arguments that no system takes, without a throw', async () => {
    const outcome = await runJob({ argv: ['/bin/echo', 'a\0b'] });
    assert.equal(outcome.end, 'failed');
    assert.match(outcome.reason ?? '', /null bytes/);
  });

  it('lays files out, with their bytes and modes, and feeds the input as a file', async () => {
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

  it('lays out files whose names are meant to be something else', async () => {
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

  it('brings back wanted files, and only real ones of their own', async () => {
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

  it('keeps the channel apart from what is printed, and shut unless it is asked for', async () => {
    const open = await runShell('echo printed; echo sent >&3', { channel: true });
    assert.equal(textOf(open.stdout), 'printed\n');
    assert.equal(textOf(open.channel), 'sent\n');
    const shut = await runShell('echo sent >&3 || true');
    assert.equal(textOf(shut.channel), '');
    assert.match(textOf(shut.stderr), /Bad file descriptor|3/);
  });

  it('shows what a toolchain needs and nothing beside it, wherever it lies', async () => {
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
    assert.deepEqual(lines.slice(0, 4), ['answer', '1000', 'sandbox', '/scratch']);
    assert.ok(!lines.includes('home') && !lines.includes('sys') && !lines.includes('mnt'));
  });
});

describe('a platform without a sandbox', () => {
  it('says what is missing and what to do, and runs nothing', async () => {
    for (const platform of ['freebsd', 'aix'] as const) {
      const missing = createMissingSandbox(platform);
      const status = await missing.status();
      assert.ok(!status.usable);
      assert.match(status.missing, /sandbox/);
      assert.match(status.mend, /Linux|WSL/);
      await assert.rejects(missing.run({ argv: ['/bin/true'], files: [], env: {}, limits: {} as never }));
    }
  });
});
