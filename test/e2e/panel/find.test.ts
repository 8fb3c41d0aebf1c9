import { strict as assert } from 'node:assert';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

describe('find in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, width = 1600) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options }, { width });
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const field = () => panel.page.getByRole('textbox', { name: 'Find in the prompt and the answers' });
  const said = (text: string) => panel.page.locator('tiebreak-find').getByText(text, { exact: true });
  /** The texts that are marked, and the one that is marked as the current one. */
  const marked = (name: 'found' | 'found-now') =>
    panel.page.evaluate(
      (key) => [...((CSS.highlights.get(key) ?? []) as Iterable<Range>)].map((range) => range.toString()),
      name,
    );

  it('moves through the matches in the prompt and the answers, forwards and back', async () => {
    await open();
    await press('c', 'p', 'Control+f');
    await panel.page.keyboard.type('ISLICE');
    await said('1 of 2').waitFor();
    assert.deepEqual(await marked('found'), ['islice', 'islice']);
    await press('Enter');
    await said('2 of 2').waitFor();
    await press('Enter');
    await said('1 of 2').waitFor();
    await press('Shift+Enter');
    await said('2 of 2').waitFor();
    await field().fill('without reading more');
    await said('1 of 1').waitFor();
    await field().fill('def chunk(iterable, size)');
    await said('1 of 2').waitFor();
    assert.deepEqual(await marked('found-now'), ['def chunk(iterable, size)']);
    await field().fill('nowhere');
    await said('No results').waitFor();
    await panel.page.getByRole('button', { name: /^Next match/ }).click();
    assert.deepEqual(panel.host.requests, []);
  });

  it('ends with Escape, which restores the keys, and with the next task', async () => {
    await open();
    await press('Control+f');
    await panel.page.keyboard.type('size');
    await press('Escape');
    await field().waitFor({ state: 'detached' });
    assert.deepEqual(await marked('found'), []);
    await press('3');
    await panel.until(() => panel.host.draft.preference === -1);
    await press('Control+f');
    await field().waitFor();
    panel.host.show({ ...chunkTask, id: 'other', title: 'Other' });
    await panel.page.getByRole('heading', { name: 'Other' }).waitFor();
    assert.equal(await field().count(), 0);
  });

  it('finds text in folded lines of the difference, and far down in a long answer', async () => {
    const long = (mark: string) =>
      `\`\`\`python\n${Array.from({ length: 900 }, (_, index) => `x${index} = ${index}`).join('\n')}\n${mark}\n\`\`\`\n`;
    await open({
      task: {
        ...chunkTask,
        cases: [],
        answers: [
          { id: 'first', text: long('last = 1') },
          { id: 'second', text: long('last = 2') },
        ],
      },
    });
    await press('c', 'Control+f');
    await panel.page.keyboard.type('x450 =');
    await said('1 of 2').waitFor();
    await panel.page.locator('.row[data-line="451"][data-side="A"]').waitFor();
    await press('Escape', 'd', 'Control+f');
    await panel.page.keyboard.type('x450 =');
    await said('1 of 2').waitFor();
  });

  it('shows the evidence in a narrow window, and submits nothing', async () => {
    await open({}, 800);
    await panel.page.getByRole('tab', { name: 'Judgement' }).click();
    await press('Control+f');
    await field().waitFor();
    await panel.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.addEventListener('keydown', ({ key }) => heard.push(key));
    });
    await press('Control+Enter');
    const heard = await panel.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.deepEqual(heard, ['Control'], 'the editor, which would submit, hears no more');
    await panel.page.getByRole('tab', { name: 'Evidence', selected: true }).waitFor();
  });
});
