import { scratchFolder, type SandboxFile, type SandboxJob } from '../sandbox.ts';
import type { FirstProcess, OwnProgram } from './first-process.ts';
import { extraPaths, type Mount } from './mounts.ts';

/** What this machine offers, found once by the probe. */
export interface Machine {
  readonly bwrap: string;
  /** Keeps the limits from inside. */
  readonly first: FirstProcess;
  /** The mounts every job has. */
  readonly system: readonly Mount[];
  readonly seccomp: Uint8Array | undefined;
  /** Forbids user namespaces inside; where the kernel or bwrap cannot, the filter does it alone. */
  readonly disableUserns: boolean;
  /** Set when running as root: the user the sandbox runs as. */
  readonly dropTo: { readonly uid: number; readonly gid: number } | undefined;
  /** The program that changes the user after mounting, where there is one. */
  readonly setpriv: string | undefined;
}

/** Descriptors of a job's processes. Data follows from `firstData` on, in the order of `Launch.data`. */
export const descriptors = { channel: 3, report: 4, status: 5, firstData: 6 } as const;

/** What is read from a data descriptor: bytes, or a file of the host. */
export type Data = Uint8Array | { readonly path: string };

/** A process to start: program, arguments, and what to feed into its data descriptors. */
export interface Launch {
  readonly program: string;
  readonly argv: readonly string[];
  readonly data: readonly Data[];
  readonly first: FirstProcess;
  /** The user to become before the program starts. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

/** The user that answers see themselves as, on every machine the same. */
const insideUser = 1000;
const stdinPath = '/run/stdin';
const identity = {
  '/etc/passwd': `answer:x:${insideUser}:${insideUser}::${scratchFolder}:/bin/sh\n`,
  '/etc/group': `answer:x:${insideUser}:\n`,
  '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
} as const;

/** Room that is there beside `fileBytes`: blocks are rounded up to pages. */
const spareBytes = 1 << 20;

/**
 * Builds the command for a job. `staged` maps host paths that the dropped user cannot reach to where they are mounted
 * for it; see `stagedLaunch`.
 */
export function launchOf(
  job: SandboxJob,
  machine: Machine,
  staged: ReadonlyMap<string, string> = new Map(),
): Launch {
  const { first } = machine;
  const data: Data[] = [];
  /** The descriptor number that `piece` can be read from. */
  const feed = (piece: Data): string => String(descriptors.firstData + data.push(piece) - 1);
  const stdin = job.stdin === undefined ? undefined : toBytes(job.stdin);
  const argv = [
    isolation(machine),
    first.endsWithHost ? [] : ['--die-with-parent'],
    machine.seccomp === undefined ? [] : ['--seccomp', feed(machine.seccomp)],
    machine.system.flatMap(mountArguments),
    ['--proc', '/proc', '--dev', '/dev', '--ro-bind', '/proc/sys', '/proc/sys'],
    scratchSpace(job),
    // After the scratch places, which would cover a toolchain that lies below /tmp.
    extraPaths(job.readOnly ?? []).flatMap((path) => ['--ro-bind', staged.get(path) ?? path, path]),
    Object.entries(identity).flatMap(([path, text]) => fileArguments('0444', feed(toBytes(text)), path)),
    first.program === undefined ? [] : programArguments(first.program, feed),
    stdin === undefined ? [] : fileArguments('0444', feed(stdin), stdinPath),
    job.files.flatMap((file) =>
      fileArguments(modeOf(file), feed(bytesOf(file)), `${scratchFolder}/${file.path}`),
    ),
    // Last, since nothing can be put into them afterwards: what is not a scratch place cannot be written to.
    ['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', scratchFolder],
    Object.entries(job.env).flatMap(([name, value]) => ['--setenv', name, value]),
    ['--json-status-fd', String(descriptors.status), '--'],
    first.command(job, stdin === undefined ? '/dev/null' : stdinPath),
  ].flat();
  return { program: machine.bwrap, argv, data, first, user: machine.dropTo };
}

/** Where paths that the dropped user cannot reach are shown to it, and by which program the user is changed. */
export interface Stage {
  readonly setpriv: string;
  readonly folder: string;
  readonly paths: readonly string[];
}

/**
 * As root, a toolchain below a closed folder (a Python under /root) is out of the dropped user's reach. An outer bwrap,
 * still root, shows exactly these paths at a place of its own in a mount namespace nobody else sees, then changes user.
 */
export function stagedLaunch(job: SandboxJob, machine: Machine, { setpriv, folder, paths }: Stage): Launch {
  const staged = new Map(paths.map((path, index) => [path, `${folder}/${index}`]));
  const inner = launchOf(job, machine, staged);
  const argv = [
    ['--dev-bind', '/', '/', '--tmpfs', folder],
    [...staged].flatMap(([path, place]) => ['--ro-bind', path, place]),
    ['--die-with-parent', '--', setpriv, `--reuid=${inner.user?.uid}`, `--regid=${inner.user?.gid}`],
    ['--clear-groups', inner.program, ...inner.argv],
  ].flat();
  return { ...inner, program: machine.bwrap, argv, user: undefined };
}

/** Namespaces of the job's own, and an identity that is the same everywhere. */
export function isolation({ disableUserns }: Pick<Machine, 'disableUserns'>): string[] {
  return [
    [
      '--unshare-user',
      '--unshare-pid',
      '--unshare-ipc',
      '--unshare-net',
      '--unshare-uts',
      '--unshare-cgroup-try',
    ],
    disableUserns ? ['--disable-userns'] : [],
    ['--uid', String(insideUser), '--gid', String(insideUser), '--hostname', 'sandbox', '--cap-drop', 'ALL'],
    ['--new-session', '--as-pid-1', '--clearenv'],
  ].flat();
}

/** bwrap copies from the descriptor into a new file; folders on the way are made. */
function fileArguments(mode: string, descriptor: string, path: string): string[] {
  return ['--perms', mode, '--file', descriptor, path];
}

function programArguments(program: OwnProgram, feed: (piece: Data) => string): string[] {
  const { path, inside, reachable } = program;
  return reachable ? ['--ro-bind', path, inside] : fileArguments('0555', feed(program), inside);
}

function scratchSpace(job: SandboxJob): string[] {
  const given = job.files.reduce((sum, file) => sum + bytesOf(file).byteLength + 4096, 0);
  const size = String(job.limits.fileBytes + given + spareBytes);
  return [scratchFolder, '/tmp', '/dev/shm', ...(job.folders ?? [])].flatMap((path) => [
    '--perms',
    '1777',
    '--size',
    size,
    '--tmpfs',
    path,
  ]);
}

function mountArguments(mount: Mount): string[] {
  return mount.kind === 'bind'
    ? ['--ro-bind', mount.path, mount.path]
    : ['--symlink', mount.target, mount.path];
}

function bytesOf(file: SandboxFile): Uint8Array {
  return 'bytes' in file ? file.bytes : toBytes(file.text);
}

function modeOf(file: SandboxFile): string {
  const mode = 'bytes' in file ? (file.mode ?? 0o644) : 0o644;
  return (mode & 0o777).toString(8).padStart(4, '0');
}

function toBytes(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
