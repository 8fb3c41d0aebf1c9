import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { until } from './until.ts';
import { skipBecause } from '../skip.ts';
import { extensionId } from './extension.ts';

interface SampleTask {
  id: string;
  language: string;
  cases?: { id: string }[];
}

/** The first sample in Python that has cases, opened in the panel. */
async function openSample(): Promise<SampleTask> {
  const root = vscode.extensions.getExtension(extensionId)!.extensionUri;
  const file = await vscode.workspace.fs.readFile(
    vscode.Uri.joinPath(root, 'media', 'samples', 'queue.jsonl'),
  );
  const samples = Buffer.from(file)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as SampleTask);
  const task = samples.find(({ language, cases }) => language === 'python' && (cases ?? []).length > 0);
  assert.ok(task, 'no sample in Python has cases');
  await vscode.commands.executeCommand('tiebreak.openSampleQueue');
  await vscode.commands.executeCommand('tiebreak.openTask', task.id);
  return task;
}

/** The rationale of the open task as a document in an editor. */
async function openRationale(): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('tiebreak.openRationale');
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.scheme === 'tiebreak-rationale',
  );
  assert.ok(editor, 'the rationale is not open');
  return editor;
}

async function write(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  assert.ok(await editor.edit((edit) => edit.replace(whole, text)));
}

/** The rules with findings in a document. */
function rules(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Tiebreak')
    .flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
}

/** The completions at a position: label → detail. */
async function offered(uri: vscode.Uri, at: vscode.Position): Promise<Map<string, string>> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    at,
  );
  return new Map(
    list.items.map(({ label, detail }) => [typeof label === 'string' ? label : label.label, detail ?? '']),
  );
}

/** Processes of the language server that this extension host started. */
async function serverPids(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(\d+)\s.*dist\/language\/server\.js/.exec(row))
    .flatMap((row) => (row !== null && Number(row[2]) === process.pid ? [Number(row[1])] : []));
}

