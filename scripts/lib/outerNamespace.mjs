import { inRoot } from './paths.mjs';
import { findProgram } from './system.mjs';

// Where programs that attack are tried: a world around the sandbox under test, so that one which breaks out of that finds
// only its own processes, a network of nobody, and a read-only file system whose few scratch places are memory.

/** Where the repository is seen there: below no folder that only its owner may enter. */
const checkout = '/home/checkout';

/** A user that owns nothing on this machine: what an ordinary person is to everybody else. */
const stranger = '54321';

/** Room of each scratch place. */
const scratchBytes = String(256 << 20);

/** Bounds of every process there, far above what the sandbox under test allows, and the first to go when memory ends. */
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

/** The environment variable by which a program knows that it runs there. */
export const outerVariable = 'TIEBREAK_OUTER';

/** @typedef {'root' | 'an ordinary user'} User */

/**
 * Who can try there: root as itself and as an ordinary user, who has no other to become.
 * @returns {User[]}
 */
export const outerUsers = () => (isRoot() ? ['root', 'an ordinary user'] : ['an ordinary user']);

const isRoot = () => process.getuid?.() === 0;

/**
 * The command that runs another one there.
 * @param {User} user
 * @param {readonly string[]} argv Paths of the repository by `inOuter`.
 * @param {string} writable A folder of the host that stays writable, at the same place.
 * @returns {string[]}
 */
export function outerCommand(user, argv, writable) {
  if (!isRoot()) {
    const namespaces = ['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts'];
    return ['bwrap', namespaces, places(['--proc', '/proc'], writable), '--', bounds, argv].flat();
  }
  return [
    // The process namespace is made before: bwrap would cover parts of /proc, and none below could mount its own.
    ['unshare', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc', '--'],
    ['bwrap', '--cap-add', 'ALL', places(['--dev-bind', '/proc', '/proc'], writable), '--'].flat(),
    bounds,
    user === 'root' ? [] : becomeStranger,
    argv,
  ].flat();
}

const becomeStranger = [
  ['setpriv', `--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups'],
  ['--inh-caps=-all', '--bounding-set=-all', '--'],
].flat();

/**
 * @param {readonly string[]} proc How /proc comes there.
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
 * A path inside the repository, as it is seen there.
 * @param {string} path Relative to the repository.
 */
export const inOuter = (path) => `${checkout}/${path}`;

/** Why there is no such place on this machine, where nothing that attacks is tried then. */
export function withoutOuter() {
  if (process.platform !== 'linux') return 'only Linux has the namespaces that attacks are tried in';
  return findProgram('bubblewrap') === undefined ? 'bubblewrap is missing' : undefined;
}
