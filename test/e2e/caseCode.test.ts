import type { Locator } from 'playwright-core';
import { until } from '../until.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

describe('the code of a case, in a tab of the editor', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
  });
  after(() => editor.stop());

  const tab = (): Locator => editor.page.locator('.tab', { hasText: 'doubled.py' });
  const line = (text: string): Locator => editor.page.locator('.monaco-editor .view-line', { hasText: text });
  const field = (): Locator => panel.frame.getByLabel(/^Test code/);
  const reads = (expected: string) =>
    until(
      async () => (await field().inputValue()) === expected,
      () => `the form reads ${JSON.stringify(expected)}`,
    );
  const openForm = async () => {
    await panel.focusCode();
    await panel.press('n');
    await field().waitFor();
  };

  it('opens in the task’s language, and stays in sync with the form', async () => {
    await panel.hasFocus();
    await panel.focusCode();
    await panel.press('n');
    await panel.frame.getByLabel('Kind').selectOption('unit');
    await panel.frame.getByLabel('Name', { exact: true }).fill('doubled');
    await field().fill('assert add(2, 2) == 4');
    await panel.button('Edit in a tab').click();
    await tab().waitFor();
    await editor.page.locator('.statusbar-item', { hasText: 'Python' }).waitFor();
    await line('assert add(2').click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type('\nassert add(0, 0) == 0');
    await reads('assert add(2, 2) == 4\nassert add(0, 0) == 0');
    await field().press('Control+End');
    await editor.page.keyboard.type('\nassert add(-1, 1) == 0');
    await line('assert add(-1').waitFor();
    await reads('assert add(2, 2) == 4\nassert add(0, 0) == 0\nassert add(-1, 1) == 0');
  });

  it('is in the form when the tab is closed without saving', async () => {
    await tab().click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type(' # closed');
    await line('# closed').waitFor();
    await editor.runCommand('View: Revert and Close Editor');
    await tab().waitFor({ state: 'detached' });
    await reads('assert add(2, 2) == 4\nassert add(0, 0) == 0\nassert add(-1, 1) == 0 # closed');
    await panel.button('Edit in a tab').click();
    await line('# closed').waitFor();
  });

  it('is in the form again after another task was open, and its tab is closed', async () => {
    await line('# closed').click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type(' and left');
    await editor.runCommand('Tiebreak: Open Next Task');
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
    await tab().waitFor({ state: 'detached' });
    await editor.openQueue();
    await editor.page.locator('.monaco-list-row', { hasText: 'Add two numbers' }).click();
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    await openForm();
    await reads('assert add(2, 2) == 4\nassert add(0, 0) == 0\nassert add(-1, 1) == 0 # closed and left');
  });

  it('is in the form again after the panel was closed, and the tab closes when the case is saved', async () => {
    await panel.button('Edit in a tab').click();
    await line('# closed and left').waitFor();
    await editor.page.locator('.tab', { hasText: 'Add two numbers' }).click();
    await editor.runCommand('View: Close Editor');
    await line('# closed and left').click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type(', alone');
    await editor.page.locator('.monaco-list-row', { hasText: 'Add two numbers' }).click();
    panel = await Panel.in(editor);
    await openForm();
    await reads(
      'assert add(2, 2) == 4\nassert add(0, 0) == 0\nassert add(-1, 1) == 0 # closed and left, alone',
    );
    await panel.button('Save and run').click();
    await tab().waitFor({ state: 'detached' });
    await panel.verdict('doubled', 'A').waitFor();
  });
});
