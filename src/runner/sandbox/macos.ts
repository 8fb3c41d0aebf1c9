import { access } from 'node:fs/promises';
import type { JobFolder } from './local/folder.ts';
import { createGroupSandbox, runInGroup, type Contain } from './local/group.ts';
import { defaultLimits } from '../../core/run/run.ts';
import type { Sandbox, SandboxJob, SandboxStatus } from './sandbox.ts';

const program = '/usr/bin/sandbox-exec';

/** The paths that programs of the system and of Homebrew read. Nothing in `/Users`. */
const systemFolders = [
  '/usr',
  '/bin',
  '/sbin',
  '/System',
  '/Library/Apple',
  '/Library/Developer/CommandLineTools',
  '/Library/Java',
  '/Applications/Xcode.app/Contents/Developer',
  '/opt/homebrew',
  '/private/etc/ssl',
  '/private/var/db/dyld',
  '/private/var/db/timezone',
];

/**
 * macOS: `sandbox-exec` with our own profile, which denies everything not named. macOS has no PID namespaces,
 * so limits on the whole tree and the killing of processes that leave their group are best effort.
 */
export function createMacSandbox(): Sandbox {
  let found: Promise<SandboxStatus> | undefined;
  return createGroupSandbox('sandbox-exec', () => (found ??= probe()), contain);
}

const contain: Contain = (command, folder, job) => [program, '-p', profile(folder, job), ...command];

/**
 * The sandbox's rules in Apple's profile language: read the named paths, write in the job's folder, no
 * network.
 */
export function profile(folder: Pick<JobFolder, 'scratch' | 'temporary' | 'stdin'>, job: SandboxJob): string {
  const subpaths = (paths: readonly string[]): string =>
    paths.map((path) => `(subpath ${quoted(path)})`).join(' ');
  const own = subpaths([folder.scratch, folder.temporary]);
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-fork process-exec)',
    '(allow signal (target same-sandbox))',
    '(allow sysctl-read)',
    // Resolving a path needs the metadata of each folder on the way, not its content.
    '(allow file-read-metadata)',
    '(allow file-read* (literal "/"))',
    `(allow file-read* ${subpaths([...systemFolders, ...(job.readOnly ?? [])])})`,
    `(allow file-read* ${own} (literal ${quoted(folder.stdin)}))`,
    // No flags, owners or set-id bits: files that a job leaves behind are removable and harmless.
    `(allow file-write-create file-write-data file-write-unlink file-write-mode file-write-times ${own})`,
    '(deny file-write-setugid)',
    '(allow file-read* (literal "/dev/null") (literal "/dev/zero") (literal "/dev/random") (literal "/dev/urandom") (subpath "/dev/fd"))',
    '(allow file-write-data (literal "/dev/null") (subpath "/dev/fd"))',
    '(allow ipc-posix-sem)',
  ].join('\n');
}

function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Succeeds if the program can write its folder and cannot see the user's home folder. */
const hello: SandboxJob = {
  argv: ['/bin/sh', '-c', '! ls /Users/* >/dev/null 2>&1 && echo > written'],
  files: [],
  env: {},
  limits: { ...defaultLimits, wallMs: 10_000 },
};

async function probe(): Promise<SandboxStatus> {
  const kind = 'sandbox-exec';
  const remedy = 'Install Docker or Podman, or open the folder on a Linux machine or in a Linux container';
  try {
    await access(program);
  } catch {
    return { usable: false, kind, missing: `the program ${program}`, remedy };
  }
  const outcome = await runInGroup(hello, contain);
  if (outcome.end !== 'exit' || outcome.exit !== 0) {
    const words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
    return { usable: false, kind, missing: `a working sandbox (${words})`, remedy };
  }
  return { usable: true, kind, approximate: true, notes: macNotes, talks: true };
}

const macNotes = [
  'times and memory are approximate: they come from listing the processes',
  'daemons and fork bombs are killed only if they can be found, and memory is watched, not limited',
];
