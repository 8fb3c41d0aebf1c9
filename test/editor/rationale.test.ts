import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { typeRationale, writeRationale } from './rationaleDocument.ts';

const task = {
  id: 'flagged',
  language: 'python',
  prompt: 'Write f.',
  ask: ['flag'],
  answers: [{ id: 'one', text: 'def f(): return 1' }],
};
const submitted = '@A:1 returns 1 for every call, as the prompt asks, so no line of it is flagged.';

describe('the document of a submitted rationale', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiebreak-rationale-'));
    const file = join(folder, 'tasks.jsonl');
    await writeFile(file, JSON.stringify(task));
    await vscode.commands.executeCommand('tiebreak.importTasks', vscode.Uri.file(file));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps a space at the end of a line, whatever the settings of other documents trim', async () => {
    const files = vscode.workspace.getConfiguration('files');
    const { Global } = vscode.ConfigurationTarget;
    await files.update('trimTrailingWhitespace', true, Global);
    await files.update('insertFinalNewline', true, Global);
    try {
      const document = await writeRationale(task.id, 'A word and then ');
      assert.equal(document.isDirty, false);
      assert.equal(document.getText(), 'A word and then ');
    } finally {
      await files.update('trimTrailingWhitespace', undefined, Global);
      await files.update('insertFinalNewline', undefined, Global);
    }
  });

  it('never counts as saved after typing, because no record has the text', async function () {
    assert.equal((await writeRationale(task.id, submitted)).isDirty, false);
    await vscode.commands.executeCommand('tiebreak.submit');
    const file = vscode.Uri.file(join(folder, 'all.jsonl'));
    await vscode.commands.executeCommand('tiebreak.export', 'tiebreak', file);
    const exported = Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
    assert.ok(exported.includes(`"rationale":"${submitted}"`), 'the review was not submitted');
    const document = await typeRationale(task.id, `${submitted} Typed after.`);
    await document.save();
    if (!document.isDirty) assert.equal(document.getText(), submitted);
  });
});
