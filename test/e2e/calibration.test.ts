import { strict as assert } from 'node:assert';
import { tiebreakJsonl } from '../../src/core/exchange/tiebreakJsonl.ts';
import { calibrationSettingsSchema } from '../../src/core/calibration/gold.ts';
import { contentHash } from '../../src/core/text/hash.ts';
import { placeKind } from '../../src/core/calibration/mixing.ts';
import type { Task } from '../../src/core/task/task.ts';
import { collectExchangeData } from '../../src/transfer/exporting.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { sampleGold } from '../unit/store/samples.ts';
import { writeSettings } from '../../scripts/lib/server.mjs';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, centreTask, greetTask } from './tasks.ts';
import { importTasks } from '../fixtures/imports.ts';

const evaluator = 'eva';
const why = 'The name <b>nmae</b> is not defined, so it throws.';
const halves = { goldShare: 0.5, duplicateShare: 0.5, duplicateGap: 1 };

/** A seed with which the first tasks are ordinary work, a gold task and a duplicate. */
const seed = Array.from({ length: 1_000 }, (_, n) => `seed ${n}`).find((candidate) => {
  const settings = calibrationSettingsSchema.parse({ ...halves, seed: candidate });
  const kinds = [0, 1, 2].map((place) => placeKind(place, evaluator, settings));
  return kinds.join() === 'duplicate,gold,duplicate';
})!;

const entrance = (n: number): Task => ({ ...greetTask, id: `entrance-${n}`, title: `Entrance ${n}` });

/** Ordinary work, a gold task for training, and a qualification set of two. */
async function exchanged(): Promise<string> {
  const store = await openSqliteStore(':memory:');
  const tasks = [addTask, centreTask, greetTask, entrance(1), entrance(2)];
  await importTasks(store, tasks);
  for (const [n, task] of tasks.slice(2).entries()) {
    const preference = { kind: 'better', winner: 'm1', strength: 2 } as const;
    const use = task === greetTask ? 'training' : 'qualification';
    const taskHash = contentHash(task);
    await store.record('gold', sampleGold(n + 1, task.id, { taskHash, preference, rationale: why, use }));
  }
  const { lines } = tiebreakJsonl.export(await collectExchangeData(store));
  await store.close();
  return lines.map((line) => `${line}\n`).join('');
}

