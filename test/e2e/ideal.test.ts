import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { importFile } from '../../src/transfer/import/importing.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Task } from '../../src/core/task/task.ts';
import { until } from '../until.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

const task: Task = { ...addTask, ask: ['ideal'] };
const wrong = 'def add(a, b):\n    return a - b\n';
const ideal = 'def add(a: int, b: int) -> int:\n    return a + b\n';

describe('an ideal solution, from the weak answer to the export', function () {
  let editor: Editor;
  let panel: Panel;
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({
      files: { 'tasks.jsonl': jsonLines([task]) },
      settings: { 'editor.autoIndent': 'none' },
    });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    bad = await panel.sideWith('abs(a)');
  });
  after(() => editor.stop());

  const group = (at: number): Locator => editor.page.locator('.editor-group-container').nth(at);
  const verdict = (caseId: string): Locator =>
    panel.frame.locator(`tr[data-case="${caseId}"] .verdict`).nth(2);
  const replace = async (text: string) => {
    await group(1).locator('.monaco-editor .view-line').first().click();
    await panel.press('Control+A', 'Delete');
    await editor.page.keyboard.insertText(text);
  };

  it('opens with one key with the files of the weak answer, and that answer beside it', async () => {
    await panel.focusCode();
    await panel.press('o');
    await editor.pick(`Answer ${bad}`);
    await group(2).locator('.view-line', { hasText: 'abs(a)' }).waitFor();
    await group(1).locator('.view-line', { hasText: 'abs(a)' }).waitFor();
    await group(1).locator('.tab', { hasText: 'Ideal · main.py' }).waitFor();
    await group(2)
      .locator('.tab', { hasText: `${bad} · main.py` })
      .waitFor();
    await panel.frame.getByRole('columnheader', { name: 'Ideal' }).waitFor();
  });

  it('runs the cases as the third column when it is saved', async () => {
    await replace(wrong);
    await panel.press('Control+S');
    await verdict('negative').filter({ hasText: 'fail' }).waitFor();
    await panel.frame.getByRole('tab', { name: 'Judgement' }).click();
    await panel.frame.getByText(/Not proved: the ideal does not pass small, negative/).waitFor();
  });

  it('keeps typed text through a reload, saved or not', async () => {
    await editor.tabsKept();
    await replace(ideal);
    // The panel's message about the text shows that the last keystroke has arrived, saved or not.
    await panel.frame.getByText(/From [AB]: 2 lines added/).waitFor();
    await editor.reload();
    panel = await Panel.in(editor);
    await group(1).locator('.view-line', { hasText: 'a: int' }).waitFor();
    await panel.frame.getByRole('tab', { name: 'Judgement' }).click();
    await panel.button(/^Run both/).click();
    await panel.frame.getByText(/Proved: passes every case; a weak answer fails negative/).waitFor();
  });

  it('keeps what is typed when its tabs are closed, saved or not', async () => {
    const tab = group(1).locator('.tab', { hasText: 'Ideal · main.py' });
    const typed = `${ideal}\n# closed at once\n`;
    await replace(typed);
    await panel.frame.getByText(/From [AB]: [^2] lines added/).waitFor();
    await editor.runCommand('View: Close All Editors in Group');
    const discard = editor.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
    await until(async () => {
      if (await discard.isVisible()) await discard.click();
      return (await tab.count()) === 0;
    });
    await panel.focusCode();
    await panel.press('o');
    await group(1).locator('.view-line', { hasText: '# closed at once' }).waitFor();
    await replace(ideal);
    await panel.frame.getByText(/From [AB]: 2 lines added/).waitFor();
    await panel.press('Control+S');
    await panel.frame.getByText(/Proved: passes every case; a weak answer fails negative/).waitFor();
  });

  it('is in the Test Explorer beside A and B, and its cases run from there', async () => {
    await editor.runCommand('Testing: Focus on Test Explorer View');
    const rows = editor.page.locator('.test-explorer').getByRole('treeitem');
    await rows.filter({ hasText: 'Answer B' }).waitFor();
    const own = rows.filter({ hasText: 'Ideal' });
    await own.hover();
    await own.getByRole('button', { name: 'Run Test' }).click();
    await editor.page
      .locator('.test-explorer')
      .getByRole('treeitem', { name: /^Ideal \(Passed/ })
      .waitFor();
    await editor.runCommand('View: Show Explorer');
  });

  it('is submitted with its notes, and the review names it', async () => {
    await panel.button(/^Submit and next/).click();
    await panel.frame.getByText('Say in the notes of the ideal what you changed and why').waitFor();
    await panel.frame.getByLabel('Notes').fill('The sign of both numbers counts.');
    await panel.frame
      .getByLabel('References')
      .fill('Python numbers https://docs.python.org/3/library/stdtypes.html');
    await panel.button(/^Submit and next/).click();
    await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });

  it('is exported and read back', async () => {
    const target = join(editor.workspace, 'all.jsonl');
    await editor.runCommand('Tiebreak: Export Reviews…');
    await editor.pick('Tiebreak');
    await editor.typePath(target);
    await editor.page.locator('.notification-list-item-message', { hasText: /[Ee]xport/ }).waitFor();
    assert.match(await readFile(target, 'utf8'), /"kind":"ideal"/);
    const store = await openSqliteStore(':memory:');
    const report = await importFile(store, target);
    const [entry] = await store.ledger({ kind: 'ideal' });
    const [review] = await store.reviews();
    assert.deepEqual(report.problems, []);
    assert.equal(review!.ideal, entry!.record.id);
    assert.deepEqual(entry!.record.files, [{ path: 'main.py', text: ideal }]);
    assert.deepEqual(entry!.record.proof, { by: 'cases', cases: ['negative'] });
    assert.equal(entry!.record.startedFrom, 'model-two');
    assert.equal(entry!.record.references[0]!.title, 'Python numbers');
    assert.equal(await store.verify(), undefined);
    await store.close();
  });

  it('can be chosen for a portfolio, which says what is left out and why', async () => {
    const target = join(editor.workspace, 'portfolio.md');
    await editor.runCommand('Tiebreak: Export Reviews…');
    await editor.pick('Portfolio');
    const list = editor.page.locator('.quick-input-widget:visible');
    const row = list.locator('.monaco-list-row', { hasText: 'Left out: the prompt and the code' });
    await row.filter({ hasText: 'no licence is named' }).locator('.quick-input-list-entry').click();
    await list.getByText('1 Selected').waitFor();
    await editor.page.keyboard.press('Enter');
    await editor.typePath(target);
    await editor.page.locator('.notification-list-item-message', { hasText: 'as Portfolio' }).waitFor();
    const text = await readFile(target, 'utf8');
    assert.match(
      text,
      /The code began with an answer that may not be shown\.\n\nThe sign of both numbers counts\./,
    );
    assert.doesNotMatch(text, /a: int|### Review|Write `add/);
  });
});
