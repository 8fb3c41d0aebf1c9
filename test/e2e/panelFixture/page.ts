import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import darkPlus from 'shiki/themes/dark-plus.mjs';
import lightPlus from 'shiki/themes/light-plus.mjs';
import { promptSegments, colourJobs, showAnswers } from '../../../src/sessions/review/answers.ts';
import { Highlighter } from '../../../src/sessions/page/highlighter.ts';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { patience, until } from '../../until.ts';
import type { Task } from '../../../src/core/task/task.ts';
import type { Port } from '../../../src/protocol/wire.ts';
import type { PanelHighlight } from '../../../src/protocol/panel/state.ts';
import { FixtureHost, type FixtureOptions } from './host.ts';
import themes from './themes.json' with { type: 'json' };

export type PanelTheme = keyof typeof themes;
export const panelThemes = Object.keys(themes) as PanelTheme[];

/** No server answers here: every file is served from memory, and any other request is recorded. */
const origin = 'http://panel.localhost';

/** The styles that the editor adds to every webview page before the page's own styles. */
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
  /** The state that the page saved before. */
  readonly kept?: unknown;
}

/** The panel's page in a browser, under the same policy as in the editor, with a fixture as its host. */
export class PanelPage {
  readonly page: Page;
  readonly host: FixtureHost;
  /** Script errors and policy violations. */
  readonly pageErrors: string[] = [];
  /** Requested addresses that do not belong to the page. */
  readonly foreignRequests: string[] = [];
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
    page.setDefaultTimeout(patience);
    const panel = new PanelPage(context, page, new FixtureHost(options));
    const served = { element: 'tiebreak-panel', script: 'shell/panel' };
    const connect = (port: Port) => panel.host.connect(port);
    await openServed(page, served, { theme, kept, connect }, panel);
    await page.locator('tiebreak-panel').locator('header, .empty').first().waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return panel;
  }

  /** Applies a theme, as the editor does on an open page. The colours of code stay, because the host sends them. */
  async setTheme(theme: PanelTheme): Promise<void> {
    await putOn(this.page, theme);
    await this.settled();
  }

  /**
   * Reloads the page, as the editor does after its window was reloaded. The editor delivers what a page posted before it
   * went; the browser's binding can lose it, so the host receives it first.
   */
  async reload(): Promise<void> {
    await this.settled();
    await this.page.reload();
    await this.page.locator('tiebreak-panel').locator('header, .empty').first().waitFor();
  }

  /** The text area of the rationale. */
  get rationale(): ReturnType<Page['getByLabel']> {
    return this.page.getByRole('textbox', { name: 'Rationale' });
  }

  /** Waits until the host has received what the page sent. */
  async until(holds: () => boolean): Promise<void> {
    await until(holds);
  }

  /**
   * Waits until the host has received everything from the page, the page has received every answer, and all of it is drawn.
   * Anything that has not happened by then will not happen.
   */
  async settled(): Promise<void> {
    await settled(this.page);
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.#context.close();
  }
}

/** A page of the extension: its root element, and its script. */
export interface ServedPage {
  readonly element: string;
  /** Relative to src/webview, without the extension. */
  readonly script: string;
}

/** The forbidden actions of a page. */
export interface Conduct {
  /** Script errors and policy violations. */
  readonly pageErrors: string[];
  /** Requested addresses that do not belong to the page. */
  readonly foreignRequests: string[];
}

/** Serves a page under the same policy as in the editor and opens it, with the host's end of the channel in this process. */
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

/**
 * Waits for two round trips: messages of the page reach the host before the first reply, and the host's answers reach the
 * page before the second.
 */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { roundTrip } = window as unknown as { roundTrip: () => Promise<void> };
    for (let times = 0; times < 2; times += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await roundTrip();
    }
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Sets the variables and the attributes of a theme on an open page. */
export async function putOn(page: Page, theme: PanelTheme): Promise<void> {
  await page.evaluate(({ themeId, bodyClass, kind, variables }) => {
    const sheet = [...document.styleSheets].find(({ href }) => href?.endsWith('/editor.css'));
    const { style } = sheet!.cssRules[0] as CSSStyleRule;
    style.cssText = '';
    for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
    Object.assign(document.body.dataset, { vscodeThemeKind: kind, vscodeThemeId: themeId });
    document.body.className = bodyClass;
  }, themes[theme]);
}

async function serve(
  page: Page,
  files: ReadonlyMap<string, ServedFile>,
  { pageErrors, foreignRequests }: Conduct,
): Promise<void> {
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? files.get(url.pathname) : undefined;
    if (file !== undefined) return route.fulfill(file);
    if (url.pathname !== '/favicon.ico') foreignRequests.push(url.href);
    return route.abort();
  });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) pageErrors.push(message.text());
  });
  page.on('dialog', (dialog) => {
    pageErrors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

/** Messages of the page arrive through a binding. */
async function wire(page: Page, connect: (port: Port) => void, kept: unknown): Promise<void> {
  let receive: ((message: unknown) => void) | undefined;
  await page.exposeFunction('postToHost', (message: unknown) => receive?.(message));
  await page.exposeFunction('roundTrip', () => {});
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

/** Bundles a page's script from the current sources, so that no build is needed first. */
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
