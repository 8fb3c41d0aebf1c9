import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

describe('the whole job by mouse', function () {
  this.timeout(120_000);
  let editor: Editor;
  let panel: Panel;
  let good: 'A' | 'B';
  let bad: 'A' | 'B';

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
  });
  after(() => editor.stop());

  it('imports a file by the button of its editor and lists the tasks in the queue', async () => {
    panel = await Panel.importing(editor, 'tasks.jsonl');
    await editor.openQueue();
    const rows = editor.page.locator('.monaco-list-row', { hasText: /Add two numbers|Greet by name/ });
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2);
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
    await panel.button('negative').click();
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
    await panel.frame.getByText(/Choose a preference/).waitFor();
    await panel.frame.getByText(/Score Correctness, Clarity for A/).waitFor();
  });

  it('takes a preference, scores and a flag', async () => {
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

  it('objects to a rationale while it is written, and mends it', async () => {
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
    await panel.button(/^Submit and next/).click();
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
    await panel.frame.getByText('Submitted “Add two numbers”').waitFor();
  });

  it('exports the review as a preference pair', async () => {
    const target = join(editor.workspace, 'pairs.jsonl');
    await editor.runCommand('Tiebreak: Export Reviews…');
    await editor.pick('TRL preference');
    await editor.typeAnswer(target);
    await editor.page.locator('.notification-list-item-message', { hasText: /[Ee]xport/ }).waitFor();
    const [line] = (await readFile(target, 'utf8')).trim().split('\n');
    const pair = JSON.parse(line!) as { prompt: string; chosen: string; rejected: string; margin: number };
    assert.equal(pair.prompt, addTask.prompt);
    assert.match(pair.chosen, /return a \+ b/);
    assert.match(pair.rejected, /abs/);
    assert.equal(pair.margin, 3);
  });
});
