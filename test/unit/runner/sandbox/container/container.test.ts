import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../../src/core/run/run.ts';
import { createHelper } from '../../../../../src/runner/sandbox/bubblewrap/helper.ts';
import {
  containerCommand,
  type ContainerParts,
} from '../../../../../src/runner/sandbox/container/command.ts';
import { createContainerSandbox } from '../../../../../src/runner/sandbox/container/container.ts';
import { folderBytes, memoryWithFiles } from '../../../../../src/runner/sandbox/limits.ts';
import type { SandboxJob } from '../../../../../src/runner/sandbox/sandbox.ts';

const job: SandboxJob = {
  argv: ['C:\\Python\\python.EXE', 'main.py'],
  files: [{ path: 'main.py', text: 'print(1)' }],
  env: { PATH: '/usr/bin' },
  folders: ['/testbed'],
  limits: { ...defaultLimits, memoryBytes: 256 << 20, processes: 8 },
  readOnly: ['/opt/python'],
};

const parts: ContainerParts = {
  engine: { program: '/usr/bin/docker', options: [], memoryOptions: '' },
  image: 'answers:1',
  helper: createHelper({
    path: '/home/me, too/helper',
    reachable: true,
    tasksPerNamespace: false,
    cgroups: undefined,
  }),
  hostSystem: undefined,
  mostProcesses: undefined,
};

describe('the sandbox of a container', () => {
  const { program, argv, inside } = containerCommand(job, parts);
  const line = argv.join(' ');

  it('has no network, no privileges and downloads no image', () => {
    assert.equal(program, '/usr/bin/docker');
    for (const flags of [
      'run --interactive --rm --name tiebreak-',
      '--pull never --log-driver none',
      '--network none',
      '--read-only',
      '--user 65534:65534 --cap-drop ALL --security-opt no-new-privileges',
      '--entrypoint /run/helper answers:1 container',
    ])
      assert.ok(line.includes(flags), flags);
    assert.doesNotMatch(line, /--privileged|--volume|docker\.sock/);
  });

  it('has the kernel’s limits around those of the helper', () => {
    for (const flags of [
      `--memory ${memoryWithFiles(job)} --memory-swap ${memoryWithFiles(job)}`,
      '--ulimit nofile=512:512 --ulimit core=0:0',
      `--tmpfs /scratch:rw,exec,nosuid,nodev,mode=1777,size=${folderBytes(job)} `,
      '--tmpfs /testbed:rw',
      `--shm-size ${folderBytes(job)}`,
    ])
      assert.ok(line.includes(flags), flags);
    assert.match(line, /--pids-limit \d+ /);
    assert.doesNotMatch(line, /nproc=\d+:/);
    const limited = containerCommand(job, { ...parts, mostProcesses: 4000 });
    assert.ok(limited.argv.includes('nproc=4000:4000'));
  });

  it('runs the image’s program by name, or on Linux the host’s own, shown read-only', () => {
    assert.deepEqual(inside.argv, ['python', 'main.py']);
    assert.ok(argv.includes('type=bind,"src=/home/me, too/helper",dst=/run/helper,readonly'));
    assert.equal(argv.filter((word) => word === '--mount').length, 1);
    const linux = containerCommand(
      { ...job, argv: ['/opt/python/bin/python3'] },
      { ...parts, hostSystem: ['/usr', '/bin'] },
    );
    assert.deepEqual(linux.inside.argv, ['/opt/python/bin/python3']);
    const shown = linux.argv.filter((_, index) => linux.argv[index - 1] === '--mount');
    assert.deepEqual(shown.slice(0, 3), [
      'type=bind,src=/usr,dst=/usr,readonly',
      'type=bind,src=/bin,dst=/bin,readonly',
      'type=bind,src=/opt/python,dst=/opt/python,readonly',
    ]);
  });

  it('names each job, to end it by its name', () => {
    const nameOf = (words: readonly string[]): string | undefined => words[words.indexOf('--name') + 1];
    const other = containerCommand(job, parts);
    assert.notEqual(nameOf(argv), nameOf(other.argv));
    assert.deepEqual(other.remove, ['rm', '--force', nameOf(other.argv)]);
  });

  it('says what is missing', async () => {
    const options = { nativeDir: undefined, image: undefined, platform: 'win32' } as const;
    const status = await createContainerSandbox(options).status();
    assert.ok(!status.usable);
    assert.match(`${status.missing}. ${status.remedy}`, /"podman" or "docker".*WSL|compiled helper.*package/);
  });
});
