import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempDir, removeTempDir } from '../../scripts/lib/temp.mjs';
import { Editor } from './harness.ts';
import { judgeSum } from './judging.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

describe('two people who exchange reviews through a folder', function () {
  let folder: string;
  let eva: Editor;
  let ines: Editor;

  const start = (evaluator: string, files = {}) =>
    Editor.start({ files, settings: { 'tiebreak.evaluator': evaluator } });
  const told = (editor: Editor, text: RegExp) =>
    editor.page.locator('.notification-list-item-message', { hasText: text }).first().waitFor();
  const inspectView = (editor: Editor) =>
    editor.page.locator('.pane', { has: editor.page.locator('.pane-header', { hasText: 'Inspect' }) });

  before(async () => {
    folder = await makeTempDir();
    eva = await start('eva', { 'tasks.jsonl': jsonLines([addTask]) });
    ines = await start('ines');
  });
  after(async () => {
    await eva?.stop();
    await ines?.stop();
    await removeTempDir(folder);
  });

  it('share a submitted review', async () => {
    const panel = await Panel.importing(eva, 'tasks.jsonl');
    await judgeSum(panel);
    await eva.runCommand('Tiebreak: Exchange Reviews');
    // The folder is asked for only once.
    await eva.typePath(folder);
    await told(eva, /Exchange: 1 of your records written; nothing to import\./);
  });

  it('import it with the button of the Inspect view, together with its task', async () => {
    await ines.openQueue();
    await ines.page.locator('.pane-header', { hasText: 'Inspect' }).click();
    await inspectView(ines).hover();
    await inspectView(ines).getByRole('button', { name: 'Exchange Reviews' }).first().click();
    await ines.typePath(folder);
    await told(ines, /Exchange: 0 of your records written; 1 task added, 1 review\./);
    await inspectView(ines).locator('.monaco-list-row', { hasText: 'Add two numbers' }).click();
  });

  it('send it back through the folder into its author’s queue', async () => {
    const inspection = new Panel(ines, await ines.frameWith('tiebreak-inspection'));
    for (const name of ['True', 'Specific', 'Decisive', 'Consistent', 'Clear', 'Complete'])
      await inspection.radio(/^4/, `${name} of the rationale`).click();
    await inspection.focusCode();
    await inspection.press('2');
    await inspection.frame.getByLabel('Required changes, one per line').fill('Say what it adds');
    await inspection.button(/^Submit inspection/).click();
    await inspection.frame.getByRole('heading', { name: 'All done' }).waitFor();
    await ines.runCommand('Tiebreak: Exchange Reviews');
    await told(ines, /Exchange: 1 of your records written; /);

    await eva.runCommand('Tiebreak: Exchange Reviews');
    await told(eva, /1 record of reviewers/);
    await eva.runCommand('Tiebreak: Open Next Task');
    const panel = new Panel(eva, await eva.frameWith('tiebreak-feedback'));
    await panel.frame.getByRole('region', { name: 'Sent back' }).getByText('Say what it adds').waitFor();
  });

  it('are warned of a changed file, with the record in Problems', async () => {
    const file = join(folder, 'eva.tiebreak.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('simply adds', 'merely adds'));
    await ines.runCommand('Tiebreak: Exchange Reviews');
    await told(ines, /eva\.tiebreak\.jsonl:2: the file is refused because review .* was changed/);
    await ines.runCommand('View: Toggle Problems');
    const row = ines.page.locator('.markers-panel .monaco-list-row', { hasText: 'the file is refused' });
    await row.waitFor();
    assert.match((await row.textContent()) ?? '', /Ln 2/);
  });
});