describe('the rationale as a document', () => {
  let task: SampleTask;
  let editor: vscode.TextEditor;

  before(async () => {
    task = await openSample();
    editor = await openRationale();
  });

  after(async () => {
    await write(editor, '');
    await until(
      () => editor.document.isDirty,
      (dirty) => !dirty,
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is checked by the rules while it is written', async () => {
    const { uri } = editor.document;
    await write(editor, 'Both of them have their merits.');
    const found = await until(
      () => rules(uri),
      (codes) => codes.includes('R01'),
    );
    assert.ok(found.includes('R05'), `R05 is not among ${found.join(', ')}`);
    await write(
      editor,
      '@A:99999 is where @B is better than @A, since nothing there can be read by anybody.',
    );
    await until(
      () => rules(uri),
      (codes) => codes.includes('R06') && !codes.includes('R05'),
    );
  });

  it('offers the cases of the task and the lines of an answer', async () => {
    const { uri } = editor.document;
    await write(editor, 'See @');
    const labels = [...(await offered(uri, new vscode.Position(0, 5))).keys()];
    for (const { id } of task.cases ?? []) {
      assert.ok(
        labels.some((label) => label === `@case:${id}` || label === `@case:"${id}"`),
        `the case "${id}" is not among ${labels.join(' ')}`,
      );
    }
    await write(editor, 'See @A:');
    assert.ok((await offered(uri, new vscode.Position(0, 7))).has('@A:1'));
  });

  it('shows the results of cases once they have run', async function () {
    if (process.platform !== 'linux') skipBecause(this, 'answers run here only in the sandbox of Linux');
    const { uri } = editor.document;
    await write(editor, 'See @case:');
    const details = async () =>
      [...(await offered(uri, new vscode.Position(0, 10)))].flatMap(([label, detail]) =>
        label.startsWith('@case:') ? [detail] : [],
      );
    await vscode.commands.executeCommand('tiebreak.runBoth');
    await until(details, (seen) => seen.length > 0 && seen.every((detail) => /^A \w+, B \w+/.test(detail)));
  });

  it('shows the code of an anchor and goes to it', async () => {
    const { uri } = editor.document;
    await write(editor, 'See @B:1 there.');
    const at = new vscode.Position(0, 6);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at,
    );
    const shown = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri,
      at,
    );
    const [place] = places.map((found) => ('uri' in found ? found.uri : found.targetUri));
    assert.match(place?.path ?? '', /\/B\/[^/]+$/);
    const [first] = (await vscode.workspace.openTextDocument(place!)).getText().split('\n');
    assert.ok(shown.join('\n').includes(`1  ${first?.trimEnd()}`), `${first} is not in ${shown.join('\n')}`);
  });

  it('applies quick fixes', async () => {
    const { document } = editor;
    const text = 'The second answer is better than @A, since it keeps the order that the prompt asks for.';
    await write(editor, text);
    await until(
      () => rules(document.uri),
      (codes) => codes.includes('R17'),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 4, 0, 4),
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title.includes('@B'));
    assert.ok(fix?.edit, `no such fix among ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.getText(), text.replace('The second answer', '@B'));
  });

  it('shows the cited evidence above the text, and the results of cases in it', async () => {
    const { uri } = editor.document;
    await write(editor, 'Both of them have their merits.');
    const lenses = await until(
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 5),
      (found) => found.length > 1,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '').join('\n');
    assert.match(titles, /no case was run|cites \d+ of \d+ splitting case/);
    assert.match(titles, /\d findings? blocking/);
  });

  it('keeps the text after an undo at any moment of a save', async () => {
    const { document } = editor;
    await write(editor, 'Kept.');
    for (let turns = 0; turns <= 18; turns += 1) {
      const end = document.lineAt(document.lineCount - 1).range.end;
      assert.ok(await editor.edit((edit) => edit.insert(end, ' gone')));
      // Each read of the draft is a round trip to the window, where documents are saved.
      for (let turn = 0; turn < turns; turn += 1) await vscode.workspace.fs.readFile(document.uri);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), 'Kept.');
      await until(
        async () => ({
          dirty: document.isDirty,
          draft: Buffer.from(await vscode.workspace.fs.readFile(document.uri)).toString('utf8'),
        }),
        ({ dirty, draft }) => !dirty && draft === 'Kept.',
      );
    }
  });

  it('reports problems of a rubric that its schema cannot express', async () => {
    const scale = [
      { value: 1, meaning: 'no' },
      { value: 2, meaning: 'yes' },
    ];
    const criterion = { id: 'right', title: 'Right', description: '', scale };
    const rubric = { id: 'r', title: 'R', criteria: [criterion, { ...criterion, title: 'Fast' }] };
    const uri = vscode.Uri.file(join(tmpdir(), `tiebreak-${process.pid}.rubric.json`));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(rubric, null, 2)));
    try {
      await vscode.workspace.openTextDocument(uri);
      await until(
        () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Tiebreak'),
        (found) => found.some(({ message }) => message.includes('used twice')),
      );
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('is checked again after a crash of the language server', async function () {
    if (process.platform === 'win32') skipBecause(this, 'there is no ps to find the process with');
    const { uri } = editor.document;
    await write(editor, 'Both of them have their merits.');
    await until(
      () => rules(uri),
      (codes) => codes.includes('R01'),
    );
    const [pid, ...others] = await serverPids();
    assert.ok(pid !== undefined && others.length === 0, 'one server runs');
    process.kill(pid, 'SIGKILL');
    // Typing continues before the editor has noticed that the server is gone.
    for (let n = 1; n <= 12; n += 1) await write(editor, `Both have merits ${n}.`);
    await until(serverPids, (pids) => pids.length === 1 && pids[0] !== pid);
    await write(
      editor,
      'The second answer is better than @A, since it keeps the order that the prompt asks for.',
    );
    await until(
      () => rules(uri),
      (codes) => codes.includes('R17') && !codes.includes('R01'),
    );
  });
});
