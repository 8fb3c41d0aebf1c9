import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverMain } from './code-server.mjs';
import { nodePath, toolEnv } from './node.mjs';
import { freePort } from './port.mjs';
import { runOrThrow, startService } from './process.mjs';

/** User settings that keep the window to what Tiebreak shows: no chat, no tips, no tracking, no welcome page. */
export const calmSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @typedef {object} ServerOptions
 * @property {string} dataDir Settings, state and installed extensions; one folder a server.
 * @property {string} [token] What a browser must present; without it anyone on this machine may connect.
 * @property {number} [preferredPort] Taken if it is free; otherwise, and unless told, the system chooses.
 * @property {boolean} [testDriver] Lets the page's address start in-editor tests.
 * @property {boolean} [workspaceTrust] Whether the editor asks before it trusts a workspace; off unless told.
 * @property {NodeJS.ProcessEnv} [env] Added to the environment of the server and so of the extension host.
 * @property {(line: string) => void} [onLine] Gets the server's own log.
 */

/**
 * A running editor.
 * @typedef {object} Server
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {string} authority `127.0.0.1:PORT`, as in `vscode-remote://` addresses.
 * @property {Promise<number>} ended
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the editor on this machine and waits until it listens.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({
  dataDir,
  token,
  preferredPort = 0,
  testDriver,
  workspaceTrust,
  env,
  onLine,
}) {
  const port = String(await freePort(preferredPort));
  const args = ['--host', '127.0.0.1', '--port', port, '--server-data-dir', dataDir];
  args.push('--accept-server-license-terms', '--disable-telemetry');
  args.push(...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]));
  if (testDriver) args.push('--enable-smoke-test-driver');
  if (!workspaceTrust) args.push('--disable-workspace-trust');
  const service = await startService(nodePath, [serverMain, ...args], {
    env: { ...toolEnv(), ...env },
    ...(onLine === undefined ? {} : { onLine }),
  });
  const [, actualPort] = await service.says(/listening on (\d+)/);
  const authority = `127.0.0.1:${actualPort}`;
  return { origin: `http://${authority}`, authority, ended: service.ended, stop: service.stop };
}

/**
 * Writes the user's settings, before the start: a running editor does not notice a change of the file.
 * @param {string} dataDir
 * @param {Record<string, unknown>} [settings] Beside the calm ones.
 */
export async function writeSettings(dataDir, settings = {}) {
  const folder = join(dataDir, 'data/User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...calmSettings, ...settings }, null, 2));
}

/**
 * Installs a packaged extension; the server must not run yet.
 * @param {string} dataDir
 * @param {string} vsix
 */
export async function installExtension(dataDir, vsix) {
  const args = [
    '--server-data-dir',
    dataDir,
    '--accept-server-license-terms',
    '--install-extension',
    vsix,
    '--force',
  ];
  await runOrThrow(nodePath, [serverMain, ...args], { env: toolEnv(), onLine: () => {} });
}
