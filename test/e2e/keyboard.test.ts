import { strict as assert } from 'node:assert';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

describe('the whole job with the keyboard alone', function () {
  this.timeout(120_000);
  let editor: Editor;
  let panel: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
  });
  after(() => editor.stop());

  it('imports and opens by command', async () => {
    await editor.page.keyboard.press('Control+P');
    await editor.typeChoice('tasks.jsonl');
    await editor.page.locator('.monaco-editor.focused .view-line', { hasText: 'Add two numbers' }).waitFor();
    await editor.typeCommand('Tiebreak: Import This File');
    await editor.page
      .locator('.notification-list-item-message', { hasText: 'Import: 2 tasks added' })
      .waitFor();
    await editor.typeCommand('Tiebreak: Open Next Task');
    panel = await Panel.in(editor);
    await editor.screenshot('keyboard-opened');
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    good = await panel.sideWith('return a + b');
    bad = good === 'A' ? 'B' : 'A';
  });

  it('changes the view and runs with single keys', async () => {
    await editor.typeCommand('Tiebreak: Show Answers as Written');
    await panel.frame.getByText('This adds:').waitFor();
    await panel.hasFocus();
    await panel.press('d');
    await panel.frame.locator('.word').first().waitFor();
    await panel.press('c', 'r');
    await panel.verdict('negative', bad).filter({ hasText: 'fail' }).waitFor();
  });

  it('selects lines, flags them and cites them', async () => {
    await panel.frame.locator(`.pane[data-side="${bad}"]`).focus();
    await panel.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'f');
    await panel.frame.getByRole('dialog', { name: 'Flag lines' }).waitFor();
    await panel.press('ArrowDown', 'Enter');
    await panel.frame.getByText('Hallucinated API').first().waitFor();
    await panel.press('q');
    await panel.rationaleReads(`@${bad}:3`);
    await panel.press('Escape');
  });

  it('adds a case of its own, and says what is wrong with it first', async () => {
    await panel.press('n');
    await panel.frame.getByRole('dialog', { name: 'New case' }).waitFor();
    await editor.page.keyboard.type('zero');
    await panel.frame.getByLabel(/^Arguments/).focus();
    await panel.press('Control+A');
    await editor.page.keyboard.type('[0, ');
    await panel.frame.getByLabel(/^Gives/).focus();
    await editor.page.keyboard.type('0');
    await panel.frame.getByLabel('Name', { exact: true }).press('Enter');
    await panel.frame.getByText(/The arguments must be JSON/).waitFor();
    await panel.frame.getByLabel(/^Arguments/).fill('[0, 0]');
    await panel.frame.getByLabel('Name', { exact: true }).press('Enter');
    await panel.verdict('zero', good).filter({ hasText: 'pass' }).waitFor();
  });

  it('ranks by digit, and scores with Tab and Space', async () => {
    await panel.focusCode();
    await panel.press(good === 'A' ? '2' : '6');
    await panel.radio(`${good} better`).and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    for (const criterion of ['Correctness', 'Clarity']) {
      for (const side of ['A', 'B'] as const) {
        await panel.radio(side === good ? /^3/ : /^2/, `${criterion} of ${side}`).focus();
        await panel.press('Space');
      }
    }
    await panel.frame.getByText(/weighted A/).waitFor();
  });

  it('types in the rationale without setting off a single key, with anchors completed', async () => {
    await panel.focusCode();
    await panel.press('t', 'Control+A');
    await editor.page.keyboard.type(`@${good} is better than @${bad} because `);
    await editor.page.keyboard.type('@case:neg');
    await panel.frame.getByRole('option', { name: /@case:negative/ }).waitFor();
    await panel.press('Enter');
    await editor.page.keyboard.type(
      ' fails there: r123 w d c s n 0 are only letters, and the sum of two negative numbers must stay negative.',
    );
    assert.match(await panel.rationale.inputValue(), /@case:negative fails there: r123 w d c s n 0/);
    await panel.radio(`${good} better`).and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    assert.equal(await panel.frame.getByRole('dialog').count(), 0);
  });

  it('submits by chord from within the text, exactly once', async () => {
    await panel.press('Control+Enter');
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
  });

  it('skips with a reason', async () => {
    await panel.focusCode();
    await panel.press('s');
    await panel.frame.getByRole('dialog', { name: 'Skip this task' }).waitFor();
    await editor.page.keyboard.type('not my language');
    await panel.frame.getByRole('dialog').getByRole('button', { name: 'Skip' }).press('Enter');
    await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });
});
