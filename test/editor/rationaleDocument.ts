import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { until } from '../until.ts';

/** Opens a task, replaces its rationale in the document, and waits until the document is saved. */
export async function writeRationale(taskId: string, text: string): Promise<vscode.TextDocument> {
  const document = await typeRationale(taskId, text);
  await until(() => !document.isDirty, 'the rationale is saved');
  return document;
}

/** The same without waiting: the rationale of a submitted review is never saved. */
export async function typeRationale(taskId: string, text: string): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('tiebreak.openTask', taskId);
  await vscode.commands.executeCommand('tiebreak.openRationale');
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.path === `/${taskId}/draft.rationale.md`,
  );
  assert.ok(editor, 'the rationale is not open');
  const { document } = editor;
  await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
  return document;
}
