import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolEnv } from './node.mjs';
import { cacheDir } from './paths.mjs';
import { runOrThrow } from './process.mjs';
import { withRetry } from './retry.mjs';

/** The editor that tests and `npm start` use: VS Code's own server, as the npm package code-server carries it. */
const version = '4.139.1';

const folder = join(cacheDir, 'code-server');
const vscodeDir = join(folder, 'node_modules/code-server/lib/vscode');

/** The server's program, to be run with Node 24. */
export const serverMain = join(vscodeDir, 'out/server-main.js');

/** Installs the editor unless this version is already there, whole. */
export async function ensureCodeServer() {
  const marker = join(folder, `installed-${version}`);
  if (existsSync(marker)) return;
  console.log(`Installing the editor (code-server ${version}, about 600 MB on disk) …`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, dependencies: { 'code-server': version } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await npmInstall(folder, []);
  // Its shrinkwrap pins everything but is out of step with its package.json, so `npm ci` would refuse.
  await npmInstall(vscodeDir, ['--omit=dev']);
  await writeFile(marker, '');
}

/**
 * No native module has to be built: the editor works without those that do not come prebuilt.
 * @param {string} cwd
 * @param {readonly string[]} args
 */
async function npmInstall(cwd, args) {
  const options = { cwd, env: toolEnv(), onLine: () => {} };
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await withRetry(() => runOrThrow('npm', ['install', ...quiet, ...args], options));
}
