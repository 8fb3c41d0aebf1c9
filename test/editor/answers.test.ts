import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { skipBecause } from '../skip.ts';
import { until } from './until.ts';

/** A task whose answers use an undefined name. */
const faulty = {
  id: 'faulty',
  language: 'javascript',
  prompt: 'Write f.',
  answers: ['one', 'two'].map((id) => ({
    id,
    text: `\`\`\`js\nfunction f() { return nmae_${id}; }\n\`\`\``,
  })),
};
const other = {
  ...faulty,
  id: 'other',
  language: 'css',
  answers: faulty.answers.map(({ id }) => ({ id, text: 'b {}' })),
};

/** Documents with diagnostics of Tiebreak's checks. */
function checked(): vscode.Uri[] {
  return vscode.languages
    .getDiagnostics()
    .filter(([, list]) => list.some(({ source }) => /^Tiebreak [AB]/.test(source ?? '')))
    .map(([uri]) => uri);
}

const open = (taskId: string): Thenable<unknown> =>
  vscode.commands.executeCommand('tiebreak.openTask', taskId);

function openFiles(): vscode.Uri[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .filter(({ fsPath }) => fsPath.includes('answers'));
}

describe('the answers of a task in the editor', function () {
  let folder: string;

  before(async function () {
    if (process.platform !== 'linux')
      skipBecause(this, 'answers are checked here only in the sandbox of Linux');
    folder = await mkdtemp(join(tmpdir(), 'tiebreak-answers-'));
    const file = join(folder, 'tasks.jsonl');
    await writeFile(file, [faulty, other].map((task) => JSON.stringify(task)).join('\n'));
    await vscode.commands.executeCommand('tiebreak.importTasks', vscode.Uri.file(file));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('can be opened from Problems, although checks write no files', async () => {
    await open(faulty.id);
    const [uri] = await until(checked, (uris) => uris.length === 2);
    assert.equal(existsSync(uri!.fsPath), false);
    const document = await vscode.workspace.openTextDocument(uri!);
    assert.match(document.getText(), /nmae_/);
  });

  it('are files with diagnostics once they are opened as files, until the task is left', async () => {
    await open(faulty.id);
    await vscode.commands.executeCommand('tiebreak.openAnswerFiles');
    const uris = await until(
      checked,
      (found) => found.length === 2 && found.every(({ scheme }) => scheme === 'file'),
    );
    assert.ok(uris.every(({ fsPath }) => existsSync(fsPath)));
    assert.equal(openFiles().length, 2);
    await open(other.id);
    const left = dirname(dirname(uris[0]!.fsPath));
    await until(
      () => existsSync(left),
      (isThere) => !isThere,
    );
    await until(openFiles, (files) => files.length === 0);
  });
});
