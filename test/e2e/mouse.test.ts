import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

describe('a whole review by mouse', function () {
  let editor: Editor;
  let panel: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
  });
  after(() => editor.stop());

  it('imports a file by the button of its editor and lists the tasks in the queue', async () => {
    await editor.importFile('tasks.jsonl');
    await editor.pressInMessage('Import: 2 tasks added', 'Open First');
    panel = await Panel.in(editor);
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    await editor.openQueue();
    const rows = editor.page.locator('.monaco-list-row', { hasText: /Add two numbers|Greet by name/ });
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2);
  });

  it('groups the queue by file of import, filters it by text, and remembers both', async () => {
    const { page } = editor;
    const inQueue = page.getByRole('tree', { name: 'Queue' }).getByRole('treeitem');
    const title = page.locator('.pane-header', { hasText: 'Queue' });
    const press = async (name: string) => {
      await title.hover();
      // A hint that lies over the button takes no key.
      await title.getByRole('button', { name }).press('Enter');
    };
    await press('Group Queue by File');
    await inQueue.filter({ hasText: 'tasks.jsonl' }).waitFor();
    await inQueue.filter({ hasText: 'Greet by name' }).waitFor();
    await editor.runCommand('Tiebreak: Filter Queue by Text…');
    await editor.typeAnswer('numbers');
    await inQueue.filter({ hasText: 'Greet by name' }).waitFor({ state: 'detached' });
    await editor.tabsKept(/numbers/);
    await editor.reload();
    await inQueue.filter({ hasText: 'tasks.jsonl' }).waitFor();
    await inQueue.filter({ hasText: 'Add two numbers' }).waitFor();
    assert.equal(await inQueue.filter({ hasText: 'Greet by name' }).count(), 0);
    await press('Clear Queue Filter');
    await inQueue.filter({ hasText: 'Greet by name' }).waitFor();
    await editor.runCommand('Tiebreak: Show Queue as List');
    await inQueue.filter({ hasText: 'tasks.jsonl' }).waitFor({ state: 'detached' });
    panel = await Panel.in(editor);
  });

  it('shows the prompt and both answers, and names no model', async () => {
    await editor.page.locator('.monaco-list-row', { hasText: 'Add two numbers' }).click();
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    await panel.button(/^As written/).click();
    await panel.frame.getByText('This adds:').waitFor();
    await panel.button(/^Code/).click();
    good = await panel.sideWith('return a + b');
    bad = good === 'A' ? 'B' : 'A';
    const page = await panel.frame.content();
    assert.doesNotMatch(page, /secret-model|model-one|model-two/);
  });

  it('runs both answers in the sandbox and shows where they split', async () => {
    await panel.button(/^Run both/).click();
    await panel.verdict('negative', bad).filter({ hasText: 'fail' }).waitFor();
    await panel.verdict('negative', good).filter({ hasText: 'pass' }).waitFor();
    await panel.button(/^Splitting 1/).click();
    // The first case that splits the answers opens automatically.
    await panel.frame.locator('.detail', { hasText: '-3' }).waitFor();
    await panel.button(/^All 2/).click();
  });

  it('shows the difference word by word', async () => {
    await panel.button(/^Diff D/).click();
    await panel.frame.locator('.word', { hasText: 'abs' }).first().waitFor();
    await panel.button(/^Code/).click();
  });

  it('says what is missing when submitting too early', async () => {
    await panel.button(/^Submit and next/).click();
    const missing = panel.frame.getByRole('alert', { name: 'Missing' });
    await missing.getByRole('button', { name: 'preference' }).waitFor();
    await missing.getByRole('button', { name: '4 scores' }).click();
    await panel.radio(/^1/, 'Correctness of A').and(panel.frame.locator(':focus')).waitFor();
  });

  it('accepts a preference, scores and a flag', async () => {
    await panel.radio(`${good} much better`).click();
    for (const criterion of ['Correctness', 'Clarity']) {
      await panel.radio(/^3/, `${criterion} of ${good}`).click();
      await panel.radio(/^1/, `${criterion} of ${bad}`).click();
    }
    await panel.frame
      .getByText(new RegExp(`weighted A ${good === 'A' ? '3.0 · B 1.0' : '1.0 · B 3.0'}`))
      .waitFor();
    await panel.frame.locator(`.row[data-side="${bad}"]`, { hasText: 'abs(a)' }).click();
    await panel.button(/^Flag lines/).click();
    await panel.frame.getByLabel('Wrong').check();
    await panel.frame.getByLabel('Note (optional)').fill('drops the sign');
    await panel.button('Flag').last().click();
    await panel.frame.getByText('drops the sign').waitFor();
  });

  it('checks a rationale while it is written, and fixes it', async () => {
    await panel.rationale.click();
    await panel.rationale.fill('They differ in how they treat signs.');
    await panel.finding('R01').waitFor();
    await panel.finding('R05').waitFor();
    await panel.finding('R01').getByRole('button', { name: /^Fix/ }).click();
    assert.match(await panel.rationale.inputValue(), new RegExp(`^@${good} is much better than @${bad}\\.`));
    await panel.rationale.fill(
      `@${good} is much better than @${bad}, because @${bad}:3 takes the absolute values, so @case:negative gives 3 instead of -3 there, while @${good}:2 simply adds and passes every case.`,
    );
    await panel.finding('R05').waitFor({ state: 'detached' });
  });

  it('submits and opens the next task', async () => {
    // The message disappears after a while.
    const told = panel.frame.getByText('Submitted “Add two numbers”').waitFor();
    await panel.button(/^Submit and next/).click();
    await told;
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
    await editor.page.locator('.monaco-list-row.selected', { hasText: 'Greet by name' }).waitFor();
  });

  it('exports the review as a preference pair', async () => {
    const target = join(editor.workspace, 'pairs.jsonl');
    await editor.runCommand('Tiebreak: Export Reviews…');
    await editor.pick('TRL preference');
    await editor.typePath(target);
    await editor.page.locator('.notification-list-item-message', { hasText: /[Ee]xport/ }).waitFor();
    const [line] = (await readFile(target, 'utf8')).trim().split('\n');
    const pair = JSON.parse(line!) as { prompt: string; chosen: string; rejected: string; margin: number };
    assert.equal(pair.prompt, addTask.prompt);
    assert.match(pair.chosen, /return a \+ b/);
    assert.match(pair.rejected, /abs/);
    assert.equal(pair.margin, 3);
  });

  it('opens and shows the exported file by the buttons of its message', async () => {
    await editor.pressInMessage(/[Ee]xport/, 'Reveal');
    const file = editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'pairs.jsonl' });
    await file.and(editor.page.locator('.selected, .focused')).waitFor();
    const target = join(editor.workspace, 'sheet.csv');
    await editor.runCommand('Tiebreak: Export Time Sheet as CSV…');
    await editor.typePath(target);
    await editor.pressInMessage('Exported the time sheet', 'Open');
    await editor.page.locator('.tab', { hasText: 'sheet.csv' }).waitFor();
    assert.match(
      await readFile(target, 'utf8'),
      /^day,task,.*\r\n[\d-]+,.*Add two numbers,review,[\da-f-]+,\d+,\d+/,
    );
  });

  it('shows the time sheet', async () => {
    await editor.runCommand('Tiebreak: Open Time Sheet');
    await editor.page.locator('.tab', { hasText: 'Time sheet' }).waitFor();
  });
});
