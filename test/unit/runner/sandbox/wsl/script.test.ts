import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../../src/core/run/run.ts';
import type { SandboxJob, SandboxOutcome } from '../../../../../src/runner/sandbox/sandbox.ts';
import { readStdioReport } from '../../../../../src/runner/sandbox/wsl/run.ts';
import { jobScript } from '../../../../../src/runner/sandbox/wsl/script.ts';
import { needsSandbox, sandbox, textOf } from '../../harness.ts';

/** Runs the script as the shell in WSL would, in the sandbox of this machine, and reads what it prints. */
async function runScript(job: Partial<SandboxJob>, prepare = ''): Promise<SandboxOutcome | undefined> {
  const full: SandboxJob = { argv: [], files: [], env: {}, limits: defaultLimits, ...job };
  const outcome = await sandbox.run({
    argv: ['/bin/sh', '-s'],
    files: [],
    env: { PATH: '/usr/bin:/bin' },
    limits: { ...defaultLimits, outputBytes: 8 << 20 },
    stdin: jobScript(full, { argv: full.argv, prepare }),
  });
  return readStdioReport(outcome.stdout, full);
}

const shell = (source: string): Pick<SandboxJob, 'argv'> => ({ argv: ['/bin/sh', '-c', source] });

describe('a job through standard input and output', () => {
  before(needsSandbox());

  it('returns the output, the channel and the status', async () => {
    const outcome = await runScript({
      ...shell('cat; echo err >&2; echo told >&3; exit 3'),
      stdin: 'input\n',
      channel: true,
    });
    assert.ok(outcome !== undefined);
    assert.deepEqual([outcome.end, outcome.exit, outcome.signal], ['exit', 3, null]);
    assert.deepEqual([outcome.stdout, outcome.stderr, outcome.channel].map(textOf), [
      'input\n',
      'err\n',
      'told\n',
    ]);
  });

  it('writes files with any names and bytes, and collects only regular files', async () => {
    const names = ['a/b.txt', '-rf', '$(touch x)', 'quo\'te"', '*', '.'.repeat(5)];
    const outcome = await runScript({
      argv: [
        '/usr/bin/python3',
        '-c',
        'import os\nprint(sorted(os.listdir(".")))\nos.symlink("/etc/passwd", "link")\nprint(open("raw", "rb").read())',
      ],
      files: [
        ...names.map((path) => ({ path, text: '.\nEOF\n' })),
        { path: 'raw', bytes: new Uint8Array([0, 255, 10]) },
      ],
      collect: ['raw', 'link', 'none', 'quo\'te"'],
    });
    assert.ok(outcome !== undefined);
    const listed = ['a', ...names.slice(1), 'raw'].toSorted();
    assert.equal(
      textOf(outcome.stdout).split('\n')[0]?.replaceAll('\\', ''),
      `[${listed.map((name) => (name.includes("'") ? `'quo'te"'` : `'${name}'`)).join(', ')}]`,
    );
    assert.deepEqual([...outcome.collected.keys()], ['raw', 'quo\'te"']);
    assert.deepEqual([...outcome.collected.get('raw')!], [0, 255, 10]);
  });

  it('closes the channel unless requested, and protects the rest of the script', async () => {
    const outcome = await runScript(shell('cat; echo x >&3'));
    assert.deepEqual([textOf(outcome?.stdout), outcome?.exit], ['', 2]);
  });

  it('reports the exceeded limit', async () => {
    const limits = { ...defaultLimits, outputBytes: 1000, cpuMs: 100 };
    const flood = await runScript({ ...shell('head -c 5000 /dev/zero'), limits });
    assert.deepEqual([flood?.end, flood?.stdout.length], ['output', 1000]);
    assert.equal((await runScript({ ...shell('while :; do :; done'), limits }, 'ulimit -t 1;'))?.end, 'cpu');
    assert.deepEqual((await runScript(shell('kill -SEGV $$')))?.signal, 'SIGSEGV');
  });

  it('ignores a truncated report', () => {
    const job = { argv: [], files: [], env: {}, limits: defaultLimits };
    for (const text of ['', 'ready\n', 'ready\nend 0\n', 'ready\nend 0\n0m0.0s 0m0.0s\n0m0.0s 0m0.0s\n'])
      assert.equal(readStdioReport(new TextEncoder().encode(text), job), undefined, text);
  });
});
