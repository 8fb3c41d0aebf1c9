import { folderBytes, writableFolders } from '../limits.ts';
import { scratchFolder, type SandboxJob } from '../sandbox.ts';
import type { Data, FirstProcess, Launch, OwnProgram } from './firstProcess.ts';
import { extraPaths, type Mount } from './mounts.ts';
import { bytesOf, modeOf, toBytes } from './records.ts';

/** What this machine offers; the probe determines it once. */
export interface Machine {
  readonly bwrap: string;
  /** Enforces the limits from inside the sandbox. */
  readonly first: FirstProcess;
  /** The mounts that every job gets. */
  readonly system: readonly Mount[];
  readonly seccomp: Uint8Array | undefined;
  /**
   * Forbids user namespaces inside the sandbox. If the kernel or bwrap cannot, only the system call filter
   * does.
   */
  readonly disableUserns: boolean;
  /** The user that the sandbox runs as; set only when running as root. */
  readonly dropTo: { readonly uid: number; readonly gid: number } | undefined;
  /** The path of `setpriv`, which changes the user after mounting, if installed. */
  readonly setpriv: string | undefined;
  /** The path of `nice`, which lowers the priority of idle jobs, if installed. */
  readonly nice: string | undefined;
}

/** Descriptors of a job's processes. Data descriptors start at `firstData`, in the order of `Launch.data`. */
export const descriptors = { channel: 3, report: 4, status: 5, firstData: 6 } as const;

/** The user ID inside the sandbox, the same on every machine. */
const insideUser = 1000;
const stdinPath = '/run/stdin';
const identity = {
  '/etc/passwd': `answer:x:${insideUser}:${insideUser}::${scratchFolder}:/bin/sh\n`,
  '/etc/group': `answer:x:${insideUser}:\n`,
  '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
} as const;

/** Covers the memory of the first process, which its threads show too. */
const coverMemory = [
  ['--ro-bind', '/dev/null', '/proc/1/mem'],
  ['--tmpfs', '/proc/1/task', '--remount-ro', '/proc/1/task'],
].flat();

/**
 * Builds the command that makes a sandbox for a job. If the first process waits for its job, the command depends only on what
 * the sandbox looks like: mounts, and the sizes of folders. `staged` maps host paths that the dropped user cannot reach to the places
 * where they are mounted for that user; see `stagedLaunch`.
 */
export function launchOf(
  job: SandboxJob,
  machine: Machine,
  staged: ReadonlyMap<string, string> = new Map(),
): Launch {
  const { first } = machine;
  const data: Data[] = [];
  /** Adds `piece` to the data and returns the number of its descriptor. */
  const feed = (piece: Data): string => String(descriptors.firstData + data.push(piece) - 1);
  const own = first.records === undefined ? jobArguments(job, feed) : { files: [], environment: [] };
  const argv = [
    isolation(machine),
    first.endsWithHost ? [] : ['--die-with-parent'],
    machine.seccomp === undefined ? [] : ['--seccomp', feed(machine.seccomp)],
    machine.system.flatMap(mountArguments),
    ['--proc', '/proc', '--dev', '/dev', '--ro-bind', '/proc/sys', '/proc/sys'],
    first.needsCover ? coverMemory : [],
    scratchSpace(job),
    // Mount toolchains after the scratch folders, which would otherwise cover a toolchain below /tmp.
    extraPaths(job.readOnly ?? []).flatMap((path) => ['--ro-bind', staged.get(path) ?? path, path]),
    Object.entries(identity).flatMap(([path, text]) => fileArguments('0444', feed(toBytes(text)), path)),
    first.program === undefined ? [] : programArguments(first.program, feed),
    own.files,
    // Remount read-only last, since nothing can be added afterwards: only scratch folders stay writable.
    ['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', scratchFolder],
    own.environment,
    ['--json-status-fd', String(descriptors.status), '--'],
    first.command(job, job.stdin === undefined ? '/dev/null' : stdinPath),
  ].flat();
  return { program: machine.bwrap, argv, data, first, user: machine.dropTo };
}

/** A job's files, input and environment, for a first process that does not take them. */
function jobArguments(
  job: SandboxJob,
  feed: (piece: Data) => string,
): { readonly files: string[]; readonly environment: string[] } {
  const isCrowded = job.files.length > mostWithMode;
  const files = job.files.flatMap((file) => {
    const mode = modeOf(file);
    const path = `${scratchFolder}/${file.path}`;
    const words = fileArguments(mode.toString(8).padStart(4, '0'), feed(bytesOf(file)), path);
    return isCrowded && mode === usualMode ? words.slice(2) : words;
  });
  const input = job.stdin === undefined ? [] : fileArguments('0444', feed(toBytes(job.stdin)), stdinPath);
  return {
    files: [...input, ...files],
    environment: Object.entries(job.env).flatMap(([name, value]) => ['--setenv', name, value]),
  };
}

/**
 * Where paths that the dropped user cannot reach are mounted for that user, and the program that changes the
 * user.
 */
export interface Stage {
  readonly setpriv: string;
  readonly folder: string;
  readonly paths: readonly string[];
}

/**
 * When running as root, the dropped user cannot reach a toolchain in a closed folder (a Python under /root).
 * An outer bwrap, still root, mounts exactly these paths in a folder of a private mount namespace, then
 * changes the user.
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

/** Gives the job its own namespaces, and an identity that is the same on every machine. */
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

const usualMode = 0o644;

/**
 * bwrap takes at most 9000 arguments, also if they come from a descriptor. Beyond this number of files, those with the
 * usual mode are passed without it and can be written by everybody in the sandbox, in which there is only one user.
 */
const mostWithMode = 1500;

/** bwrap copies the descriptor into a new file and creates the parent folders. */
function fileArguments(mode: string, descriptor: string, path: string): string[] {
  return ['--perms', mode, '--file', descriptor, path];
}

function programArguments(program: OwnProgram, feed: (piece: Data) => string): string[] {
  const { path, inside, reachable } = program;
  return reachable ? ['--ro-bind', path, inside] : fileArguments('0555', feed(program), inside);
}

function scratchSpace(job: SandboxJob): string[] {
  const size = String(folderBytes(job));
  return writableFolders(job).flatMap((path) => ['--perms', '1777', '--size', size, '--tmpfs', path]);
}

function mountArguments(mount: Mount): string[] {
  return mount.kind === 'bind'
    ? ['--ro-bind', mount.path, mount.path]
    : ['--symlink', mount.target, mount.path];
}
