import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterLastTest } from '../../scripts/lib/afterLastTest.mjs';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { copyInstalled } from '../../scripts/lib/installed.mjs';
import { hostsEnded, installExtension, startServer, writeSettings } from '../../scripts/lib/server.mjs';
import type { Server } from '../../scripts/lib/server.mjs';
import { stopServicesOnSignal } from '../../scripts/lib/process.mjs';
import { makeTempDir, removeTempDir } from '../../scripts/lib/temp.mjs';

/* Starting a server, installing the package and starting a browser take longer than most tests, so they are shared. */

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a run. Open a context of your own in it. */
export function sharedBrowser(): Promise<Browser> {
  return (browser ??= launchBrowser());
}

const windows = new Map<string, Promise<BrowserContext>>();

/** The context of all editor windows of a size, so that the editor's own code is compiled once. */
function windowsOf(size: Size): Promise<BrowserContext> {
  const key = `${size.width} × ${size.height}`;
  const context = windows.get(key) ?? newContext(size);
  windows.set(key, context);
  return context;
}

async function newContext(viewport: Size): Promise<BrowserContext> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  return (await sharedBrowser()).newContext({ viewport, permissions });
}

/** The size of a window, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Opens a page without the data that other windows have stored for an address. */
export async function newWindow(size: Size, origin: string): Promise<Page> {
  const page = await (await windowsOf(size)).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
  await page.addInitScript(stopProgressBar);
  return page;
}

/**
 * Stops the animation of the editor's progress bar, for which a browser without graphics hardware paints the window sixty times
 * a second while the editor loads. Runs in the page.
 */
function stopProgressBar(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.monaco-progress-container .progress-bit { animation: none !important; }');
  document.adoptedStyleSheets.push(sheet);
}

/** The options of a server; servers with the same options are interchangeable. */
export interface ServerOptions {
  /** Whether the editor asks before it trusts the workspace. */
  readonly workspaceTrust: boolean;
  /** Packages of other extensions to install beside Tiebreak. */
  readonly extensions: readonly string[];
  /** Added to the environment of the extension host. */
  readonly env: NodeJS.ProcessEnv;
}

/** A server with Tiebreak installed from its package, for one window at a time. */
export interface EditorServer {
  readonly server: Server;
  /** Settings, state and installed extensions. */
  readonly dataDir: string;
  readonly options: ServerOptions;
}

/** A hover appears where the pointer was left, and covers what a test clicks next. */
const withoutHovers = { 'workbench.hover.delay': 600_000 };

/** The running servers, and those of them that no test uses at the moment. */
const started = new Set<EditorServer>();
const idle = new Set<EditorServer>();

/** Provides a server with these settings and without any other state. */
export async function takeServer(
  options: ServerOptions,
  settings?: Readonly<Record<string, unknown>>,
): Promise<EditorServer> {
  const key = JSON.stringify(options);
  const found = [...idle].find((candidate) => JSON.stringify(candidate.options) === key);
  if (found === undefined) return startEditorServer(options, settings);
  idle.delete(found);
  await forget(found.dataDir);
  await writeSettings(found.dataDir, { ...withoutHovers, ...settings });
  return found;
}

/** Returns a server to the pool after its window was left. */
export async function giveBack(lent: EditorServer): Promise<void> {
  await hostsEnded(lent.server.pid);
  idle.add(lent);
}

/** Stops the browser and all servers, and removes everything that they wrote. */
export async function stopShared(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
  windows.clear();
  // A failed test may not have returned its server, and a running server would keep this process alive.
  const stopping = [...started].map(async ({ server, dataDir }) => {
    await server.stop();
    await removeTempDir(dataDir);
  });
  started.clear();
  idle.clear();
  await Promise.all(stopping);
}

if (typeof after === 'function') {
  afterLastTest(stopShared);
  stopServicesOnSignal();
}

async function startEditorServer(
  options: ServerOptions,
  settings?: Readonly<Record<string, unknown>>,
): Promise<EditorServer> {
  const dataDir = await makeTempDir();
  await writeSettings(dataDir, { ...withoutHovers, ...settings });
  await copyInstalled(dataDir);
  for (const vsix of options.extensions) await installExtension(dataDir, vsix);
  const { workspaceTrust, env } = options;
  const own = { server: await startServer({ dataDir, workspaceTrust, env }), dataDir, options };
  started.add(own);
  return own;
}

/** Deletes the data that extensions and windows have stored, including Tiebreak's database. */
async function forget(dataDir: string): Promise<void> {
  for (const name of ['globalStorage', 'workspaceStorage', 'History']) {
    const folder = join(dataDir, 'data/User', name);
    const entries = await readdir(folder).catch(() => []);
    for (const entry of entries)
      await rm(join(folder, entry), { recursive: true, force: true, maxRetries: 5 });
  }
}
