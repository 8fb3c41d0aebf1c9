import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeRationale } from './rationaleDocument.ts';

const task = (id: string) => ({
  id,
  language: 'python',
  prompt: 'Write f.',
  ask: ['flag'],
  answers: [{ id: 'one', text: 'def f(): return 1' }],
});

describe('importing a file whose records were changed', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  const exported = async () => {
    await vscode.commands.executeCommand('tiebreak.export', 'tiebreak', vscode.Uri.file(path('all.jsonl')));
    return readFile(path('all.jsonl'), 'utf8');
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiebreak-refusal-'));
    await writeFile(path('task.jsonl'), JSON.stringify(task('to-change')));
    await vscode.commands.executeCommand('tiebreak.importTasks', vscode.Uri.file(path('task.jsonl')));
    await writeRationale(
      'to-change',
      '@A:1 returns 1 for every call, as the prompt asks, so nothing is flagged.',
    );
    await vscode.commands.executeCommand('tiebreak.submit');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  it('reports the changed line, and does not stop other files', async () => {
    const lines = (await exported()).split('\n');
    const review = lines.findIndex((line) => line.includes('"kind":"review"') && line.includes('to-change'));
    assert.notEqual(review, -1, 'the review was not submitted');
    lines[review] = lines[review]!.replace('nothing is flagged', 'all of it is');
    await writeFile(path('changed.jsonl'), lines.join('\n'));
    await writeFile(path('beside.jsonl'), JSON.stringify(task('beside-the-changed')));
    const [changed, beside] = ['changed.jsonl', 'beside.jsonl'].map((name) => vscode.Uri.file(path(name)));
    await vscode.commands.executeCommand('tiebreak.importTasks', changed, [changed, beside]);
    const problems = vscode.languages
      .getDiagnostics(changed!)
      .filter(({ source }) => source === 'Tiebreak import');
    assert.deepEqual(
      problems.map(({ range }) => range.start.line),
      [review],
    );
    assert.match(await exported(), /beside-the-changed/);
  });
});
