import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { SandboxJob, SandboxOutcome } from '../../../../../src/runner/sandbox/sandbox.ts';
import { createUnsandboxed } from '../../../../../src/runner/sandbox/unsandboxed.ts';
import { until } from '../../../../until.ts';
import { processesWith, textOf, tight } from '../../harness.ts';

// Our own, harmless programs: nothing hostile is started without a sandbox.

const unsandboxed = createUnsandboxed();
function run(source: string, job: Partial<SandboxJob> = {}, signal?: AbortSignal): Promise<SandboxOutcome> {
  return unsandboxed.run(
    { argv: ['/bin/sh', '-c', source], files: [], env: { PATH: '/usr/bin:/bin' }, limits: tight, ...job },
    signal,
  );
}

const jobFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('tiebreak-job-'));

describe('a job as a process group', () => {
  before(function () {
    if (!existsSync('/bin/bash') || !existsSync('/bin/ps')) this.skip();
  });

  it('returns the output, the status, the channel and the requested files', async () => {
    const outcome = await run('cat; echo told >&3; echo "$WORD" >out; ln -s /etc/passwd link; exit 3', {
      stdin: 'input\n',
      channel: true,
      env: { WORD: 'x', PATH: '/usr/bin:/bin' },
      collect: ['out', 'link', '../stdin', 'none'],
    });
    assert.deepEqual([outcome.end, outcome.exit], ['exit', 3], outcome.reason);
    assert.deepEqual([textOf(outcome.stdout), textOf(outcome.channel)], ['input\n', 'told\n']);
    assert.deepEqual([...outcome.collected.keys()], ['out']);
  });

  it('sets the stack', async () => {
    const limits = 'ulimit -S -s; ulimit -H -s';
    assert.equal(textOf((await run(limits)).stdout), 'unlimited\nunlimited\n');
    const small = await run(limits, { limits: { ...tight, stackBytes: 4 << 20 } });
    assert.equal(textOf(small.stdout), '4096\n4096\n');
  });

  it('shows its folder by the name that it has in every sandbox', async () => {
    const outcome = await run('pwd; cat /scratch/a 2>&1; ls "$0"', {
      argv: ['/bin/sh', '-c', 'pwd; ls "$0"; cat "$HOME/a"', '/scratch'],
      env: { HOME: '/scratch', PATH: '/usr/bin:/bin' },
      files: [{ path: 'a', text: 'b\n' }],
    });
    assert.equal(textOf(outcome.stdout), '/scratch\na\nb\n');
  });

  it('gets nothing of the person’s environment', async () => {
    process.env['TIEBREAK_TEST_SECRET'] = 'hunter2';
    const outcome = await run('env');
    delete process.env['TIEBREAK_TEST_SECRET'];
    assert.doesNotMatch(textOf(outcome.stdout), /hunter2|HOME=\/root/);
  });

  it('ends with its group at a limit, when it is cancelled, and when it leaves something behind', async () => {
    const mark = randomUUID();
    const sleeping = `sh -c 'sleep 20; : ${mark}' &`;
    const late = await run(`${sleeping} sleep 20`, { limits: { ...tight, wallMs: 200 } });
    assert.equal(late.end, 'wall');
    const stop = new AbortController();
    const cancelled = run(`${sleeping} sleep 20`, {}, stop.signal);
    await until(() => processesWith(mark).length > 0);
    stop.abort();
    assert.equal((await cancelled).end, 'cancelled');
    assert.equal((await run(`${sleeping} exit 0`)).end, 'exit');
    assert.deepEqual(processesWith(mark), []);
  });

  it('is ended for too much output, processor time and memory', async () => {
    assert.equal((await run('head -c 200000 /dev/zero')).end, 'output');
    assert.equal(
      (await run('timeout 100 sh -c "while :; do :; done"', { limits: { ...tight, wallMs: 200_000 } })).end,
      'cpu',
    );
    const python = '/usr/bin/python3';
    if (!existsSync(python)) return;
    const source = 'x = b"x" * 200_000_000; import time; time.sleep(3)';
    assert.equal((await run('', { argv: [python, '-c', source] })).end, 'memory');
  });

  it('leaves no file, whatever permissions it removed', async () => {
    const before = jobFolders();
    await run('mkdir -p a/b; echo x > a/b/c; chmod 000 a/b a; mkdir "$TMPDIR/d"');
    assert.deepEqual(jobFolders(), before);
  });

  it('writes no file outside of its folder, even if an answer names one', async () => {
    const outcome = await run('true', { files: [{ path: '../../escaped', text: '' }] });
    assert.equal(outcome.end, 'failed');
  });
});
