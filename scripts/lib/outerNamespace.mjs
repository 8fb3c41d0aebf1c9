import { inRoot } from './paths.mjs';
import { findProgram } from './system.mjs';

// The environment for hostile programs: an outer namespace around the sandbox under test. A program that escapes the sandbox
// finds only its own processes, an empty network, and a read-only file system whose few writable folders are in memory.

/** The repository's path in the namespace, outside of any folder that only its owner may enter. */
const checkout = '/home/checkout';

/** A user who owns nothing on this machine, like any other ordinary user. */
const stranger = '54321';

/** The size of each writable folder, in bytes. */
const scratchBytes = String(256 << 20);

/**
 * Limits of every process there, far above those of the sandbox under test. Its processes are also the first
 * to be killed if memory runs out.
 */
const bounds = [
  'choom',
  '-n',
  '1000',
  '--',
  'prlimit',
  '--nproc=2000',
  '--fsize=1073741824',
  '--core=0',
  '--',
];

/** The environment variable that marks programs that run in the namespace. */
export const outerVariable = 'TIEBREAK_OUTER';

/**
 * Whoever runs the programs there. Root in containers may also make control groups, and store containers in memory, as the
 * engine needs.
 * @typedef {'root' | 'an ordinary user' | 'root in containers'} User
 */

/**
 * The users who can run there: root as root or as an ordinary user; an ordinary user only as itself.
 * @returns {User[]}
 */
export const outerUsers = () => (isRoot() ? ['root', 'an ordinary user'] : ['an ordinary user']);

const isRoot = () => process.getuid?.() === 0;

/**
 * The command that runs another command there.
 * @param {User} user
 * @param {readonly string[]} argv Paths of the repository must come from `inOuter`.
 * @param {string} writable A folder of the host that stays writable, at the same place.
 * @returns {string[]}
 */
export function outerCommand(user, argv, writable) {
  if (!isRoot()) {
    const namespaces = ['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts'];
    return ['bwrap', namespaces, places(['--proc', '/proc'], writable), '--', bounds, argv].flat();
  }
  return [
    // The PID namespace is created first: bwrap would cover parts of /proc, and a nested sandbox could not
    // mount its own.
    ['unshare', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc', '--'],
    ['bwrap', '--cap-add', 'ALL', places(['--dev-bind', '/proc', '/proc'], writable)].flat(),
    user === 'root in containers' ? forContainers : [],
    '--',
    bounds,
    user === 'an ordinary user' ? becomeStranger : [],
    user === 'root in containers' ? reaper : [],
    argv,
  ].flat();
}

/** The environment variable that puts tests of the runner into containers: the folder in which these are stored. */
export const containersVariable = 'TIEBREAK_TEST_CONTAINERS';

/** Where containers are stored there. */
export const containerStorage = '/var/lib/containers';

const forContainers = [
  [
    '--bind',
    '/sys/fs/cgroup',
    '/sys/fs/cgroup',
    '--tmpfs',
    '/run',
    '--tmpfs',
    '/var/tmp',
    '--tmpfs',
    '/var/cache',
  ],
  ['--size', scratchBytes, '--tmpfs', containerStorage],
].flat();

/** The engine waits until the first process has collected the exit status of each container's monitor, as bash does. */
const reaper = ['bash', '-c', '"$@"; exit $?', 'reaper'];

const becomeStranger = [
  ['setpriv', `--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups'],
  ['--inh-caps=-all', '--bounding-set=-all', '--'],
].flat();

/**
 * @param {readonly string[]} proc The arguments that mount /proc there.
 * @param {string} writable
 */
function places(proc, writable) {
  const memory = ['--perms', '1777', '--size', scratchBytes, '--tmpfs'];
  return [
    ['--unshare-net', '--die-with-parent', '--ro-bind', '/', '/', '--dev', '/dev', proc].flat(),
    ['/dev/shm', '/tmp', '/home'].flatMap((path) => [...memory, path]),
    ['--bind', writable, writable, '--ro-bind', inRoot(), checkout, '--chdir', checkout],
  ].flat();
}

/**
 * A path inside the repository, as seen there.
 * @param {string} path Relative to the repository.
 */
export const inOuter = (path) => `${checkout}/${path}`;

/** Why no programs are tried in containers there. */
export function withoutContainers() {
  if (!isRoot()) return 'containers can only be tried as root';
  return findProgram('podman') === undefined ? 'podman is missing' : undefined;
}

/** Why this machine cannot make such a namespace; hostile programs are then not tried. */
export function withoutOuter() {
  if (process.platform !== 'linux') return 'attacks can only be tried in Linux namespaces';
  return findProgram('bubblewrap') === undefined ? 'bubblewrap is missing' : undefined;
}
