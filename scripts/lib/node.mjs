import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { inRoot } from './paths.mjs';
import { run, runOrThrow } from './process.mjs';

/** Node 24 as the `node` package brings it. npm does not always link it into node_modules/.bin. */
export const nodePath = inRoot('node_modules/node/bin/node');

/**
 * The environment for everything that the scripts start: Node 24 first, then the tools of the repository.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv() {
  const path = [dirname(nodePath), inRoot('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path };
}

/**
 * Sees to it that Node 24 is there. The `node` package fetches the binary in its install script, which a machine may
 * have blocked (`ignore-scripts`), and a later `npm install` may drop the binary; both are mended by running the script.
 */
export async function ensureNode() {
  const folder = inRoot('node_modules/node');
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (await isVersion(version)) return;
  console.log(`Fetching Node ${version} …`);
  await runOrThrow(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, onLine: () => {} });
  if (!(await isVersion(version))) {
    throw new Error(`Node ${version} is not at ${nodePath}. Delete node_modules and try again.`);
  }
}

/** @param {string} version */
async function isVersion(version) {
  if (!existsSync(nodePath)) return false;
  const { code, output } = await run(nodePath, ['--version'], { onLine: () => {} });
  return code === 0 && output.trim() === `v${version}`;
}
