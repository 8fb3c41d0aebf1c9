import { strict as assert } from 'node:assert';
import { problem } from '../../../src/core/review/obstacle.ts';
import { chunkIdeal } from '../panelFixture/chunkIdeal.ts';
import { chunkRationale } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';
import { sampleInspection, sampleSettlement } from '../panelFixture/reviewer.ts';

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
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

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

  it('shows the review read-only, whatever key is pressed', async () => {
    await inspect();
    assert.equal(await panel.rationale.isEditable(), false);
    assert.ok(await panel.page.getByRole('radio', { name: 'B better', exact: true }).isDisabled());
    for (const key of ['5', 'n', 'f', 's', 'e', '.']) await panel.page.keyboard.press(key);
    assert.equal(await panel.page.getByRole('dialog').count(), 0);
    await panel.settled();
    assert.deepEqual([panel.host.edits, panel.host.requests], [[], []]);
  });

  it('shows the ideal of a trainer’s review beside the answers, read-only', async () => {
    await open({ inspection: sampleInspection, ideal: chunkIdeal() });
    const part = panel.page.getByRole('region', { name: 'Ideal solution' });
    await part.getByText(/Proved:/).waitFor();
    assert.equal(await part.getByLabel('Notes').isEditable(), false);
    assert.equal(await part.getByRole('button').count(), 0);
  });

  it('shows the history of the review, and the result of a replay for each case', async () => {
    await inspect();
    await panel.page.getByText('4:12').first().waitFor();
    await panel.page.getByText('the prompt names no line').waitFor();
    await panel.page.getByText('different result: fail then, pass now').waitFor();
    await panel.page.getByText('search 1, 1 difference').waitFor();
    await panel.page.getByText('difference 1: same result').waitFor();
    await panel.page.keyboard.press('r');
    await panel.page.getByRole('button', { name: /^Replay all/ }).waitFor();
    assert.deepEqual(panel.host.requests, [{ kind: 'run', fresh: false }]);
  });

  it('takes a decision by digit, and keeps typed text when the decision changes', async () => {
    await inspect();
    await panel.page.keyboard.press('2');
    const changes = panel.page.getByLabel('Required changes, one per line');
    await changes.fill('Say which input.');
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('4');
    await panel.page.getByLabel('Reason for the rejection').fill('copied');
    await panel.page.getByRole('radio', { name: /^Send back/ }).click();
    assert.equal(await changes.inputValue(), 'Say which input.');
    await panel.page.getByRole('radio', { name: /^Correct/ }).click();
    assert.equal(
      await panel.page.getByLabel('Corrected rationale').inputValue(),
      'It should read otherwise.',
    );
    await panel.page.getByLabel('Correct preference').selectOption('Tie');
    await panel.settled();
    assert.deepEqual(panel.host.inspectionEdits.at(-1), { kind: 'correct-preference', value: 0 });
  });

  it('scrolls to the decision that a key has set', async () => {
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

  it('lists the keys of a reviewer', async () => {
    await inspect();
    await panel.page.keyboard.press('?');
    const keys = panel.page.getByRole('dialog');
    await keys.getByText('Next review to inspect').waitFor();
    assert.equal(await keys.getByText(/task/).count(), 0);
  });

  it('comments on selected text, marks it, and goes back to it', async () => {
    await inspect();
    await panel.page.keyboard.press('k');
    await panel.page.getByText(/^Select text in the rationale first/).waitFor();
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

  it('scores, lists what is missing, and submits', async () => {
    await inspect();
    await panel.page
      .getByRole('radiogroup', { name: 'Clear of the rationale' })
      .getByRole('radio')
      .nth(2)
      .click();
    await panel.settled();
    assert.deepEqual(panel.host.inspectionEdits.at(-1), { kind: 'score', criterion: 'clear', value: 3 });
    const missing = panel.page.getByRole('group', { name: 'Missing' });
    assert.equal(await missing.innerText(), 'Missing: 4 scores, decision');
    await missing.getByRole('button', { name: 'decision' }).click();
    await panel.page
      .getByRole('radio', { name: /^Approve/ })
      .and(panel.page.locator(':focus'))
      .waitFor();
    panel.host.problems = [problem('Score Specific')];
    await panel.page.getByRole('button', { name: /^Submit inspection/ }).click();
    await panel.page.getByRole('alert').getByText('Score Specific').waitFor();
  });

  it('shows other inspections after the submission, and can revise its own', async () => {
    const others = [{ decision: 'reject' as const, said: 'It is copied.', scores: {} }];
    await open({ inspection: { ...sampleInspection, submitted: true, decision: 'approve', others } });
    await panel.page.getByText('Another reviewer: Reject. It is copied.').waitFor();
    await panel.page.keyboard.press('4');
    await panel.page.getByRole('button', { name: 'Change', exact: true }).click();
    assert.deepEqual([panel.host.inspectionEdits, panel.host.requests], [[], [{ kind: 'revise' }]]);
  });

  it('settles reviews side by side, by key and with a reason', async () => {
    await open({ settlement: { ...sampleSettlement, verdict: -2, source: 'adjudicated' } });
    await panel.page
      .getByRole('region', { name: 'Evaluator 2' })
      .getByText(/Written with the sides swapped/)
      .waitFor();
    await panel.page.getByText(/size-zero of A. Evaluator 1: fail/).waitFor();
    for (const key of ['2', '3', '0', 'u', 'r']) await panel.page.keyboard.press(key);
    await panel.page.getByRole('radio', { name: /^Facts/ }).click();
    await panel.page.getByLabel('Reason for the verdict').fill('x');
    await panel.until(() => panel.host.settlementEdits.length >= 5);
    assert.deepEqual(panel.host.settlementEdits, [
      { kind: 'verdict', value: -1 },
      { kind: 'verdict', value: 'both-bad' },
      { kind: 'verdict', value: 'unresolved' },
      { kind: 'on', value: 'facts' },
      { kind: 'reason', text: 'x' },
    ]);
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'run', fresh: false }]);
  });

  it('drops the message of a refused settlement once it is submitted', async () => {
    const settlement = { ...sampleSettlement, verdict: -2 as const };
    await open({ settlement });
    panel.host.problems = [problem('Say why')];
    await panel.page.getByRole('button', { name: /^Submit settlement/ }).click();
    await panel.page.getByText('Say why').waitFor();
    panel.host.send({ settlement: { ...settlement, submitted: true } });
    await panel.page.getByText('settlement submitted').waitFor();
    await panel.page.getByText('Say why').waitFor({ state: 'detached' });
  });

  it('has room for the texts of reviews side by side, and for a full rationale', async () => {
    await open({ settlement: sampleSettlement });
    const boxes = await Promise.all(
      ['Evaluator 1', 'Evaluator 2'].map((name) => panel.page.getByRole('region', { name }).boundingBox()),
    );
    assert.equal(boxes[0]!.y, boxes[1]!.y);
    assert.ok(
      boxes.every((box) => box!.width > 380),
      JSON.stringify(boxes),
    );
    await panel.close();
    const long = Array.from({ length: 40 }, (_, line) => `@A:${line + 1} is right.`).join('\n');
    await open({ inspection: sampleInspection, draft: { ...judged.draft, rationale: long } });
    const hidden = await panel.rationale.evaluate((area) => area.scrollHeight - area.clientHeight);
    assert.ok(hidden <= 1, `${hidden} px hidden`);
    const opacity = await panel.page
      .getByRole('radio', { name: 'B better', exact: true })
      .evaluate((radio) => getComputedStyle(radio).opacity);
    assert.equal(opacity, '1');
  });

  it('shows all parts of the form at any width, with nothing outside its edge', async () => {
    for (const width of [800, 1000, 1600]) {
      await inspect(width);
      if (width < 1600) await panel.page.getByRole('tab', { name: 'Judgement' }).click();
      await panel.page.getByRole('region', { name: 'Decision' }).scrollIntoViewIfNeeded();
      assert.ok(await panel.page.evaluate(() => document.scrollingElement!.scrollWidth <= window.innerWidth));
      if (width < 1600) await panel.close();
    }
  });

  it('shows an evaluator the requested changes and comments', async () => {
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
