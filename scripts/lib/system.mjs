import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

/**
 * A program that npm cannot install.
 * @typedef {object} SystemProgram
 * @property {readonly string[]} names Names on PATH, or absolute paths; the first that exists is used.
 * @property {string} apt Its Debian packages, separated by spaces.
 * @property {string} why What does not work without it.
 * @property {string} get How to install it without apt.
 * @property {readonly NodeJS.Platform[]} [only] The platforms it exists on; by default all.
 */

/**
 * The toolchain of a language that answers are written in.
 * @param {string} language
 * @param {string} name The name of its program.
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
 * Debian packages that the tests of some languages need in addition to the toolchain; checked only if apt exists.
 * @type {Record<string, string>}
 */
const libraries = {
  'ruby-minitest': 'minitest cases cannot run',
  'ruby-rspec': 'RSpec cases cannot run',
  junit4: 'JUnit 4 cases cannot run',
  junit5: 'JUnit cases cannot run',
  'r-cran-testthat': 'testthat cases cannot run',
};

/** The other architecture for which the package includes a helper. */
const cross =
  process.arch === 'arm64'
    ? { gnu: 'x86_64-linux-gnu', apt: 'gcc-x86-64-linux-gnu libc6-dev-amd64-cross', name: 'x64' }
    : { gnu: 'aarch64-linux-gnu', apt: 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross', name: 'arm64' };

/**
 * Every toolchain that npm does not install, by the name of its language, and what its tests need.
 * @satisfies {Record<string, SystemProgram>}
 */
const toolchainPrograms = {
  c: toolchain('C', 'gcc', 'gcc libc6-dev'),
  cpp: toolchain('C++', 'g++', 'g++', 'gcc'),
  go: toolchain('Go', 'go', 'golang-go'),
  java: toolchain('Java', 'javac', 'default-jdk-headless', 'openjdk'),
  perl: toolchain('Perl', 'perl', 'perl'),
  php: toolchain('PHP', 'php', 'php-cli'),
  phpunit: toolchain('PHPUnit', 'phpunit', 'phpunit'),
  python: {
    names: ['python3'],
    apt: 'python3',
    why: 'Python answers cannot run',
    get: 'install Python 3 (`sudo apt-get install python3`, `brew install python`)',
  },
  r: toolchain('R', 'Rscript', 'r-base-core', 'r'),
  ruby: toolchain('Ruby', 'ruby', 'ruby'),
  rust: toolchain('Rust', 'rustc', 'rustc', 'rust'),
};

/** @satisfies {Record<string, SystemProgram>} */
const programs = {
  ...toolchainPrograms,
  chromium: {
    // The headless shell renders the same pages with a third less work, because it draws no window.
    names: [
      'chromium-headless-shell',
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    apt: 'chromium-headless-shell',
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
  podman: {
    names: ['podman'],
    apt: 'podman runc',
    why: 'the tests of containers are skipped',
    get: 'install Podman (`sudo apt-get install podman`, `sudo dnf install podman`)',
    only: ['linux'],
  },
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
    why: `the package will not include a helper for ${cross.name}, so figures are approximate there`,
    get: `install the cross-compiler (\`sudo apt-get install ${cross.apt}\`)`,
    only: ['linux'],
  },
};

/** The names of these toolchains. */
export const toolchains = /** @type {(keyof typeof toolchainPrograms)[]} */ (Object.keys(toolchainPrograms));

/** The Debian packages of all toolchains, and those that the tests of some languages need. */
export const toolchainPackages = [
  ...Object.values(toolchainPrograms).flatMap(({ apt }) => apt.split(' ')),
  ...Object.keys(libraries),
];

/** @typedef {keyof typeof programs} ProgramName */

/**
 * The path of a program, or undefined.
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
 * The path of a program that the caller needs; throws if it is missing.
 * @param {ProgramName} name
 */
export function requireProgram(name) {
  const path = findProgram(name);
  if (path === undefined) throw new Error(missing(name));
  return path;
}

/**
 * Finds each program, installs the missing ones if this user may, and prints one line for each of the rest that says
 * what to do. Never fails: steps that need a missing program fail with their own message.
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
    console.log(`${name} is missing: ${libraries[name]}. Fix: \`sudo apt-get install ${name}\`.`);
  }
}

/** Debian keeps the copyright file of every installed package, even in minimal images. */
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
  return `${name} is missing: ${why}. Fix: ${get}.`;
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
