import { strict as assert } from 'node:assert';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sampleInspection, sampleSettlement } from '../panelFixture/reviewer.ts';
import { sharedBrowser } from '../shared.ts';

describe('the dialogs of the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options });
    await panel.page.evaluate(() => {
      // Here the editor would listen and submit the review.
      const heard = { submissions: 0 };
      Object.assign(window, { heard });
      window.addEventListener('keydown', ({ key, ctrlKey }) => {
        if (key === 'Enter' && ctrlKey) heard.submissions += 1;
      });
    });
  };
  const submissions = () =>
    panel.page.evaluate(() => (window as unknown as { heard: { submissions: number } }).heard.submissions);
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const dialog = () => panel.page.getByRole('dialog');

  it('save a case with Ctrl+Enter, without submitting the review', async () => {
    await open();
    await press('n');
    await panel.page.keyboard.type('mine');
    await panel.page.getByLabel(/^Arguments/).fill('[1], 1');
    await panel.page.getByLabel(/^Expected value/).fill('[[1]]');
    await press('Control+Enter');
    await panel.until(() => panel.host.draft.cases.length === 1);
    assert.equal(panel.host.draft.cases[0]?.id, 'mine');
    assert.equal(await submissions(), 0);
  });

  it('stay open when the browser reports late that an earlier one has closed', async () => {
    await open();
    await press('?');
    const first = await dialog().elementHandle();
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await press('Shift+S');
    await panel.page.getByRole('dialog', { name: 'Skip task' }).waitFor();
    await first.evaluate((closed) => closed.dispatchEvent(new Event('close')));
    await panel.settled();
    assert.ok(await panel.page.getByRole('dialog', { name: 'Skip task' }).isVisible());
  });

  it('stay open with their text if a case cannot be saved', async () => {
    await open();
    await press('n');
    await panel.page.keyboard.type('half');
    await panel.page.getByLabel(/^Arguments/).fill('[1, ');
    await press('Control+Enter');
    await panel.page.getByText(/as JSON, separated by commas/).waitFor();
    assert.equal(await panel.page.getByLabel(/^Arguments/).inputValue(), '[1, ');
    assert.equal(await submissions(), 0);
    assert.deepEqual(panel.host.draft.cases, []);
  });

  it('save a flag with Ctrl+Enter, also from its note', async () => {
    await open();
    await press('c', 'ArrowDown', 'f');
    await panel.page.getByLabel('Note (optional)').fill('reads it all');
    await press('Control+Enter');
    await panel.until(() => panel.host.draft.flags.length === 1);
    assert.equal(panel.host.draft.flags[0]?.note, 'reads it all');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await submissions(), 0);
  });

  it('skip with Ctrl+Enter only with a reason', async () => {
    await open();
    await press('Shift+S');
    await dialog().waitFor();
    await press('Control+Enter');
    await panel.settled();
    assert.deepEqual(panel.host.requests, []);
    await panel.page.keyboard.type('not my language');
    await press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'skip', reason: 'not my language' }]);
    assert.equal(await submissions(), 0);
  });

  for (const [name, options] of [
    ['evaluator', {}],
    ['reviewer', { inspection: sampleInspection }],
    ['settlement', { settlement: sampleSettlement }],
  ] as const) {
    it(`close the list of keys with Ctrl+Enter, wherever the focus is: ${name}`, async () => {
      await open(options);
      await press('?');
      await dialog().waitFor();
      await dialog().evaluate((element) => element.querySelector('button')?.blur());
      await press('Control+Enter');
      await dialog().waitFor({ state: 'detached' });
      assert.equal(await submissions(), 0);
      await press('Control+Enter');
      assert.equal(await submissions(), 1);
    });
  }

  it('take no key that follows at once after they closed', async () => {
    await open();
    await press('?');
    await dialog().evaluate((element) => {
      element.querySelector('form')?.requestSubmit();
      const key = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    assert.equal(await submissions(), 1);
  });

  it('return the focus', async () => {
    await open();
    const select = panel.page.getByRole('region', { name: /^Answer B/ });
    for (const close of ['Escape', 'Cancel']) {
      await select.focus();
      await press('ArrowDown', 'f');
      await dialog().waitFor();
      if (close === 'Escape') await press(close);
      else await panel.page.getByRole('button', { name: close }).click();
      await dialog().waitFor({ state: 'detached' });
      assert.equal(await select.evaluate((pane) => pane.matches(':focus')), true, close);
    }
  });
});
