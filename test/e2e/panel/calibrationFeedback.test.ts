import { strict as assert } from 'node:assert';
import type { PanelCalibrationFeedback } from '../../../src/protocol/panel/state.ts';
import { hostileTexts } from '../../fixtures/xss.ts';
import { chunkRationale } from '../panelFixture/chunkTask.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

const missed: PanelCalibrationFeedback = {
  met: false,
  yours: 2,
  reference: -3,
  rationale: 'B reads everything at once.\nThe prompt asks for a stream.',
  isSwapped: true,
  isUnsure: true,
};

describe('the calibration feedback after a task', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const submit = async (calibrationFeedback: PanelCalibrationFeedback, width = 1600) => {
    panel = await PanelPage.open(
      await sharedBrowser(),
      { ran: true, draft: { preference: 2, rationale: chunkRationale } },
      { width },
    );
    await panel.page.keyboard.press('t');
    const { task } = panel.host.state();
    panel.host.send({ task: { ...task!, submitted: true }, calibrationFeedback });
    return panel.page.getByRole('region', { name: 'Reference' });
  };

  it('shows the reference beside the evaluator’s verdict, and continues with a key', async () => {
    const calibrationFeedback = await submit(missed);
    await calibrationFeedback
      .getByRole('heading', { name: 'Your verdict differs from the reference' })
      .waitFor();
    assert.match(await calibrationFeedback.innerText(), /Yours\s+B better\s+Reference\s+A much better/);
    await calibrationFeedback.getByText('The prompt asks for a stream.').waitFor();
    await calibrationFeedback.getByText('A and B are rewritten').waitFor();
    assert.equal(await panel.rationale.inputValue(), chunkRationale);
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(panel.host.requests, [], 'what submitted must not skip the feedback');
    await panel.page.keyboard.press('j');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'next' }]);
  });

  it('says if the verdict matches the reference', async () => {
    const calibrationFeedback = await submit({
      met: true,
      yours: -1,
      reference: -3,
      isSwapped: false,
      isUnsure: false,
    });
    await calibrationFeedback.getByRole('heading', { name: 'Your verdict matches the reference' }).waitFor();
    assert.equal(await calibrationFeedback.getByText('A and B are rewritten').count(), 0);
  });

  it('becomes visible if the judgement is a tab', async () => {
    const calibrationFeedback = await submit(missed, 800);
    await calibrationFeedback.waitFor();
    await panel.page.keyboard.press('j');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'next' }]);
  });

  it('is hidden during a revision, and with the next task', async () => {
    const calibrationFeedback = await submit(missed);
    await calibrationFeedback.waitFor();
    const { task } = panel.host.state();
    panel.host.send({ task: { ...task!, submitted: false } });
    await calibrationFeedback.waitFor({ state: 'detached' });
    panel.host.send({ task: { ...task!, id: 'next' }, calibrationFeedback: null });
    assert.equal(await calibrationFeedback.count(), 0);
  });

  it('shows a hostile rationale as text', async () => {
    const rationale = hostileTexts.join('\n');
    const calibrationFeedback = await submit({ ...missed, rationale });
    assert.equal(await calibrationFeedback.locator('pre').textContent(), rationale);
    assert.equal(await panel.page.evaluate(() => 'pwned' in window), false);
    assert.deepEqual(panel.foreignRequests, []);
  });
});
