import { strict as assert } from 'node:assert';
import { until } from '../until.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

describe('a whole review with only the keyboard', function () {
  let editor: Editor;
  let panel: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
  });
  after(() => editor.stop());

  /** Waits until the walkthrough shows its seven steps, so many of them ticked. */
  const stepsDone = async (count: number): Promise<void> => {
    const steps = editor.page.locator('.getting-started-step [role="checkbox"]');
    await steps.nth(6).waitFor();
    const done = editor.page.locator('.getting-started-step [role="checkbox"][aria-checked="true"]');
    await until(async () => (await done.count()) === count);
  };

  it('begins with the walkthrough, where no step is done', async () => {
    await editor.page.getByRole('tab', { name: 'Tiebreak' }).waitFor();
    await editor.runCommand('Tiebreak: Your First Review (Walkthrough)');
    await stepsDone(0);
  });

  it('imports and opens by command', async () => {
    await editor.typeFileName('tasks.jsonl');
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
    await panel.press('c');
    await editor.typeCommand('Tiebreak: Toggle Word Wrap in Panel');
    await panel.frame.getByRole('button', { name: /^Wrap/, pressed: true }).waitFor();
    await panel.hasFocus();
    await panel.press('r');
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

  it('adds a case, after showing its fault', async () => {
    await panel.press('n');
    await panel.frame.getByRole('dialog', { name: 'New case' }).waitFor();
    await editor.page.keyboard.type('zero');
    await panel.frame.getByLabel(/^Arguments/).focus();
    await panel.press('Control+A');
    await editor.page.keyboard.type('[0, ');
    await panel.frame.getByLabel(/^Expected value/).focus();
    await editor.page.keyboard.type('0');
    await panel.frame.getByLabel('Name', { exact: true }).press('Enter');
    await panel.frame.getByText(/as JSON, separated by commas/).waitFor();
    await panel.frame.getByLabel(/^Arguments/).fill('0, 0');
    await panel.frame.getByLabel('Name', { exact: true }).press('Enter');
    await panel.verdict('zero', good).filter({ hasText: 'pass' }).waitFor();
  });

  it('ranks and scores by digit', async () => {
    await panel.focusCode();
    await panel.press(good === 'A' ? '2' : '6');
    await panel.radio(`${good} better`).and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    const digits = good === 'A' ? ['3', '2'] : ['2', '3'];
    await panel.press('s', ...digits, ...digits);
    const weighted = good === 'A' ? 'weighted A 3.0 · B 2.0' : 'weighted A 2.0 · B 3.0';
    await panel.frame.getByText(weighted).waitFor();
    await panel.radio(`${good} better`).and(panel.frame.locator('[aria-checked="true"]')).waitFor();
  });

  it('undoes with Ctrl+Z, and says so', async () => {
    await panel.press('1');
    await panel.frame.getByText('Preference: A much better').waitFor();
    await panel.press('Control+Z');
    await panel.frame.getByText('Undone: Preference: A much better').waitFor();
    await panel.radio(`${good} better`).and(panel.frame.locator('[aria-checked="true"]')).waitFor();
  });

  it('types in the rationale without triggering single keys, and completes citations', async () => {
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

  it('does not submit if the chord is pressed in a quick pick over the panel', async () => {
    const box = editor.page.locator('.quick-input-widget:visible input[type="text"]');
    await editor.openPalette('no such file');
    await editor.page.keyboard.press('Control+Enter');
    await editor.page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    await panel.hasFocus();
    assert.match(await panel.title.innerText(), /Add two numbers/);
    await panel.rationale.focus();
  });

  it('submits by chord from within the text, exactly once', async () => {
    await panel.press('Control+Enter');
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
  });

  it('can use keys on the next task at once, and skips it with a reason', async () => {
    await panel.press('Shift+S');
    await panel.frame.getByRole('dialog', { name: 'Skip task' }).waitFor();
    await editor.page.keyboard.type('not my language');
    await panel.frame.getByRole('dialog').getByRole('button', { name: 'Skip' }).press('Enter');
    await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });

  it('ticks each step of the walkthrough', async () => {
    await editor.runCommand('Tiebreak: Your First Review (Walkthrough)');
    await stepsDone(7);
  });
});