describe('gold tasks and hidden duplicates', function () {
  let editor: Editor;
  let panel: Panel;
  /** The side of the right answer when the first task was shown the first time. */
  let firstRight: 'A' | 'B';

  before(async () => {
    const calibration = Object.entries({ ...halves, seed, passMark: 0.5 }).map(([name, value]) => [
      `tiebreak.calibration.${name}`,
      value,
    ]);
    editor = await Editor.start({
      files: { 'tasks.jsonl': await exchanged() },
      settings: {
        'tiebreak.evaluator': evaluator,
        'tiebreak.checkOnOpen': false,
        ...Object.fromEntries(calibration),
      },
    });
  });
  after(() => editor.stop());

  const judge = async (chosen: 'A' | 'B', reason: string) => {
    const other = chosen === 'A' ? 'B' : 'A';
    await panel.radio(`${chosen} better`).click();
    for (const criterion of ['Correctness', 'Clarity']) {
      await panel.radio(/^3/, `${criterion} of ${chosen}`).click();
      await panel.radio(/^1/, `${criterion} of ${other}`).click();
    }
    await panel.rationale.fill(`@${chosen} is better than @${other} because @${other}:2 ${reason}.`);
    await panel.press('Control+Enter');
  };
  const rows = (title: string) => editor.page.locator('.sidebar .monaco-list-row', { hasText: title });

  it('are injected without being recognisable', async () => {
    panel = await Panel.importing(editor, 'tasks.jsonl');
    await editor.openQueue();
    await rows('Centre a box').waitFor();
    assert.equal(await rows('Greet by name').count(), 0);
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    await panel.frame.getByText('1 of 4').waitFor();
    await panel.frame.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      window.addEventListener('message', ({ data }) => told.push(JSON.stringify(data)));
    });
    firstRight = await panel.sideWith('return a + b');
    await judge(firstRight, 'makes every number positive, which gives other sums than the prompt asks for');
    await panel.title.filter({ hasText: 'Greet by name' }).waitFor();
    await panel.frame.getByText('2 of 4').waitFor();
    await rows('Greet by name').waitFor();
  });

  it('for training show the reference beside the evaluator’s verdict, and continue with a key', async () => {
    const right = await panel.sideWith('return `Hello');
    await judge(
      right === 'A' ? 'B' : 'A',
      'uses a template for what two joined strings say as well, and shorter',
    );
    const calibrationFeedback = panel.frame.getByRole('region', { name: 'Reference' });
    await calibrationFeedback
      .getByRole('heading', { name: 'Your verdict differs from the reference' })
      .waitFor();
    assert.equal(await calibrationFeedback.locator('pre').textContent(), why);
    await calibrationFeedback.getByText(`${right} better`, { exact: true }).waitFor();
    await panel.press('j');
  });

  it('are followed by a duplicate with the sides swapped, which looks like any task', async () => {
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    await panel.frame.getByText('3 of 4').waitFor();
    assert.equal(await panel.sideWith('return a + b'), firstRight === 'A' ? 'B' : 'A');
    assert.equal(await panel.rationale.inputValue(), '');
    await rows('Add two numbers').nth(1).waitFor();
    await panel.radio('A better').click();
    await panel.saved();
  });

  it('are never identified in messages to the panel', async () => {
    const told = await panel.frame.evaluate(() => (window as unknown as { told: string[] }).told);
    assert.ok(told.some((message) => message.includes('Greet by name')));
    // The page has a place for feedback on every task. The test checks that no message contains anything about this task.
    for (const message of told.map((text) => text.replaceAll('"calibrationFeedback":', '')))
      assert.doesNotMatch(message, /gold|tiebreakDuplicateOf|"source"|calibration|training/i);
  });

  it('are restored after a restart', async () => {
    // The duplicate has an id of its own.
    await editor.tabsKept(/"desk\.task":"(?!add")/);
    await editor.reload();
    panel = await Panel.in(editor);
    await panel.title.filter({ hasText: 'Add two numbers' }).waitFor();
    await panel.radio('A better').and(panel.frame.locator('[aria-checked="true"]')).waitFor();
    await panel.frame.getByText('3 of 4').waitFor();
  });

  it('qualify an evaluator who completes the set, even with a restart in between', async () => {
    await editor.runCommand('Tiebreak: Start Qualification');
    await panel.title.filter({ hasText: 'Entrance 1' }).waitFor();
    await panel.frame.getByText('1 of 2').waitFor();
    await judge(await panel.sideWith('return `Hello'), 'names a variable that is not there, so it throws');
    await panel.title.filter({ hasText: 'Entrance 2' }).waitFor();
    await editor.tabsKept(/"desk\.task":"entrance-2"/);
    await editor.reload();
    panel = await Panel.in(editor);
    await rows('Centre a box').waitFor();
    await panel.focusCode();
    await editor.runCommand('Tiebreak: Start Qualification');
    await panel.title.filter({ hasText: 'Entrance 2' }).waitFor();
    await panel.frame.getByText('2 of 2').waitFor();
    const right = await panel.sideWith('return `Hello');
    await judge(right === 'A' ? 'B' : 'A', 'uses a template where two joined strings do');
    await panel.frame.getByRole('heading', { name: 'Qualified', exact: true }).waitFor();
    await panel.frame
      .getByText(/1 of 2 right: 50% \(95% interval 9% to 91%\)\. The pass mark is 50%\./)
      .waitFor();
  });

  it('are created when a reviewer keeps a verdict as gold', async () => {
    const header = editor.page.locator('.pane-header', { hasText: 'Inspect' });
    await header.click();
    const review = editor.page
      .locator('.pane', { has: header })
      .locator('.monaco-list-row', { hasText: 'Add two numbers' });
    await review.click({ button: 'right' });
    await editor.page.getByRole('menuitem', { name: 'Keep as Gold…' }).waitFor();
    await editor.page.keyboard.press('ArrowUp');
    await editor.page.keyboard.press('Enter');
    await editor.pick('Calibration');
    await editor.typeAnswer('The sum keeps its sign.');
    await editor.page
      .locator('.notification-list-item-message', {
        hasText: 'Kept “Add two numbers” as gold for calibration.',
      })
      .waitFor();
  });

  it('report an invalid setting', async () => {
    await writeSettings(editor.dataDir, {
      'tiebreak.evaluator': evaluator,
      'tiebreak.calibration.goldShare': 2,
    });
    await editor.reload();
    await rows(
      'tiebreak.calibration: goldShare is 2; it must be at most 0.5. Correct it in the settings',
    ).waitFor();
  });
});
