import { strict as assert } from 'node:assert';
import { sharedBrowser } from '../shared.ts';
import { chunkTask } from './chunkTask.ts';
import type { FixtureOptions } from './host.ts';
import { fullyJudged } from './judged.ts';
import { coloursOf, PanelPage } from './page.ts';

/** Opens a panel for all tests of a suite, and asserts at the end that it caused no errors. */
export function openedPanel(width: number, options: FixtureOptions = {}): () => PanelPage {
  let panel: PanelPage;
  before(async () => {
    const highlight = await coloursOf(chunkTask, 'dark');
    const view = { width, height: 800 };
    panel = await PanelPage.open(await sharedBrowser(), { ...fullyJudged, ...options, highlight }, view);
  });
  after(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.foreignRequests, ...panel.host.errors], []);
  });
  return () => panel;
}
