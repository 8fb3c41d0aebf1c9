import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/core/run.ts';
import { containerCommand, createContainerSandbox } from '../../../src/runner/sandbox-container.ts';
import type { SandboxJob } from '../../../src/runner/sandbox.ts';

const job: SandboxJob = {
  argv: ['C:\\Python\\python.EXE', 'main.py'],
  files: [{ path: 'main.py', text: 'print(1)' }],
  env: { PATH: '/usr/bin' },
  limits: { ...defaultLimits, memoryBytes: 256 << 20, processes: 8 },
  readOnly: ['/opt/python'],
};
const parts = { program: 'podman', image: 'answers:1' };

describe('the sandbox of a container', () => {
  const { program, argv, script } = containerCommand(job, { ...parts, platform: 'win32' });
  const line = argv.join(' ');

  it('has no network, no rights and no image from elsewhere', () => {
    assert.equal(program, 'podman');
    for (const flags of [
      'run --interactive --rm --name tiebreak-',
      '--pull never',
      '--network none',
      '--read-only',
      '--cap-drop ALL --security-opt no-new-privileges --user 65534:65534',
      '--entrypoint /bin/sh answers:1 -s',
    ])
      assert.ok(line.includes(flags), flags);
    assert.doesNotMatch(line, /--privileged|--volume|docker\.sock/);
  });

  it('has limits', () => {
    for (const flags of [
      `--memory ${256 << 20} --memory-swap ${256 << 20}`,
      '--ulimit cpu=11:11',
      `--ulimit fsize=${64 << 20}:${64 << 20}`,
      '--ulimit core=0:0',
      `--tmpfs /scratch:rw,exec,nosuid,nodev,mode=1777,size=${65 << 20}`,
      `--shm-size ${65 << 20}`,
    ])
      assert.ok(line.includes(flags), flags);
    assert.match(line, /--pids-limit \d+ /);
  });

  it('runs the image’s program by name, or on Linux the host’s own, shown read-only', () => {
    assert.match(script, /exec 'python' 'main\.py'/);
    assert.doesNotMatch(line, /--mount/);
    const linux = containerCommand(
      { ...job, argv: ['/opt/python/bin/python3'] },
      { ...parts, platform: 'linux' },
    );
    assert.match(linux.script, /exec '\/opt\/python\/bin\/python3'/);
    assert.match(linux.argv.join(' '), /--mount type=bind,src=\/opt\/python,dst=\/opt\/python,readonly/);
    assert.doesNotMatch(linux.argv.join(' '), /dst=[^ ]*(?<!readonly)( |$)/);
  });

  it('gives each job a name of its own, by which it is ended', () => {
    const nameOf = (words: readonly string[]): string | undefined => words[words.indexOf('--name') + 1];
    const other = containerCommand(job, { ...parts, platform: 'win32' });
    assert.notEqual(nameOf(argv), nameOf(other.argv));
  });

  it('says what is missing', async () => {
    const status = await createContainerSandbox({ image: undefined, platform: 'win32' }).status();
    assert.ok(!status.usable);
    assert.match(status.mend, /tiebreak\.containerImage.*WSL/);
  });
});
