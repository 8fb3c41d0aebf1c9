import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

describe('the set-up report', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens as a document, once if it is asked for twice', async () => {
    const show = () => vscode.commands.executeCommand('tiebreak.showSetup');
    await Promise.all([show(), show()]);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^# Set-up report\n\nAnswers in \d+ of \d+ languages can be run\.\n\n## Sandboxes\n/);
    assert.match(text, /\n- \*\*javascript\*\* works: `Node\.js /);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter(({ label }) => label.startsWith('Set-up report')).length, 1);
  });
});
