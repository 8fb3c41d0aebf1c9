import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolEnv } from './node.mjs';
import { cacheDir, inRoot } from './paths.mjs';
import { runOrThrow } from './process.mjs';
import { withRetry } from './retry.mjs';

/** The editor for tests and `npm start`: VS Code's own server, from the npm package code-server. */
const version = '4.139.1';

const folder = join(cacheDir, 'code-server');
const vscodeDir = join(folder, 'node_modules/code-server/lib/vscode');

/** The server's program, to run with Node 24. */
export const serverMain = join(vscodeDir, 'out/server-main.js');

/** Installs the editor, with its TypeScript server and its log, unless this version is already completely installed. */
export async function ensureCodeServer() {
  await ensureEditor();
  await ensureTypeScript();
  await ensureLog();
}

async function ensureEditor() {
  const marker = join(folder, `installed-${version}`);
  if (existsSync(marker)) return;
  console.log(`Installing the editor (code-server ${version}, about 600 MB on disk) …`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, dependencies: { 'code-server': version } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await npmInstall(folder, []);
  // Its shrinkwrap pins all versions but does not match its package.json, so `npm ci` would fail.
  await npmInstall(vscodeDir, ['--omit=dev']);
  await writeFile(marker, '');
}

/**
 * Installs what the extensions that come with the editor share: the TypeScript server, which the package leaves out. Without
 * it, the editor offers no completion, hover or errors in TypeScript and JavaScript.
 */
async function ensureTypeScript() {
  const extensions = join(vscodeDir, 'extensions');
  if (existsSync(join(extensions, 'node_modules/typescript/lib/tsserver.js'))) return;
  await npmInstall(extensions, ['--omit=dev']);
}

/** Replaces the editor's logger, a native module that is not built, with one that needs no build. */
async function ensureLog() {
  const logger = join(vscodeDir, 'node_modules/@vscode/spdlog');
  if (existsSync(join(logger, 'build'))) return;
  await copyFile(inRoot('scripts/lib/editorLogger.cjs'), join(logger, 'index.js'));
}

/**
 * Does not build native modules: the editor works without those that are not prebuilt.
 * @param {string} cwd
 * @param {readonly string[]} args
 */
async function npmInstall(cwd, args) {
  const options = { cwd, env: toolEnv(), onLine: () => {} };
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await withRetry(() => runOrThrow('npm', ['install', ...quiet, ...args], options));
}
