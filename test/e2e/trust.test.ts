import { strict as assert } from 'node:assert';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

describe('a workspace that is not trusted', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({
      files: { 'tasks.jsonl': jsonLines([addTask]) },
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'tiebreak.runOnOpen': true },
    });
    panel = await Panel.importing(editor, 'tasks.jsonl');
  });
  after(() => editor.stop());

  it('shows the task, why nothing runs, and the remedy', async () => {
    await panel.frame
      .getByText(/This workspace is not trusted, so nothing is run/)
      .first()
      .waitFor();
    assert.equal(await panel.button(/^Run both/).isDisabled(), true);
  });

  it('runs nothing by key or by command', async () => {
    await panel.focusCode();
    await panel.press('r');
    await panel.press('Shift+D');
    await panel.frame
      .getByRole('alert')
      .getByText(/not trusted/)
      .waitFor();
    await editor.runCommand('Tiebreak: Run Both Answers Again');
    // A later key goes the same way, to the host and back.
    await panel.focusCode();
    await panel.press('6');
    await panel.radio('B better').and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    await panel.saved();
    assert.equal(await panel.frame.locator('.verdict').count(), 0);
  });

  it('still accepts and keeps a judgement', async () => {
    await panel.focusCode();
    await panel.press('2');
    await panel.radio('A better').and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    await panel.saved();
  });
});
