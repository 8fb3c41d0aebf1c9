import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { containersVariable } from '../../../scripts/lib/outerNamespace.mjs';
import { systemFolders } from '../../../src/runner/sandbox/bubblewrap/mounts.ts';
import { findProgram } from '../../../src/runner/toolchains/findProgram.ts';

// Podman with images and containers of its own, apart from those of the user. Everything that it needs to know is in the two
// files in which a user would write it, and which the environment names.

const execute = promisify(execFile);

/** A usable Podman, or why there is none. */
export type TestPodman = { readonly image: string } | { readonly absent: string };

let found: Promise<TestPodman> | undefined;

/** The Podman of this process; everything that it stores is removed when the process exits. */
export function testPodman(): Promise<TestPodman> {
  return (found ??= setUp());
}

async function setUp(): Promise<TestPodman> {
  if (process.platform !== 'linux') return { absent: 'containers are tested on Linux' };
  const podman = await findProgram('podman');
  if (podman === undefined)
    return { absent: 'the program "podman" is missing (sudo apt-get install podman)' };
  const folder = mkdtempSync(join(process.env[containersVariable] ?? tmpdir(), 'tiebreak-podman-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  configure(folder);
  try {
    return { image: await createImage(podman, folder) };
  } catch (error) {
    return { absent: `podman cannot run containers here: ${wordsOf(error)}` };
  }
}

/** Copies of files for each container, and groups made without systemd, work on every machine. */
function configure(folder: string): void {
  const place = (name: string): string => JSON.stringify(join(folder, name));
  const runtime = ['/usr/bin/runc', '/usr/sbin/runc'].find((path) => existsSync(path));
  const engine = [
    '[engine]',
    'cgroup_manager = "cgroupfs"',
    'events_logger = "none"',
    ...(runtime === undefined ? [] : ['runtime = "runc"']),
    `tmp_dir = ${place('state')}`,
  ];
  const storage = [
    '[storage]',
    'driver = "vfs"',
    `graphroot = ${place('images')}`,
    `runroot = ${place('running')}`,
  ];
  for (const [variable, lines] of Object.entries({
    CONTAINERS_CONF: engine,
    CONTAINERS_STORAGE_CONF: storage,
  })) {
    const path = join(folder, variable);
    writeFileSync(path, `${lines.join('\n')}\n`);
    process.env[variable] = path;
  }
}

/** An image without programs: on Linux, those of the host are shown in it. Rejects if not even a plain container works. */
async function createImage(podman: string, folder: string): Promise<string> {
  const image = 'localhost/tiebreak-test';
  const [root, archive] = [join(folder, 'root'), join(folder, 'root.tar')];
  for (const name of ['tmp', 'etc']) mkdirSync(join(root, name), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  writeFileSync(join(root, 'etc/passwd'), 'nobody:x:65534:65534:nobody:/:/bin/sh\n');
  await execute('tar', ['-C', root, '-cf', archive, '.']);
  await execute(podman, ['import', archive, image]);
  const shown = systemFolders().flatMap((path) => ['--volume', `${path}:${path}:ro`]);
  const limits = ['--ulimit', 'nofile=512:512', '--ulimit', 'nproc=1000:1000'];
  await execute(podman, ['run', '--rm', '--network', 'none', ...limits, ...shown, image, '/bin/true']);
  return image;
}

function wordsOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr ?? message).trim().slice(-500);
}
