import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { makeTempDir, removeTempDir } from '../../scripts/lib/temp.mjs';
import { patience, until } from '../until.ts';
import { isKept } from './windowState.ts';
import { giveBack, newWindow, stopShared, takeServer, type EditorServer, type Size } from './shared.ts';

export interface EditorOptions {
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** User settings beside the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the editor asks before it trusts the workspace; off by default. */
  readonly workspaceTrust?: boolean;
  /** Packages of other extensions to install beside Tiebreak. */
  readonly extensions?: readonly string[];
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** The window's size in pixels; 1600 × 1000 by default. */
  readonly size?: Size;
}

/** Themes by kind: the editor's name for each, and the class of the workbench that shows it. */
const themes = {
  dark: { label: 'Dark Modern', shown: 'vs-dark' },
  light: { label: 'Light Modern', shown: 'vs' },
  'high contrast': { label: 'Dark High Contrast', shown: 'hc-black' },
  'high contrast light': { label: 'Light High Contrast', shown: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

/** The running editors; a failed test takes a screenshot of each. */
const running = new Set<Editor>();

if (typeof afterEach === 'function') {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replaceAll(/[^a-z0-9]+/gi, '-');
    for (const editor of running) await editor.screenshot(`failed-${name}`);
  });
}

/**
 * A window of a real editor in a browser, with Tiebreak installed from its package, as a user has it. Settings, database and
 * workspace are new; the server and the browser may have been used by other windows.
 */
export class Editor {
  readonly page: Page;
  /** The folder that is open. */
  readonly workspace: string;
  /** The server's data: `data/User/settings.json`, installed extensions, Tiebreak's database. */
  readonly dataDir: string;
  readonly #lent: EditorServer;

  private constructor(workspace: string, lent: EditorServer, page: Page) {
    this.page = page;
    this.workspace = workspace;
    this.dataDir = lent.dataDir;
    this.#lent = lent;
  }

  /** Opens a window and waits for the workbench. Stop it in an `after` hook. */
  static async start(options: EditorOptions = {}): Promise<Editor> {
    const {
      files = {},
      settings,
      workspaceTrust = false,
      extensions = [],
      env = {},
      size = { width: 1600, height: 1000 },
    } = options;
    const lent = await takeServer({ workspaceTrust, extensions, env }, settings);
    const workspace = await makeTempDir();
    await writeFiles(workspace, files);
    const page = await newWindow(size, lent.server.origin);
    page.setDefaultTimeout(patience);
    const editor = new Editor(workspace, lent, page);
    running.add(editor);
    await editor.open();
    return editor;
  }

  /** Opens the workbench, or opens it again. */
  async open(): Promise<void> {
    await this.page.goto(`${this.#lent.server.origin}/?folder=${encodeURIComponent(this.workspace)}`);
    await this.#workbenchReady();
  }

  /** Reloads the window like F5: the extension host restarts. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#workbenchReady();
  }

  /**
   * Waits until the window has saved its tabs, so that a reload restores them: in a browser it saves them only at intervals.
   * @param tiebreak Matches the state that Tiebreak must have saved for the workspace by then, as JSON.
   */
  async tabsKept(tiebreak: RegExp = /^/): Promise<void> {
    await until(() => isKept(this.page, tiebreak), `the window keeps its tabs, and ${tiebreak.source}`);
  }

  async #workbenchReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  }

