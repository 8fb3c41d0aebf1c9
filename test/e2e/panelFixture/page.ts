import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import darkPlus from 'shiki/themes/dark-plus.mjs';
import lightPlus from 'shiki/themes/light-plus.mjs';
import { promptSegments, colourJobs, showAnswers } from '../../../src/extension/session/answers.ts';
import { Highlighter } from '../../../src/extension/panel/highlighter.ts';
import { launchBrowser } from '../../../scripts/lib/browser.mjs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import type { Task } from '../../../src/core/task.ts';
import type { Port } from '../../../src/protocol/channel.ts';
import type { PanelHighlight } from '../../../src/protocol/webview.ts';
import { FixtureHost, type FixtureOptions } from './host.ts';
import themes from './themes.json' with { type: 'json' };

export type PanelTheme = keyof typeof themes;
export const panelThemes = Object.keys(themes) as PanelTheme[];

/** Nothing answers here: every file is served from memory, and a request for anything else is a finding. */
const origin = 'http://panel.localhost';

/** What the editor puts on every webview page before the page's own styles. */
const editorSheet = `@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { background-color: transparent; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
    font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px; border-radius: 4px; }
  kbd { background-color: var(--vscode-keybindingLabel-background); color: var(--vscode-keybindingLabel-foreground); }
}`;

export interface PanelView {
  readonly theme?: PanelTheme;
  readonly width?: number;
  readonly height?: number;
  /** What the page kept of itself before. */
  readonly kept?: unknown;
}

/** The panel's page in a browser of its own, under the policy it has in the editor, with a fixture for a host. */
export class PanelPage {
  readonly page: Page;
  readonly host: FixtureHost;
  /** Errors of scripts and refusals of the policy. */
  readonly complaints: string[] = [];
  /** Addresses that the page asked for and that are not its own. */
  readonly strangers: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, host: FixtureHost) {
    this.#context = context;
    this.page = page;
    this.host = host;
  }

  static async open(
    browser: Browser,
    options: FixtureOptions = {},
    view: PanelView = {},
  ): Promise<PanelPage> {
    const { theme = 'dark', width = 1600, height = 900, kept } = view;
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const panel = new PanelPage(context, page, new FixtureHost(options));
    const served = { element: 'tiebreak-panel', script: 'panel' };
    const connect = (port: Port) => panel.host.connect(port);
    await openServed(page, served, { theme, kept, connect }, panel);
    await page.locator('tiebreak-panel').locator('header, .empty').first().waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return panel;
  }

  /** Loads the page anew, as the editor does after its window was reloaded. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('tiebreak-panel').locator('header, .empty').first().waitFor();
  }

  /** The text area of the rationale. */
  get rationale(): ReturnType<Page['getByLabel']> {
    return this.page.getByRole('textbox', { name: 'Rationale' });
  }

  /** Waits until the host has heard what the page sent; after a while what is asserted next tells what it has. */
  async until(holds: () => boolean): Promise<void> {
    for (let waited = 0; !holds() && waited < 5_000; waited += 20) await this.page.waitForTimeout(20);
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.#context.close();
  }
}

/** A page of the extension: what fills it, and the script that does. */
export interface ServedPage {
  readonly element: string;
  /** Below src/webview, without the ending. */
  readonly script: string;
}

/** What a page did that it must not do. */
export interface Conduct {
  /** Errors of scripts and refusals of the policy. */
  readonly complaints: string[];
  /** Addresses that the page asked for and that are not its own. */
  readonly strangers: string[];
}

/** Serves a page under the policy it has in the editor and opens it, with the host's end of the wire in this process. */
export async function openServed(
  page: Page,
  { element, script }: ServedPage,
  { theme, kept, connect }: { theme: PanelTheme; kept: unknown; connect: (port: Port) => void },
  conduct: Conduct,
): Promise<void> {
  await serve(page, await pageFiles(theme, { element, script }), conduct);
  await wire(page, connect, kept);
  await page.goto(`${origin}/`);
}

