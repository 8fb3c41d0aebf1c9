import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const task = (id: string) =>
  JSON.stringify({
    id,
    language: 'python',
    prompt: `Write ${id}.`,
    answers: [
      { id: 'one', text: 'def f(): return 1' },
      { id: 'two', text: 'def f(): return 2' },
    ],
  });

describe('importing a file of tasks', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiebreak-import-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('reports each invalid line in Problems with reason and remedy, and imports the valid ones', async () => {
    const file = join(folder, 'mixed.jsonl');
    const broken = ['{"id": "cut off', JSON.stringify({ id: 'no-answers', language: 'python', prompt: '' })];
    await writeFile(file, [task('import-first'), ...broken, task('import-last')].join('\n'));
    const uri = vscode.Uri.file(file);
    await vscode.commands.executeCommand('tiebreak.importTasks', uri);
    const problems = vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'Tiebreak import');
    assert.deepEqual(
      problems.map(({ range }) => range.start.line + 1),
      [2, 3],
    );
    assert.match(problems[1]!.message, /answers/);

    const exported = vscode.Uri.file(join(folder, 'all.jsonl'));
    await vscode.commands.executeCommand('tiebreak.export', 'tiebreak', exported);
    const text = await readFile(exported.fsPath, 'utf8');
    assert.match(text, /import-first/);
    assert.match(text, /import-last/);
    assert.doesNotMatch(text, /no-answers/);
  });

  it('imports a folder, and clears the problems of a file that was corrected', async () => {
    const file = join(folder, 'mixed.jsonl');
    await writeFile(file, [task('import-first'), task('import-corrected')].join('\n'));
    await vscode.commands.executeCommand('tiebreak.importTasks', vscode.Uri.file(folder));
    const ours = vscode.languages
      .getDiagnostics(vscode.Uri.file(file))
      .filter(({ source }) => source === 'Tiebreak import');
    assert.deepEqual(ours, []);
  });

  it('exports to the same bytes after another import', async () => {
    const [one, two] = ['one.jsonl', 'two.jsonl'].map((name) => vscode.Uri.file(join(folder, name)));
    await vscode.commands.executeCommand('tiebreak.export', 'tiebreak', one);
    await vscode.commands.executeCommand('tiebreak.importTasks', one);
    await vscode.commands.executeCommand('tiebreak.export', 'tiebreak', two);
    assert.equal(await readFile(two!.fsPath, 'utf8'), await readFile(one!.fsPath, 'utf8'));
  });
});
