import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodePath, toolEnv } from './node.mjs';
import { inRoot } from './paths.mjs';
import { runOrThrow } from './process.mjs';
import { installExtension, startServer, writeSettings } from './server.mjs';
import { vsixPath } from './vsix.mjs';

/**
 * Where `npm start` keeps the user's data.
 * @typedef {object} StartOptions
 * @property {string} dataDir Settings, drafts and reviews; they persist between starts.
 * @property {string} workspace The folder that the window shows.
 * @property {string} token The token that a browser must present.
 * @property {number} preferredPort The browser remembers the open editors by address, including the port.
 */

/**
 * Starts the editor with the installed Tiebreak package, which must be built. The window first opens with the
 * first sample task, and later where the user left off.
 * @param {StartOptions} options
 * @returns {Promise<{ server: import('./server.mjs').Server, address: string }>} `address` opens the window.
 */
export async function startTiebreak({ dataDir, workspace, token, preferredPort }) {
  if (!existsSync(dataDir)) await writeSettings(dataDir);
  await installExtension(dataDir, vsixPath);
  await installExtension(dataDir, await packageStartExtension(dataDir));
  await mkdir(workspace, { recursive: true });
  const server = await startServer({
    dataDir,
    token,
    preferredPort,
    // The repository around the workspace is not the user's, and the editor would ask what to do with it.
    env: { GIT_CEILING_DIRECTORIES: dirname(workspace) },
  });
  const address = `${server.origin}/?tkn=${token}&folder=${encodeURIComponent(workspace)}`;
  return { server, address };
}

/**
 * Packages the extension that shows the first task.
 * @param {string} folder
 * @returns {Promise<string>} The package, in this folder.
 */
async function packageStartExtension(folder) {
  const vsix = join(folder, 'tiebreak-start.vsix');
  const vsce = inRoot('node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await runOrThrow(nodePath, [vsce, 'package', ...flags, '--out', vsix], {
    cwd: inRoot('scripts/startExtension'),
    env: toolEnv(),
    onLine: () => {},
  });
  return vsix;
}
