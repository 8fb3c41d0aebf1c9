import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { serverMain } from './codeServer.mjs';
import { nodePath, toolEnv } from './node.mjs';
import { freePort } from './port.mjs';
import { endProcess, runOrThrow, startService } from './process.mjs';

/** User settings that hide everything but Tiebreak: no chat, no tips, no tracking, no welcome page. */
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
 * @property {string} dataDir Settings, state and installed extensions; one folder per server.
 * @property {string} [token] The token that a browser must present; without a token, any user of this machine may connect.
 * @property {number} [preferredPort] Used if it is free; otherwise, and by default, the system chooses.
 * @property {boolean} [testDriver] Lets the page's address start in-editor tests.
 * @property {boolean} [workspaceTrust] Whether the editor asks before it trusts a workspace; off by default.
 * @property {NodeJS.ProcessEnv} [env] Added to the environment of the server and so of the extension host.
 * @property {(line: string) => void} [onLine] Receives each line of the server's own log.
 */

/**
 * A running editor.
 * @typedef {object} Server
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {string} authority `127.0.0.1:PORT`, as in `vscode-remote://` addresses.
 * @property {number} pid Of the server; its extension hosts are its children.
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
  // Browser and server are on one machine.
  args.push('--disable-websocket-compression');
  args.push(...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]));
  if (testDriver) args.push('--enable-smoke-test-driver');
  if (!workspaceTrust) args.push('--disable-workspace-trust');
  const service = await startService(nodePath, [serverMain, ...args], {
    env: { ...toolEnv(), ...env },
    ...(onLine === undefined ? {} : { onLine }),
  });
  const [, actualPort] = await service.says(/listening on (\d+)/);
  const authority = `127.0.0.1:${actualPort}`;
  const { pid, ended, stop } = service;
  return { origin: `http://${authority}`, authority, pid, ended, stop };
}

/**
 * Writes the user's settings. Call before the start: a running editor does not notice changes to the file.
 * @param {string} dataDir
 * @param {Record<string, unknown>} [settings] In addition to `calmSettings`.
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

/** Milliseconds that an extension host gets to end by itself once its window was left. */
const farewell = 5_000;

/**
 * Waits until the extension hosts of a server whose windows were left have ended. A host that does not know that its window
 * is gone would wait for hours for a new connection, so it is asked to end.
 * @param {number} serverPid
 */
export async function hostsEnded(serverPid) {
  const leftAt = performance.now();
  for (let hosts = await hostsOf(serverPid); hosts.length > 0; hosts = await hostsOf(serverPid)) {
    if (performance.now() > leftAt + farewell) hosts.forEach(endProcess);
    await sleep(100);
  }
}

/**
 * The process IDs of a server's extension hosts.
 * @param {number} serverPid
 */
async function hostsOf(serverPid) {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'ppid=', '-o', 'pid=', '-o', 'args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes('--type=extensionHost'))
    .map((line) => line.trim().split(/\s+/).slice(0, 2).map(Number))
    .flatMap(([parent, pid = 0]) => (parent === serverPid ? [pid] : []));
}
