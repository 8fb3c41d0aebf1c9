import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { inRoot, root } from './paths.mjs';
import { startServer, writeSettings } from './server.mjs';
import { withTempDir } from './temp.mjs';
import { eventsVariable } from './testEvents.mjs';
import { readOutput } from './testOutput.mjs';

/** Milliseconds after which the tests count as hung. */
const limit = 8 * 60_000;

const ownTests = inRoot('dist/test/index.js');

/**
 * Options for running the in-editor tests.
 * @typedef {object} EditorTestOptions
 * @property {string} eventsPath The file that gets the events of the run.
 * @property {string} [extensionPath] The extension in development; the repository by default.
 * @property {string} [testsPath] The module whose `run` is called; the bundled in-editor tests by default.
 * @property {NodeJS.ProcessEnv} [env] Added to the extension host's environment.
 * @property {(line: string) => void} onLine Receives each line that the extension host prints.
 */

/**
 * Runs tests inside the editor: starts the server with its test driver, opens the page that starts them, forwards
 * their output and returns their exit code. If the tests do not start, prints the editor's own log.
 * @param {EditorTestOptions} options
 * @returns {Promise<number>}
 */
export function runInEditor({ eventsPath, extensionPath = root, testsPath = ownTests, env, onLine }) {
  return withTempDir(async (dir) => {
    const dataDir = join(dir, 'data');
    const workspace = join(dir, 'workspace');
    await mkdir(workspace);
    await writeSettings(dataDir);
    const server = await startServer({
      dataDir,
      testDriver: true,
      env: { ...env, [eventsVariable]: eventsPath },
    });
    try {
      const log = new HostLog(onLine);
      const code = await openTestPage(testAddress(server, workspace, extensionPath, testsPath), log);
      if (!existsSync(eventsPath)) log.printRest();
      return code;
    } finally {
      await server.stop();
    }
  });
}

/** Forwards the output of the tests and keeps the rest, which matters only after a failure. */
class HostLog {
  /** @type {string[]} */
  #rest = [];
  #onLine;

  /** @param {(line: string) => void} onLine */
  constructor(onLine) {
    this.#onLine = onLine;
  }

  /** @param {readonly unknown[]} args */
  add(args) {
    const { text, fromTests } = readOutput(args);
    if (fromTests) text.split('\n').forEach(this.#onLine);
    else this.#rest.push(text);
  }

  /**
   * Prints only the first lines of each entry: the workbench's stack traces would hide the important lines.
   */
  printRest() {
    this.#rest.flatMap((text) => text.split('\n').slice(0, 4)).forEach(this.#onLine);
  }
}

/**
 * @param {string} address
 * @param {HostLog} log
 * @returns {Promise<number>}
 */
async function openTestPage(address, log) {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const hung = new Error(`The in-editor tests did not finish within ${limit / 60_000} minutes`);
    const exitCode = new Promise((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      page.once('crash', () => reject(new Error('The page of the in-editor tests crashed')));
      setTimeout(() => reject(hung), limit).unref();
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _, /** @type {unknown[]} */ args) =>
      log.add(args),
    );
    await page.goto(address);
    return await exitCode;
  } finally {
    await browser.close();
  }
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {string} workspace
 * @param {string} extensionPath
 * @param {string} testsPath
 */
function testAddress({ origin, authority }, workspace, extensionPath, testsPath) {
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://${authority}${extensionPath}`],
    ['extensionTestsPath', `vscode-remote://${authority}${testsPath}`],
  ];
  return `${origin}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