  /** Runs a command by its full title, as in `Tiebreak: Open Sample Queue`, through the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.#openQuickPick('F1', `>${title}`, () => this.#row(title).click({ timeout: 10_000 }));
  }

  /** The same with the keyboard alone. */
  async typeCommand(title: string): Promise<void> {
    await this.#openQuickPick('F1', `>${title}`, () => this.#first(title));
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the workspace by its name with the keyboard alone. */
  async typeFileName(name: string): Promise<void> {
    await this.#openQuickPick('Control+P', name, () => this.#first(name));
    await this.page.keyboard.press('Enter');
  }

  /**
   * Imports a file of the workspace with the button of its tab, and waits until a message says so. The editor draws its toolbar
   * again when extensions have started, which loses a click at that moment: then clicks again.
   */
  async importFile(file: string, said: string | RegExp = 'Import:'): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).dblclick();
    await this.page.locator(`.tab[data-resource-name="${file}"]`).waitFor();
    const button = this.page.locator('.editor-actions').getByRole('button', { name: 'Import This File' });
    const message = this.page.locator('.notification-list-item-message', { hasText: said }).first();
    const lastAttempt = 3;
    for (let attempt = 1; ; attempt += 1) {
      await button.click();
      try {
        return await message.waitFor({ timeout: 20_000 });
      } catch (error) {
        if (attempt === lastAttempt) throw error;
      }
    }
  }

  /** Chooses an entry of the open quick pick with the keyboard alone. */
  async typeChoice(label: string, filter: string = label): Promise<void> {
    await this.#input.fill(filter);
    await this.#first(label, patience);
    await this.page.keyboard.press('Enter');
  }

  /** Shows the queue with its icon in the activity bar. A click on the badge counts as a click on the icon. */
  async openQueue(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Tiebreak' }).locator('a').click({ force: true });
    await this.page.locator('.sidebar .title-label', { hasText: 'Tiebreak' }).waitFor();
  }

  /** Chooses an entry of the open quick pick by its label. `filter` is typed first. */
  async pick(label: string, filter: string = label): Promise<void> {
    await this.#input.fill(filter);
    await this.#row(label).click();
  }

  /** Waits until the first entry has this label. */
  async #first(label: string, timeout: number = 10_000): Promise<void> {
    const first = this.page.locator('.quick-input-widget:visible .monaco-list-row').first();
    await first.filter({ hasText: label }).waitFor({ timeout });
  }

  #row(label: string): Locator {
    return this.page
      .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row')
      .filter({ hasText: label })
      .first();
  }

  /** Opens the palette and types, without choosing anything. */
  async openPalette(filter: string): Promise<void> {
    await this.#openQuickPick('F1', filter, () => this.#first(''));
  }

  /**
   * Opens the palette or the list of files by its key and types, until `act` succeeds. A panel or page that was just opened takes
   * the focus late and closes the list; the key is pressed again in that case.
   */
  async #openQuickPick(key: string, filter: string, act: () => Promise<void>): Promise<void> {
    const lastAttempt = 6;
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press(key);
      try {
        await this.#input.fill(filter, { timeout: 5_000 });
        return await act();
      } catch (error) {
        if (attempt === lastAttempt) throw error;
      }
    }
  }

  /** Types into the open input box and accepts. */
  async typeAnswer(text: string): Promise<void> {
    await this.#input.fill(text);
    await this.#input.press('Enter');
  }

  /** Types a path into the open file dialog and accepts. */
  async typePath(path: string): Promise<void> {
    // The dialog fills its field before it lists its folder; text typed earlier would be mixed with that.
    await this.#row('..').waitFor();
    await until(async () => {
      const shown = await this.#input.inputValue();
      if (shown !== path) await this.#input.fill(path);
      return shown === path;
    }, `the dialog takes ${path}`);
    // Enter selects a folder, or opens it if the dialog has listed it by then; then the next Enter selects it. The dialog ignores
    // Enter while it still reads what was typed.
    await until(async () => {
      // The dialog may close in the meantime.
      await this.#input.press('Enter', { timeout: 1_000 }).catch(() => {});
      const closing = this.page.waitForFunction(hasNoFieldWith, path, { timeout: 3_000 });
      return closing.then(
        () => true,
        () => false,
      );
    }, `the dialog closes with ${path}`);
  }

  get #input(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type="text"]');
  }

  /** The frame, at any depth, that shows an element; a webview's content is two frames deep. */
  async frameWith(selector: string): Promise<Frame> {
    let found: Frame | undefined;
    await until(async () => {
      for (const frame of this.page.frames()) {
        // A frame may disappear while it is queried.
        const count = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (count > 0) found = frame;
      }
      return found !== undefined;
    }, `a frame shows ${selector}`);
    return found!;
  }

  /** Selects a theme as a person would, and waits until the workbench shows it. */
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

  /** Presses a button of the notification with this text. */
  async pressInMessage(text: string | RegExp, button: string): Promise<void> {
    const message = this.page.locator('.notification-list-item', { hasText: text }).first();
    await message.waitFor();
    await message.hover();
    await message.getByRole('button', { name: button, exact: true }).click();
  }

  /** The texts of the notifications on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allTextContents();
  }

  /** Closes the window. Outside of mocha, where no other test uses them, the browser and the server end as well. */
  async stop(): Promise<void> {
    running.delete(this);
    // Navigate away first, which ends the extension host. After only closing the page, the host would wait for a new
    // connection.
    await this.page.goto('about:blank');
    await giveBack(this.#lent);
    await this.page.close();
    await removeTempDir(this.workspace);
    if (typeof after !== 'function') await stopShared();
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

/** Whether no open dialog has a field that begins with a text. Runs in the page. */
function hasNoFieldWith(text: string): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>('.quick-input-widget input[type="text"]');
  return [...fields].every((field) => !field.checkVisibility() || !field.value.startsWith(text));
}
