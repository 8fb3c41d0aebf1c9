import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

/**
 * A program that npm cannot bring.
 * @typedef {object} SystemProgram
 * @property {readonly string[]} names Under which it is looked for on PATH, or absolute paths; the first that exists is taken.
 * @property {string} apt Its Debian package.
 * @property {string} why What is missing without it.
 * @property {string} get How to get it where apt is not.
 * @property {readonly NodeJS.Platform[]} [only] The platforms it exists on; all when left out.
 */

/** @type {Record<'chromium' | 'bubblewrap' | 'python', SystemProgram>} */
const programs = {
  chromium: {
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    apt: 'chromium',
    why: 'the in-editor and end-to-end tests need a browser',
    get: 'install Chromium or Google Chrome (`sudo apt-get install chromium`, `brew install --cask google-chrome`)',
  },
  bubblewrap: {
    names: ['bwrap'],
    apt: 'bubblewrap',
    why: 'answers run only inside its sandbox',
    get: 'install bubblewrap (`sudo apt-get install bubblewrap`, `sudo dnf install bubblewrap`)',
    only: ['linux'],
  },
  python: {
    names: ['python3'],
    apt: 'python3',
    why: 'Python answers cannot run',
    get: 'install Python 3 (`sudo apt-get install python3`, `brew install python`)',
  },
};

/** @typedef {keyof typeof programs} ProgramName */

/**
 * Where a program is, or undefined.
 * @param {ProgramName} name
 */
export function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = programs[name].names.flatMap((it) =>
    it.startsWith('/') ? [it] : folders.map((folder) => join(folder, it)),
  );
  return candidates.find(isExecutable);
}

/**
 * Where a program is that the caller cannot do without.
 * @param {ProgramName} name
 */
export function requireProgram(name) {
  const path = findProgram(name);
  if (path === undefined) throw new Error(missing(name));
  return path;
}

/**
 * Finds each program, installs those that are missing where this user may, and says in one line each what to do about
 * the rest. Never fails: what cannot go on without a program says so itself.
 * @param {readonly ProgramName[]} names
 */
export async function ensurePrograms(names) {
  const absent = names.filter((name) => appliesHere(name) && findProgram(name) === undefined);
  if (absent.length === 0) return;
  if (mayInstall()) await aptInstall(absent.map((name) => programs[name].apt));
  for (const name of absent) if (findProgram(name) === undefined) console.log(missing(name));
}

/** @param {ProgramName} name */
const appliesHere = (name) => programs[name].only?.includes(process.platform) ?? true;

/** @param {ProgramName} name */
const missing = (name) => `${name} is missing: ${programs[name].why}. To mend it, ${programs[name].get}.`;

const mayInstall = () => process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get');

/** @param {readonly string[]} packages */
async function aptInstall(packages) {
  console.log(`Installing ${packages.join(', ')} …`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, onLine: () => {} };
  await run('apt-get', ['update'], options);
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '--no-install-recommends', ...packages],
    options,
  );
  if (code !== 0) console.log(output);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
