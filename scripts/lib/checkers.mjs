import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';
import { copyOwnCheckers } from './programs.mjs';

/**
 * What ships of each checker, by its package. The copies lie in one folder under the packages' own names, so the paths
 * inside it are those of node_modules, where the tests find the same checkers.
 * @type {Record<string, (path: string) => boolean>}
 */
const shipped = {
  // Not its language server, and not its maps.
  pyright: (path) => !path.endsWith('.map') && !path.includes('langserver') && !isRareStub(path),
  // Of TypeScript only the library and the types of the language's own objects; not the compiler's and server's programs.
  'typescript-checker': isTypeScriptLibrary,
  '@types/node': () => true,
  'undici-types': () => true,
};

/**
 * Type stubs of libraries for one vendor, system or trade, which answers to programming tasks do not import. All stubs
 * together would be more than the 5,000 files from which on the packager warns.
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
 * Copies the checkers to `target`, without what they do not need in order to run.
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
