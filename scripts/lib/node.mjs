import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { inRoot } from './paths.mjs';
import { run, runOrThrow } from './process.mjs';

/** Node 24 from the `node` package. npm does not always link it into node_modules/.bin. */
export const nodePath = inRoot('node_modules/node/bin/node');

/**
 * The environment for all programs that the scripts start. PATH begins with Node 24, then the repository's tools.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv() {
  const path = [dirname(nodePath), inRoot('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path };
}

/**
 * Ensures that Node 24 is installed. The `node` package downloads the binary in its install script. A machine
 * may have blocked that script (`ignore-scripts`), and a later `npm install` may delete the binary. Running
 * the script fixes both.
 */
export async function ensureNode() {
  const folder = inRoot('node_modules/node');
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (await isVersion(version)) return;
  console.log(`Fetching Node ${version} …`);
  await runOrThrow(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, onLine: () => {} });
  if (!(await isVersion(version))) {
    throw new Error(`Node ${version} is missing from ${nodePath}. Delete node_modules and try again.`);
  }
}

/** @param {string} version */
async function isVersion(version) {
  if (!existsSync(nodePath)) return false;
  const { code, output } = await run(nodePath, ['--version'], { onLine: () => {} });
  return code === 0 && output.trim() === `v${version}`;
}
