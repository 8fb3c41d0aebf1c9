import { strict as assert } from 'node:assert';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

describe('a workspace that is not trusted', function () {
  this.timeout(120_000);
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

  it('shows the task and says why nothing is run, and what to do', async () => {
    await panel.frame
      .getByText(/This workspace is not trusted, so nothing is run/)
      .first()
      .waitFor();
    assert.equal(await panel.button(/^Run both/).isDisabled(), true);
  });

  it('runs nothing, neither by key nor by command', async () => {
    await panel.focusCode();
    await panel.press('r');
    await editor.runCommand('Tiebreak: Run Both Answers Anew');
    await editor.page.waitForTimeout(2_000);
    assert.equal(await panel.frame.locator('.verdict').count(), 0);
  });

  it('still takes and keeps a judgement', async () => {
    await panel.focusCode();
    await panel.press('2');
    await panel.radio('A better').and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    await panel.saved();
  });
});
