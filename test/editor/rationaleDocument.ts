import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** Opens a task, replaces its rationale in the document, and waits until it counts as saved, four seconds at most. */
export async function writeRationale(taskId: string, text: string): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('tiebreak.openTask', taskId);
  await vscode.commands.executeCommand('tiebreak.openRationale');
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.path === `/${taskId}/draft.rationale.md`,
  );
  assert.ok(editor, 'the rationale is not open');
  const { document } = editor;
  await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
  for (let waited = 0; document.isDirty && waited < 4_000; waited += 100)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return document;
}
