import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { installExtension, startServer, writeSettings } from '../../scripts/lib/server.mjs';
import type { Server } from '../../scripts/lib/server.mjs';
import { makeTempDir, removeTempDir } from '../../scripts/lib/temp.mjs';
import { ensureVsix, vsixPath } from '../../scripts/lib/vsix.mjs';

export interface EditorOptions {
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** User settings beside the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the editor asks before it trusts the workspace; off unless told. */
  readonly workspaceTrust?: boolean;
  /** Packages of other extensions to install beside Tiebreak. */
  readonly extensions?: readonly string[];
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** The window's size in pixels; 1600 × 1000 unless told. */
  readonly size?: Size;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Themes by what they are to a person: the editor's name for each, and the class of the workbench that shows it. */
const themes = {
  dark: { label: 'Dark Modern', shown: 'vs-dark' },
  light: { label: 'Light Modern', shown: 'vs' },
  'high contrast': { label: 'Dark High Contrast', shown: 'hc-black' },
  'high contrast light': { label: 'Light High Contrast', shown: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

/** Milliseconds within which the editor shows what was asked for, on a slow machine. */
const patience = 30_000;

/** The editors that run now, of which a failed test leaves a picture. */
const running = new Set<Editor>();

if (typeof afterEach === 'function') {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replaceAll(/[^a-z0-9]+/gi, '-');
    for (const editor of running) await editor.screenshot(`failed-${name}`);
  });
}

/**
 * A real editor with Tiebreak installed from its package, as a person would have it, and a browser that shows it. Its
 * settings, database and workspace are its own and go when it stops.
 */
export class Editor {
  readonly page: Page;
  /** The folder that is open. */
  readonly workspace: string;
  /** The server's data: `data/User/settings.json`, installed extensions, Tiebreak's database. */
  readonly dataDir: string;
  readonly #dir: string;
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(dir: string, server: Server, browser: Browser, page: Page) {
    this.page = page;
    this.workspace = join(dir, 'workspace');
    this.dataDir = join(dir, 'data');
    this.#dir = dir;
    this.#server = server;
    this.#browser = browser;
  }

  /** Starts server and browser and waits for the workbench. Stop it in an `after` hook. */
  static async start(options: EditorOptions = {}): Promise<Editor> {
    const {
      files = {},
      settings,
      workspaceTrust = false,
      extensions = [],
      env = {},
      size = { width: 1600, height: 1000 },
    } = options;
    await ensureVsix();
    const dir = await makeTempDir();
    await writeFiles(join(dir, 'workspace'), files);
    const dataDir = join(dir, 'data');
    await writeSettings(dataDir, settings);
    for (const vsix of [vsixPath, ...extensions]) await installExtension(dataDir, vsix);
    const server = await startServer({ dataDir, workspaceTrust, env });
    const browser = await launchBrowser();
    const context = await browser.newContext({
      viewport: size,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const editor = new Editor(dir, server, browser, page);
    running.add(editor);
    await editor.open();
    return editor;
  }

  /** Opens the workbench, or opens it again. */
  async open(): Promise<void> {
    await this.page.goto(`${this.#server.origin}/?folder=${encodeURIComponent(this.workspace)}`);
    await this.#workbenchReady();
  }

  /** Reloads the window as F5 does: the extension host starts anew. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#workbenchReady();
  }

  /** Waits until the window would come back with its tabs: in a browser it writes them down every 5 s alone. */
  async tabsKept(): Promise<void> {
    await this.page.waitForTimeout(6_000);
  }

  async #workbenchReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  }

  /** Runs a command by its full title, as in `Tiebreak: Open Sample Queue`, through the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.#openPalette(`>${title}`);
    await this.#row(title).click();
  }

  /** The same with the keyboard alone. */
  async typeCommand(title: string): Promise<void> {
    await this.#openPalette(`>${title}`);
    await this.typeChoice(title, `>${title}`);
  }

  /** Chooses an entry of the open quick pick with the keyboard alone. */
  async typeChoice(label: string, filter: string = label): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:visible');
    await widget.locator('input[type="text"]').fill(filter);
    await widget.locator('.monaco-list-row').first().filter({ hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Shows the queue by its icon in the activity bar; a click on the badge is one on the icon. */
  async openQueue(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Tiebreak' }).locator('a').click({ force: true });
    await this.page.locator('.sidebar .title-label', { hasText: 'Tiebreak' }).waitFor();
  }

  /** Chooses an entry of the open quick pick by its label. `filter` is typed first. */
  async pick(label: string, filter: string = label): Promise<void> {
    await this.page.locator('.quick-input-widget:visible input[type="text"]').fill(filter);
    await this.#row(label).click();
  }

  #row(label: string): Locator {
    return this.page
      .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row')
      .filter({ hasText: label })
      .first();
  }

  /** A panel that was just opened takes the focus late, and the palette closes: whoever meets that presses the key again. */
  async #openPalette(filter: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]');
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press('F1');
      try {
        return await input.fill(filter, { timeout: 5_000 });
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** Types into the open input box or file dialog and accepts. */
  async typeAnswer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]');
    // A file dialog reads its folder first and then writes into its field: what is typed before is mixed up with that.
    await this.#still(input);
    await input.fill(text);
    await this.#still(input);
    if ((await input.inputValue()) !== text) await input.fill(text);
    await input.press('Enter');
  }

  /** Waits until a field has held the same text for a while. */
  async #still(input: Locator): Promise<void> {
    let before: string | undefined;
    for (let now = await input.inputValue(); now !== before; now = await input.inputValue()) {
      before = now;
      await this.page.waitForTimeout(300);
    }
  }

  /** The frame, at whatever depth, that shows an element; a webview's content is two frames deep. */
  async frameWith(selector: string): Promise<Frame> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        // A frame may go while it is asked.
        const count = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (count > 0) return frame;
      }
      await this.page.waitForTimeout(10);
    }
    throw new Error(`No frame shows ${selector} within ${patience / 1000} s`);
  }

  /** Shows a theme, as a person chooses it, and waits until the workbench wears it. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, shown } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.typeChoice(label);
    await this.page.locator(`.monaco-workbench.${shown}`).waitFor();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async resize(size: Size): Promise<void> {
    await this.page.setViewportSize(size);
  }

  /** Takes a picture of the window: test-results/NAME.png. */
  async screenshot(name: string): Promise<string> {
    const path = inRoot('test-results', `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** The texts of the notifications on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allTextContents();
  }

  /** Ends the browser and the server and removes everything they wrote. */
  async stop(): Promise<void> {
    running.delete(this);
    await this.#browser.close();
    await this.#server.stop();
    await removeTempDir(this.#dir);
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}
