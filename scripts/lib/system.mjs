import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

/**
 * A program that npm cannot bring.
 * @typedef {object} SystemProgram
 * @property {readonly string[]} names Under which it is looked for on PATH, or absolute paths; the first that exists is taken.
 * @property {string} apt Its Debian packages, with spaces between them.
 * @property {string} why What is missing without it.
 * @property {string} get How to get it where apt is not.
 * @property {readonly NodeJS.Platform[]} [only] The platforms it exists on; all when left out.
 */

/**
 * The toolchain of a language that answers are written in.
 * @param {string} language
 * @param {string} name Of its program.
 * @param {string} apt
 * @param {string} [brew]
 * @returns {SystemProgram}
 */
const toolchain = (language, name, apt, brew = name) => ({
  names: [name],
  apt,
  why: `${language} answers cannot run, and their tests are skipped`,
  get: `install ${language} (\`sudo apt-get install ${apt}\`, \`brew install ${brew}\`)`,
});

/**
 * What the tests of some languages need beside the toolchain, as Debian's packages; looked for where there is apt.
 * @type {Record<string, string>}
 */
const libraries = {
  'ruby-minitest': 'minitest cases cannot run',
  'ruby-rspec': 'RSpec cases cannot run',
  junit4: 'JUnit 4 cases cannot run',
  junit5: 'JUnit cases cannot run',
  'r-cran-testthat': 'testthat cases cannot run',
};

/** The other architecture that the package has a helper for. */
const cross =
  process.arch === 'arm64'
    ? { gnu: 'x86_64-linux-gnu', apt: 'gcc-x86-64-linux-gnu libc6-dev-amd64-cross', name: 'x64' }
    : { gnu: 'aarch64-linux-gnu', apt: 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross', name: 'arm64' };

/** @satisfies {Record<string, SystemProgram>} */
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
  c: toolchain('C', 'gcc', 'gcc libc6-dev'),
  cpp: toolchain('C++', 'g++', 'g++', 'gcc'),
  go: toolchain('Go', 'go', 'golang-go'),
  java: toolchain('Java', 'javac', 'default-jdk-headless', 'openjdk'),
  perl: toolchain('Perl', 'perl', 'perl'),
  php: toolchain('PHP', 'php', 'php-cli'),
  phpunit: toolchain('PHPUnit', 'phpunit', 'phpunit'),
  r: toolchain('R', 'Rscript', 'r-base-core', 'r'),
  ruby: toolchain('Ruby', 'ruby', 'ruby'),
  rust: toolchain('Rust', 'rustc', 'rustc', 'rust'),
  compiler: {
    names: ['gcc', 'cc'],
    apt: 'gcc libc6-dev',
    why: 'the figures of the sandbox are approximate without its compiled helper',
    get: 'install a C compiler (`sudo apt-get install gcc libc6-dev`, `sudo dnf install gcc glibc-static`)',
    only: ['linux'],
  },
  crossCompiler: {
    names: [`${cross.gnu}-gcc`],
    apt: cross.apt,
    why: `the package will have no helper for ${cross.name}, where figures are approximate then`,
    get: `install the cross-compiler (\`sudo apt-get install ${cross.apt}\`)`,
    only: ['linux'],
  },
};

/** Every toolchain that npm does not bring. @type {readonly ProgramName[]} */
export const toolchains = ['c', 'cpp', 'go', 'java', 'perl', 'php', 'phpunit', 'python', 'r', 'ruby', 'rust'];

/** @typedef {keyof typeof programs} ProgramName */

/**
 * Where a program is, or undefined.
 * @param {ProgramName} name
 */
export function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = systemProgram(name).names.flatMap((it) =>
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
  const lacking = toolchains.every((name) => names.includes(name)) ? absentLibraries() : [];
  if (absent.length + lacking.length === 0) return;
  const packages = [...absent.flatMap((name) => systemProgram(name).apt.split(' ')), ...lacking];
  if (mayInstall()) await aptInstall(packages);
  for (const name of absent) if (findProgram(name) === undefined) console.log(missing(name));
  for (const name of lacking.filter(isAbsent)) {
    console.log(`${name} is missing: ${libraries[name]}. To mend it, \`sudo apt-get install ${name}\`.`);
  }
}

/** Debian leaves the copyright of every installed package, whatever else an image leaves out. */
const isAbsent = (/** @type {string} */ name) => !existsSync(`/usr/share/doc/${name}/copyright`);
const absentLibraries = () => (existsSync('/usr/bin/apt-get') ? Object.keys(libraries).filter(isAbsent) : []);

/**
 * @param {ProgramName} name
 * @returns {SystemProgram}
 */
const systemProgram = (name) => programs[name];

/** @param {ProgramName} name */
const appliesHere = (name) => systemProgram(name).only?.includes(process.platform) ?? true;

/** @param {ProgramName} name */
const missing = (name) => {
  const { why, get } = systemProgram(name);
  return `${name} is missing: ${why}. To mend it, ${get}.`;
};

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
