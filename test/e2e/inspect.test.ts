import { strict as assert } from 'node:assert';
import { Editor } from './harness.ts';
import { judgeSum, sumRationale } from './judging.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

describe('a review that is inspected, sent back, revised and approved', function () {
  let editor: Editor;
  let panel: Panel;
  let inspection: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';
  /** The citation of the case that a found input became. */
  let cited: string;

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask]) } });
  });
  after(() => editor.stop());

  it('is submitted with its runs', async () => {
    panel = await Panel.importing(editor, 'tasks.jsonl');
    await editor.openQueue();
    ({ good, bad } = await judgeSum(panel));
  });

  it('opens from the Inspect view as its evaluator saw it', async () => {
    await editor.page.locator('.pane-header', { hasText: 'Inspect' }).click();
    await editor.page
      .locator('.pane', { has: editor.page.locator('.pane-header', { hasText: 'Inspect' }) })
      .locator('.monaco-list-row', { hasText: 'Add two numbers' })
      .click();
    await editor.page.locator('.pane-header', { hasText: 'Unresolved · 1' }).waitFor();
    inspection = new Panel(editor, await editor.frameWith('tiebreak-inspection'));
    await inspection
      .radio(`${good} much better`)
      .and(inspection.frame.locator('[aria-checked="true"]'))
      .waitFor();
    assert.equal(await inspection.sideWith('return a + b'), good);
    assert.equal(await inspection.rationale.inputValue(), sumRationale(good, bad));
    assert.equal(await inspection.rationale.isEditable(), false);
    const about = inspection.frame.getByRole('region', { name: 'History of the review' });
    assert.match((await about.textContent()) ?? '', /Before the decision.*code .*ran the cases/s);
    assert.equal(await inspection.frame.getByText(/evaluator-/).count(), 0, 'nobody is named');
  });

  it('replays every run with one key', async () => {
    await inspection.focusCode();
    await inspection.press('r');
    const runs = inspection.frame.getByRole('region', { name: 'Recorded runs' });
    await runs.getByText('same result', { exact: true }).nth(1).waitFor();
    await runs.getByText('same result, fail').waitFor();
  });

  it('is scored and commented on', async () => {
    for (const name of ['True', 'Specific', 'Decisive', 'Consistent', 'Clear', 'Complete'])
      await inspection.radio(/^4/, `${name} of the rationale`).click();
    await inspection.rationale.evaluate((area: HTMLTextAreaElement) => {
      area.focus();
      const start = area.value.indexOf('simply adds');
      area.setSelectionRange(start, start + 'simply adds'.length);
    });
    await inspection.press('k');
    const comment = inspection.frame.getByLabel('Comment on “simply adds”', { exact: true });
    await comment.and(inspection.frame.locator(':focus')).waitFor();
    await comment.fill('Adds what?');
    await inspection.focusCode();
    await inspection.press('2');
    await inspection.frame.getByLabel('Required changes, one per line').fill('Say what it adds');
    await inspection.saved();
  });

  it('is restored after a reload, and sent back', async () => {
    await editor.tabsKept();
    await editor.reload();
    inspection = new Panel(editor, await editor.frameWith('tiebreak-inspection'));
    const changes = inspection.frame.getByLabel('Required changes, one per line');
    await changes.waitFor();
    assert.equal(await changes.inputValue(), 'Say what it adds');
    const comment = inspection.frame.getByLabel('Comment on “simply adds”', { exact: true });
    assert.equal(await comment.inputValue(), 'Adds what?');
    await inspection.frame.getByText('same result', { exact: true }).nth(1).waitFor();
    await inspection.focusCode();
    await inspection.press('Control+Enter');
    await inspection.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });

  it('is back in the queue with its comments', async () => {
    await editor.runCommand('Tiebreak: Open Next Task');
    panel = new Panel(editor, await editor.frameWith('tiebreak-feedback'));
    const sentBack = panel.frame.getByRole('region', { name: 'Sent back' });
    await sentBack.getByText('Say what it adds').waitFor();
    await sentBack.getByText('Adds what?').waitFor();
    assert.equal(await panel.frame.locator('.commented').textContent(), 'simply adds');
  });

  it('gains a case from an input on which the answers are found to differ, and cites it', async () => {
    await panel.focusCode();
    await panel.press('Shift+D');
    const first = panel.frame.getByRole('group', { name: 'Difference 1 of search 1' });
    await first.and(panel.frame.locator(':focus')).waitFor();
    await panel.press(good.toLowerCase());
    await first.getByText(/^Saved as case/).waitFor();
    await panel.rationale.fill(
      sumRationale(good, bad, 'adds both numbers with their signs and passes every case.'),
    );
    await first.getByRole('button', { name: /^Cite/ }).click();
    cited = /@case:\S+/.exec((await panel.rationale.inputValue()).split('every case.')[1] ?? '')![0];
    const id = cited.replace(/^@case:"?|"$/g, '');
    await panel.frame.getByRole('tab', { name: 'Cases' }).click();
    await panel.verdict(id, bad).filter({ hasText: 'fail' }).waitFor();
    await panel.verdict(id, good).filter({ hasText: 'pass' }).waitFor();
    await panel.saved();
    await panel.focusCode();
    await panel.press('Control+Enter');
    await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });

  it('is approved as a new review that names the old one', async () => {
    await editor.runCommand('Tiebreak: Inspect Next Review');
    inspection = new Panel(editor, await editor.frameWith('tiebreak-inspection'));
    await inspection.frame.getByText(/, a revision/).waitFor();
    const evidence = inspection.frame.getByRole('region', { name: 'Cited evidence' });
    await evidence.getByText(cited).waitFor();
    await inspection.frame.getByRole('tab', { name: 'Differences' }).click();
    const first = inspection.frame.getByRole('group', { name: 'Difference 1 of search 1' });
    await first.getByText(/^Saved as case/).waitFor();
    await inspection.focusCode();
    await inspection.press('r');
    const searched = inspection.frame
      .getByRole('region', { name: 'Recorded runs' })
      .getByRole('listitem')
      .filter({ hasText: 'search 1' });
    await searched.nth(1).getByText('same result', { exact: true }).waitFor();
    await searched.nth(0).getByText('same result', { exact: true }).waitFor();
    for (const name of ['True', 'Specific', 'Decisive', 'Consistent', 'Clear', 'Complete'])
      await inspection.radio(/^5/, `${name} of the rationale`).click();
    await editor.runCommand('Tiebreak: Approve Review');
    await inspection
      .radio(/^Approve/)
      .and(inspection.frame.locator('[aria-checked="true"]'))
      .waitFor();
    await inspection.button(/^Submit inspection/).click();
    await inspection.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });
});
