import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';
import { copyOwnCheckers } from './programs.mjs';

/**
 * The files of each checker that ship, by package. The copies are in one folder under the packages' own names, so paths
 * inside it are the same as in node_modules, where the tests find the checkers.
 * @type {Record<string, (path: string) => boolean>}
 */
const shipped = {
  // All files except its language server and source maps.
  pyright: (path) => !path.endsWith('.map') && !path.includes('langserver') && !isRareStub(path),
  // Only TypeScript's library and the types of the built-in objects, without the compiler and server
  // programs.
  'typescript-checker': isTypeScriptLibrary,
  '@types/node': () => true,
  'undici-types': () => true,
};

/**
 * Type stubs of libraries for a single vendor, system or industry, which answers to programming tasks do not
 * import. With all stubs, the package would exceed the 5,000 files at which the packager warns.
 */
const rareStubs = [
  'Authlib',
  'auth0-python',
  'aws-xray-sdk',
  'braintree',
  'gdb',
  'hvac',
  'ldap3',
  'python-xlib',
  'pywin32',
  'workalendar',
  'yt-dlp',
];

/**
 * Copies the checkers to `target`, without files that they do not need at run time.
 * @param {string} target
 */
export async function copyCheckers(target) {
  for (const [name, filter] of Object.entries(shipped)) {
    await cp(inRoot('node_modules', name), join(target, name), { recursive: true, filter });
  }
  await copyOwnCheckers(join(target, 'tiebreak-programs'));
}

/** @param {string} path */
function isTypeScriptLibrary(path) {
  const name = basename(path);
  if (/^lib\..*d\.ts$/.test(name)) return true;
  return (
    ['typescript-checker', 'lib', 'typescript.js', 'package.json'].includes(name) ||
    /^(LICENSE|ThirdParty)/.test(name)
  );
}

/** @param {string} path */
const isRareStub = (path) => basename(dirname(path)) === 'stubs' && rareStubs.includes(basename(path));
