import { strict as assert } from 'node:assert';
import { chunkIdeal } from '../panel-fixture/chunkIdeal.ts';
import { chunkRationale } from '../panel-fixture/chunkTask.ts';
import type { FixtureOptions } from '../panel-fixture/host.ts';
import { closeSharedBrowser, PanelPage, sharedBrowser } from '../panel-fixture/page.ts';
import { sampleInspection, sampleSettlement } from '../panel-fixture/reviewer.ts';

const judged: FixtureOptions = {
  ran: true,
  draft: {
    preference: 2,
    rationale: chunkRationale,
    scores: { first: { correctness: 5 }, second: { correctness: 2 } },
  },
};
const quote = chunkRationale.slice(4, 14);

describe('the panel of a reviewer', function () {
  this.timeout(30_000);
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.complaints, ...panel.host.errors], []);
  });
  after(closeSharedBrowser);

  const open = async (options: FixtureOptions, width = 1600) => {
    panel = await PanelPage.open(await sharedBrowser(), { ...judged, ...options }, { width });
  };
  const inspect = (width?: number) => open({ inspection: sampleInspection }, width);
  const selectQuote = () =>
    panel.rationale.evaluate((area: HTMLTextAreaElement, text) => {
      area.focus();
      const start = area.value.indexOf(text);
      area.setSelectionRange(start, start + text.length);
    }, quote);

  it('shows the review read-only, whatever is pressed', async () => {
    await inspect();
    assert.equal(await panel.rationale.isEditable(), false);
    assert.ok(await panel.page.getByRole('radio', { name: 'B better', exact: true }).isDisabled());
    for (const key of ['5', 'n', 'f', 's', 'e', '.']) await panel.page.keyboard.press(key);
    assert.equal(await panel.page.getByRole('dialog').count(), 0);
    assert.deepEqual([panel.host.edits, panel.host.wishes], [[], []]);
  });

  it('shows the ideal of a trainer’s review beside the answers, read-only', async () => {
    await open({ inspection: sampleInspection, ideal: chunkIdeal() });
    const part = panel.page.getByRole('region', { name: 'Ideal solution' });
    await part.getByText(/Proved:/).waitFor();
    assert.equal(await part.getByLabel('Notes').isEditable(), false);
    assert.equal(await part.getByRole('button').count(), 0);
  });

  it('tells how it came about, and case by case what a replay gave', async () => {
    await inspect();
    await panel.page.getByText('4:12').first().waitFor();
    await panel.page.getByText('the prompt names no line').waitFor();
    await panel.page.getByText('differs: fail then, pass now').waitFor();
    await panel.page.keyboard.press('r');
    await panel.page.getByRole('button', { name: /^Replay all/ }).waitFor();
    assert.deepEqual(panel.host.wishes, [{ kind: 'run', fresh: false }]);
  });

  it('decides by digit, and keeps what is typed through another decision', async () => {
    await inspect();
    await panel.page.keyboard.press('2');
    const changes = panel.page.getByLabel('What must change, one a line');
    await changes.fill('Say which input.');
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('4');
    await panel.page.getByLabel('Why it is rejected').fill('copied');
    await panel.page.getByRole('radio', { name: /^Send back/ }).click();
    assert.equal(await changes.inputValue(), 'Say which input.');
    await panel.page.getByRole('radio', { name: /^Correct/ }).click();
    assert.equal(
      await panel.page.getByLabel('How the rationale should read').inputValue(),
      'It should read otherwise.',
    );
    await panel.page.getByLabel('The right preference').selectOption('Tie');
    assert.deepEqual(panel.host.inspectionEdits.at(-1), { kind: 'correct-preference', value: 0 });
  });

  it('shows what a key has decided, wherever the form is', async () => {
    for (const width of [1200, 800]) {
      await inspect(width);
      await panel.page.setViewportSize({ width, height: 500 });
      await panel.page.keyboard.press('2');
      const field = panel.page.getByRole('radio', { name: /^Send back/ });
      await panel.page.locator('[aria-label="Decision"] textarea').waitFor();
      const { y, height } = (await field.boundingBox())!;
      assert.ok(y > 0 && y + height < 500, `the decision is at ${y} of 500 in a panel ${width} wide`);
      if (width === 1200) await panel.close();
    }
  });

  it('names its keys for a reviewer', async () => {
    await inspect();
    await panel.page.keyboard.press('?');
    const keys = panel.page.getByRole('dialog');
    await keys.getByText('Next review to inspect').waitFor();
    assert.equal(await keys.getByText(/task/).count(), 0);
  });

  it('comments on what is selected, marks it in the text, and goes back to it', async () => {
    await inspect();
    await panel.page.keyboard.press('k');
    await panel.page.getByText(/^Select the words/).waitFor();
    await selectQuote();
    await panel.page.keyboard.press('k');
    const field = panel.page.getByLabel(`Comment on “${quote}”`, { exact: true });
    await field.waitFor();
    await panel.page.waitForFunction(() => {
      const active = (root: DocumentOrShadowRoot): Element | null =>
        root.activeElement?.shadowRoot ? active(root.activeElement.shadowRoot) : root.activeElement;
      return active(document)?.id.startsWith('comment-');
    });
    await panel.page.keyboard.type('Which of 12345 inputs?');
    assert.equal(await field.inputValue(), 'Which of 12345 inputs?');
    assert.equal(await panel.page.locator('.commented').first().textContent(), quote);
    const comment = panel.host.inspectionEdits.at(-1);
    assert.ok(comment?.kind === 'comment' && comment.comment.text === 'Which of 12345 inputs?');
    await panel.page.getByRole('button', { name: quote, exact: true }).click();
    const selected = await panel.rationale.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    );
    assert.equal(selected, quote);
    await panel.page.getByRole('button', { name: /^Remove the comment/ }).click();
    await field.waitFor({ state: 'detached' });
  });

  it('scores, submits, and says what is missing', async () => {
    await inspect();
    await panel.page
      .getByRole('radiogroup', { name: 'Clear of the rationale' })
      .getByRole('radio')
      .nth(2)
      .click();
    assert.deepEqual(panel.host.inspectionEdits.at(-1), { kind: 'score', criterion: 'clear', value: 3 });
    panel.host.problems = ['Score Specific'];
    await panel.page.getByRole('button', { name: /^Submit inspection/ }).click();
    await panel.page.getByRole('alert').getByText('Score Specific').waitFor();
  });

  it('shows other inspections once its own is submitted, and takes it up again', async () => {
    const others = [{ decision: 'reject' as const, said: 'It is copied.', scores: {} }];
    await open({ inspection: { ...sampleInspection, submitted: true, decision: 'approve', others } });
    await panel.page.getByText('Another reviewer: Reject. It is copied.').waitFor();
    await panel.page.keyboard.press('4');
    await panel.page.getByRole('button', { name: 'Change', exact: true }).click();
    assert.deepEqual([panel.host.inspectionEdits, panel.host.wishes], [[], [{ kind: 'revise' }]]);
  });

  it('settles reviews side by side, by key and with grounds', async () => {
    await open({ settlement: { ...sampleSettlement, verdict: -2, source: 'adjudicated' } });
    await panel.page
      .getByRole('region', { name: 'Evaluator 2' })
      .getByText(/the other way round/)
      .waitFor();
    await panel.page.getByText(/size-zero of A. Evaluator 1: fail/).waitFor();
    for (const key of ['2', '0', 'u', 'r']) await panel.page.keyboard.press(key);
    await panel.page.getByRole('radio', { name: /^Facts/ }).click();
    await panel.page.getByLabel('What decided it').fill('x');
    await panel.until(() => panel.host.settlementEdits.length >= 5);
    assert.deepEqual(panel.host.settlementEdits, [
      { kind: 'verdict', value: -2 },
      { kind: 'verdict', value: 'both-bad' },
      { kind: 'verdict', value: 'unresolved' },
      { kind: 'on', value: 'facts' },
      { kind: 'reason', text: 'x' },
    ]);
    assert.deepEqual(panel.host.wishes, [{ kind: 'run', fresh: false }]);
  });

  it('has nothing beyond its edge at any width, and all parts of the form', async () => {
    for (const width of [800, 1000, 1600]) {
      await inspect(width);
      if (width === 800) await panel.page.getByRole('tab', { name: 'Judgement' }).click();
      await panel.page.getByRole('region', { name: 'Decision' }).scrollIntoViewIfNeeded();
      assert.ok(await panel.page.evaluate(() => document.scrollingElement!.scrollWidth <= window.innerWidth));
      if (width < 1600) await panel.close();
    }
  });

  it('tells an evaluator what was sent back, and where', async () => {
    const comments = [{ id: 'c', start: 0, end: 10, quote, text: 'Which one?' }];
    await open({ over: { feedback: { changes: ['Name the input.'], comments } } });
    await panel.page.getByText('Name the input.').waitFor();
    assert.equal(
      await panel.page.locator('.commented').first().textContent(),
      quote,
      'found again by its quote',
    );
    await panel.page.getByRole('button', { name: quote, exact: true }).click();
    await panel.rationale.fill('Other words.');
    await panel.page.getByRole('button', { name: quote, exact: true, disabled: true }).waitFor();
  });
});
