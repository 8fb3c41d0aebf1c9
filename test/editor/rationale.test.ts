import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

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

  const write = async (text: string): Promise<vscode.TextDocument> => {
    await vscode.commands.executeCommand('tiebreak.openTask', task.id);
    await vscode.commands.executeCommand('tiebreak.openRationale');
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.path === `/${task.id}/rationale.md`,
    );
    assert.ok(editor, 'the rationale is not open');
    const { document } = editor;
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
    for (let waited = 0; document.isDirty && waited < 4_000; waited += 100)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return document;
  };

  it('is never taken for saved with what is typed there, for that is in no record', async function () {
    this.timeout(60_000);
    assert.equal((await write(submitted)).isDirty, false);
    await vscode.commands.executeCommand('tiebreak.submit');
    const file = vscode.Uri.file(join(folder, 'all.jsonl'));
    await vscode.commands.executeCommand('tiebreak.export', 'tiebreak', file);
    const exported = Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
    assert.ok(exported.includes(`"rationale":"${submitted}"`), 'the review was not submitted');
    const document = await write(`${submitted} Typed after.`);
    if (!document.isDirty) assert.equal(document.getText(), submitted);
  });
});
