import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import type { Server } from '../../scripts/lib/server.mjs';
import { startTiebreak } from '../../scripts/lib/start.mjs';
import { makeTempDir, removeTempDir } from '../../scripts/lib/temp.mjs';
import { ensureVsix } from '../../scripts/lib/vsix.mjs';
import { until } from '../until.ts';
import { isKept } from './windowState.ts';

/** The title of the first sample task. */
const first = 'Split an iterable into chunks';
const third = 'Paid orders of every customer';

describe('npm start', function () {
  let dir: string;
  let browser: Browser;
  let context: BrowserContext;
  let server: Server;
  let page: Page;
  let port = 0;

  /** Starts the editor like `npm start` and opens the printed address. */
  async function start(): Promise<void> {
    const started = await startTiebreak({
      dataDir: join(dir, 'data'),
      workspace: join(dir, 'repository/workspace'),
      token: 'secret',
      preferredPort: port,
    });
    server = started.server;
    // The editor in a browser remembers a window by its address.
    port = Number(new URL(server.origin).port);
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(started.address);
    await page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  }

  async function stop(): Promise<void> {
    await page.close();
    await server.stop();
  }

  /** The page of the review panel, once it shows a task. */
  async function panel(title: string): Promise<Frame> {
    let shown: Frame | undefined;
    await until(async () => {
      for (const frame of page.frames()) {
        const heading = frame.getByRole('heading', { level: 1, name: title });
        // A frame may disappear while it is queried.
        if (await heading.isVisible().catch(() => false)) shown = frame;
      }
      return shown !== undefined;
    }, `a panel shows “${title}”`);
    return shown!;
  }

  before(async () => {
    await ensureVsix();
    dir = await makeTempDir();
    // As in a clone of Tiebreak, where the workspace is inside a repository.
    await mkdir(join(dir, 'repository'));
    execFileSync('git', ['init', '--quiet'], { cwd: join(dir, 'repository') });
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
    await start();
  });
  after(async () => {
    await stop();
    await browser.close();
    await removeTempDir(dir);
  });

  it('shows the first sample task without a message over it', async () => {
    await panel(first);
    assert.deepEqual(await page.locator('.notification-list-item-message').allTextContents(), []);
  });

  it('does not ask about the repository around its folder', async () => {
    await page
      .getByRole('tab', { name: /^Source Control/ })
      .locator('a')
      .click();
    // The offer that Git shows if it has found no repository.
    await page.getByRole('button', { name: 'Initialize Repository' }).waitFor();
  });

  it('has the walkthrough one tab away', async () => {
    await page.locator('.tab').first().click();
    await page.getByText('Open the sample queue').first().waitFor();
  });

  it('shows the task with its draft in a new browser', async () => {
    await page.locator('.tab', { hasText: first }).click();
    const frame = await panel(first);
    await frame.getByLabel('Rationale', { exact: true }).fill('@A is better because it reads lazily.');
    await frame.getByText(/^Saved /).waitFor();
    await stop();
    await context.close();
    context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
    await start();
    const again = await panel(first);
    const rationale = again.getByLabel('Rationale', { exact: true });
    await rationale.waitFor();
    assert.equal(await rationale.inputValue(), '@A is better because it reads lazily.');
  });

  it('restores the task and the tabs when it is started again', async () => {
    await page.locator('.sidebar .monaco-list-row', { hasText: third }).click();
    await panel(third);
    await until(() => isKept(page, /sample-paid-orders/), 'the window keeps its tabs and the open task');
    await stop();
    await start();
    await panel(third);
    assert.equal(await page.locator('.tab').count(), 2);
  });
});
