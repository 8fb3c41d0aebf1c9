import { strict as assert } from 'node:assert';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

describe('the rationale, while it is written', function () {
  let editor: Editor;
  let panel: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask]) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    good = await panel.sideWith('return a + b');
    bad = good === 'A' ? 'B' : 'A';
    await panel.hasFocus();
    await panel.focusCode();
    await panel.press('r', good === 'A' ? '2' : '6');
    await panel.verdict('negative', bad).filter({ hasText: 'fail' }).waitFor();
  });
  after(() => editor.stop());

  it('is checked as it is typed, and fixed with one key', async () => {
    await panel.press('t');
    await editor.page.keyboard.type(`@${good} is better because @${bad}:99 subtracts the second number.`);
    await panel.finding('R06').waitFor();
    await panel.press('Escape');
    await panel.press('.');
    await panel.finding('R06').waitFor({ state: 'detached' });
    assert.doesNotMatch(await panel.rationale.inputValue(), /:99/);
  });

  it('is checked against the runs', async () => {
    await panel.press('t', 'Control+A');
    await editor.page.keyboard.type(
      `@${good} is better than @${bad} because @${good} fails @case:negative and @${bad} passes it, as the sum shows.`,
    );
    await panel.finding('R07').first().waitFor();
  });

  it('completes an anchor in its document, and resolves it', async () => {
    await panel.press('Control+A');
    await editor.page.keyboard.type(`@${good} is better than @${bad}, which gives the wrong sum: `);
    await panel.press('Escape', 'e');
    await editor.page.locator('.tab', { hasText: 'rationale.md' }).waitFor();
    await editor.page.locator('.monaco-editor .view-line', { hasText: 'which gives' }).click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type('@case:neg');
    await editor.page.locator('.suggest-widget .monaco-list-row', { hasText: 'negative' }).first().waitFor();
    await editor.page.keyboard.press('Enter');
    const anchor = editor.page.locator('.monaco-editor .view-line', { hasText: '@case:negative' });
    await anchor.first().waitFor();
    await editor.runCommand('Show or Focus Hover');
    await editor.page.locator('.monaco-hover', { hasText: 'negative' }).first().waitFor();
  });
});