async function serve(
  page: Page,
  files: ReadonlyMap<string, ServedFile>,
  { complaints, strangers }: Conduct,
): Promise<void> {
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? files.get(url.pathname) : undefined;
    if (file !== undefined) return route.fulfill(file);
    if (url.pathname !== '/favicon.ico') strangers.push(url.href);
    return route.abort();
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

/** What the page posts arrives by a binding. */
async function wire(page: Page, connect: (port: Port) => void, kept: unknown): Promise<void> {
  let receive: ((message: unknown) => void) | undefined;
  await page.exposeFunction('postToHost', (message: unknown) => receive?.(message));
  connect({
    post: (message) => void page.evaluate((data) => window.postMessage(data), message).catch(() => undefined),
    listen: (listener) => {
      receive = listener;
      return () => (receive = undefined);
    },
  });
  await page.addInitScript((initial) => {
    // The editor's own state outlives the page; the tab's storage stands in for it.
    const api = {
      postMessage: (message: unknown) =>
        (window as unknown as { postToHost(m: unknown): void }).postToHost(message),
      getState: (): unknown => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? initial,
      setState: (state: unknown) => sessionStorage.setItem('kept', JSON.stringify(state)),
    };
    Object.assign(window, { acquireVsCodeApi: () => api });
  }, kept);
}

let browser: Promise<Browser> | undefined;
/** One browser for all panels of a test run. */
export function sharedBrowser(): Promise<Browser> {
  return (browser ??= launchBrowser());
}
export async function closeSharedBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

let highlighter: Highlighter | undefined;

/** The colours of a task's code as the host sends them, in a theme of each kind. */
export async function coloursOf(task: Task, theme: PanelTheme): Promise<PanelHighlight> {
  const answers = showAnswers(
    task,
    task.answers.map(({ id }) => id),
    {},
    'main.py',
  );
  const jobs = colourJobs(promptSegments(task.prompt), answers, task.language);
  return (highlighter ??= new Highlighter()).highlight(jobs, theme.includes('light') ? lightPlus : darkPlus);
}

interface ServedFile {
  readonly body: string | Buffer;
  readonly contentType: string;
}

async function pageFiles(
  theme: PanelTheme,
  { element, script }: ServedPage,
): Promise<Map<string, ServedFile>> {
  const { themeId, bodyClass, kind, variables } = themes[theme];
  const sheet = `:root{${Object.entries(variables)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')}}\n${editorSheet}`;
  const policy = `default-src 'none'; script-src 'nonce-fixture'; style-src ${origin}; font-src ${origin}`;
  const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Tiebreak</title>
<link rel="stylesheet" href="/editor.css">
<link rel="stylesheet" href="/panel.css">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="/codicon.css">
</head>
<body class="${bodyClass}" data-vscode-theme-kind="${kind}" data-vscode-theme-id="${themeId}">
<${element}></${element}>
<script type="module" nonce="fixture" src="/page.js"></script>
</body>
</html>`;
  const codicons = (name: string) => readFile(inRoot('node_modules/@vscode/codicons/dist', name));
  return new Map<string, ServedFile>([
    ['/', { body: html, contentType: 'text/html' }],
    ['/editor.css', { body: sheet, contentType: 'text/css' }],
    ['/panel.css', { body: await readFile(inRoot('src/webview/panel.css')), contentType: 'text/css' }],
    ['/page.js', { body: await scriptOf(script), contentType: 'text/javascript' }],
    ['/codicon.css', { body: await codicons('codicon.css'), contentType: 'text/css' }],
    ['/codicon.ttf', { body: await codicons('codicon.ttf'), contentType: 'font/ttf' }],
  ]);
}

const scripts = new Map<string, Promise<string>>();

function scriptOf(name: string): Promise<string> {
  const script = scripts.get(name) ?? bundle(name);
  scripts.set(name, script);
  return script;
}

/** A page's script from the sources as they are now: no build has to come first. */
async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inRoot(`src/webview/${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'chrome138',
    outdir: inRoot('dist/webview'),
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return outputFiles.find(({ path }) => path.endsWith('.js'))!.text;
}
