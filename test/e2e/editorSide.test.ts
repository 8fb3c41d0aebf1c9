import { strict as assert } from 'node:assert';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { centreTask, greetTask, jsonLines } from './tasks.ts';

describe('the editor’s own views of a task', function () {
  let editor: Editor;
  let panel: Panel;
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([greetTask, centreTask]) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    bad = await panel.sideWith('nmae');
  });
  after(() => editor.stop());

  it('shows findings of the checks in the code, in the panel’s list and in Problems', async () => {
    await panel.frame.locator('.squiggle', { hasText: 'nmae' }).waitFor();
    await panel.frame.getByRole('tab', { name: 'Diagnostics' }).click();
    await panel.frame
      .getByText(/Cannot find name 'nmae'/)
      .first()
      .waitFor();
    await editor.runCommand('View: Focus Problems (Errors, Warnings, Infos)');
    await editor.page
      .locator('.markers-panel .monaco-list-row', { hasText: `Tiebreak ${bad}` })
      .first()
      .waitFor();
  });

  it('lists the cases in the Test Explorer and runs them from there', async () => {
    await editor.runCommand('Testing: Focus on Test Explorer View');
    const explorer = editor.page.locator('.test-explorer');
    await explorer.getByText('Answer A').waitFor();
    await editor.runCommand('Test: Run All Tests');
    await editor.page.getByText('ReferenceError: nmae is not defined').first().waitFor();
    await panel.frame.getByRole('tab', { name: 'Cases' }).click();
    await panel.verdict('ada', bad).filter({ hasText: 'error' }).waitFor();
  });

  it('opens both answers in the native diff editor', async () => {
    await editor.runCommand('Tiebreak: Open Answers in Diff Editor');
    await editor.page.locator('.tab', { hasText: 'A ↔ B' }).waitFor();
    await editor.page.locator('.monaco-diff-editor').first().waitFor();
  });

  it('opens the answers as read-only files on disk', async () => {
    await editor.runCommand('Tiebreak: Open Answers as Files');
    await editor.page.locator('.monaco-editor .view-line', { hasText: 'nmae' }).first().waitFor();
    await editor.page.locator('.tab', { hasText: 'main.js' }).nth(1).waitFor();
    await editor.page.locator('.monaco-editor .view-line', { hasText: 'nmae' }).last().click();
    await editor.page.keyboard.type('changed');
    await editor.page
      .getByText(/read-only/)
      .first()
      .waitFor();
    assert.equal(await editor.page.locator('.monaco-editor .view-line', { hasText: 'changed' }).count(), 0);
  });

  it('shows the diagnostics of the user’s language extension on open files in the panel', async () => {
    await editor.runCommand('View: Close All Editors');
    await editor.runCommand('Tiebreak: Open Next Task');
    panel = await Panel.in(editor);
    await panel.title.filter({ hasText: 'Centre a box' }).waitFor();
    await editor.runCommand('Tiebreak: Open Answers as Files');
    await editor.page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    await editor.page.locator('.tab', { hasText: 'Centre a box' }).click();
    await panel.frame.getByRole('tab', { name: 'Diagnostics' }).click();
    await panel.frame.getByText(/css unknownProperties/).waitFor();
  });

  it('says at once that answers in this language cannot run, and offers no run', async () => {
    await panel.frame.getByRole('tab', { name: 'Cases' }).click();
    await panel.frame
      .getByText(/Answers in css cannot be run/)
      .first()
      .waitFor();
    assert.equal(await panel.button('Run both').isDisabled(), true);
  });

  it('opens the walkthrough for a first review', async () => {
    await editor.runCommand('Tiebreak: Your First Review (Walkthrough)');
    await editor.page.locator('.gettingStartedContainer').getByText('Your First Review').first().waitFor();
    await editor.page.getByText('Open the sample queue').first().waitFor();
    await editor.screenshot('walkthrough');
  });
});
