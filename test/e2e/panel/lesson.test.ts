import { strict as assert } from 'node:assert';
import type { PanelLesson } from '../../../src/protocol/webview.ts';
import { hostileTexts } from '../../fixtures/xss.ts';
import { chunkRationale } from '../panel-fixture/chunkTask.ts';
import { closeSharedBrowser, PanelPage, sharedBrowser } from '../panel-fixture/page.ts';

const missed: PanelLesson = {
  met: false,
  yours: 2,
  reference: -3,
  rationale: 'B reads everything at once.\nThe prompt asks for a stream.',
  isSwapped: true,
};

describe('the lesson after a task', function () {
  this.timeout(30_000);
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.complaints, ...panel.host.errors], []);
  });
  after(closeSharedBrowser);

  const submit = async (lesson: PanelLesson, width = 1600) => {
    panel = await PanelPage.open(
      await sharedBrowser(),
      { ran: true, draft: { preference: 2, rationale: chunkRationale } },
      { width },
    );
    await panel.page.keyboard.press('t');
    const { task } = panel.host.state();
    panel.host.send({ task: { ...task!, submitted: true }, lesson });
    return panel.page.getByRole('region', { name: 'Reference' });
  };

  it('shows the reference beside one’s own verdict, and goes on with a key', async () => {
    const lesson = await submit(missed);
    await lesson.getByRole('heading', { name: 'You missed the reference' }).waitFor();
    assert.match(await lesson.innerText(), /Yours\s+B better\s+Reference\s+A much better/);
    await lesson.getByText('The prompt asks for a stream.').waitFor();
    await lesson.getByText('its A is your B').waitFor();
    assert.equal(await panel.rationale.inputValue(), chunkRationale);
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(panel.host.wishes, [], 'what submitted must not skip the lesson');
    await panel.page.keyboard.press('j');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [{ kind: 'next' }]);
  });

  it('says that the reference was met', async () => {
    const lesson = await submit({ met: true, yours: -1, reference: -3, isSwapped: false });
    await lesson.getByRole('heading', { name: 'You met the reference' }).waitFor();
    assert.equal(await lesson.getByText('its A is your B').count(), 0);
  });

  it('comes into sight where the judgement is a tab', async () => {
    const lesson = await submit(missed, 800);
    await lesson.waitFor();
    await panel.page.keyboard.press('j');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [{ kind: 'next' }]);
  });

  it('goes while the review is taken up again, and with the next task', async () => {
    const lesson = await submit(missed);
    await lesson.waitFor();
    const { task } = panel.host.state();
    panel.host.send({ task: { ...task!, submitted: false } });
    await lesson.waitFor({ state: 'detached' });
    panel.host.send({ task: { ...task!, id: 'next' }, lesson: null });
    assert.equal(await lesson.count(), 0);
  });

  it('shows a hostile rationale as text', async () => {
    const rationale = hostileTexts.join('\n');
    const lesson = await submit({ ...missed, rationale });
    assert.equal(await lesson.locator('pre').textContent(), rationale);
    assert.equal(await panel.page.evaluate(() => 'pwned' in window), false);
    assert.deepEqual(panel.strangers, []);
  });
});
