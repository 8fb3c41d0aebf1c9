import { strict as assert } from 'node:assert';
import { tiebreakJsonl } from '../../src/core/exchange/tiebreakJsonl.ts';
import { contentHash } from '../../src/core/text/hash.ts';
import { collectExchangeData } from '../../src/transfer/exporting.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { sampleReview } from '../unit/store/samples.ts';
import { Editor } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask } from './tasks.ts';
import { importTasks } from '../fixtures/imports.ts';

const judged = { taskHash: contentHash(addTask), shown: ['model-one', 'model-two'] };

/** The files of two evaluators who disagree. */
async function exchanged(): Promise<string> {
  const store = await openSqliteStore(':memory:');
  await importTasks(store, [addTask]);
  const preference = (winner: string) => ({ kind: 'better' as const, winner, strength: 2 as const });
  await store.submit(
    sampleReview(1, 'add', {
      ...judged,
      evaluator: 'otto',
      preference: preference('model-one'),
      scores: { 'model-one': { correctness: 3 }, 'model-two': { correctness: 1 } },
    }),
  );
  await store.submit(
    sampleReview(2, 'add', {
      ...judged,
      evaluator: 'olga',
      preference: preference('model-two'),
      scores: { 'model-one': { correctness: 3 }, 'model-two': { correctness: 2 } },
    }),
  );
  const { lines } = tiebreakJsonl.export(await collectExchangeData(store));
  await store.close();
  return lines.map((line) => `${line}\n`).join('');
}

describe('two evaluators who disagree', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({ files: { 'reviews.jsonl': await exchanged() } });
    await editor.importFile('reviews.jsonl');
  });
  after(() => editor.stop());

  it('are shown side by side with their differences, without names', async () => {
    await editor.runCommand('Tiebreak: Settle a Task…');
    await editor.pick('add');
    panel = new Panel(editor, await editor.frameWith('tiebreak-settlement'));
    await panel.frame.getByText(/Evaluator 1: .* is better than .*; Evaluator 2: /).waitFor();
    await panel.frame.getByText('Most likely cause: weights.').waitFor();
    await panel.frame.getByText(/otto|olga/).waitFor({ state: 'detached' });
  });

  it('are not offered the actions for a single review', async () => {
    await editor.openPalette('>Tiebreak: Re');
    const widget = editor.page.locator('.quick-input-widget:visible');
    await widget.locator('.monaco-list-row', { hasText: 'Replay Runs of Review' }).waitFor();
    assert.equal(await widget.locator('.monaco-list-row', { hasText: 'Reject Review' }).count(), 0);
    await editor.page.keyboard.press('Escape');
  });

  it('are settled with a verdict and its reason', async () => {
    await panel.focusCode();
    const good = await panel.sideWith('return a + b');
    await panel.press(good === 'A' ? '2' : '6');
    await panel.frame.getByText(/^Adjudicated/).waitFor();
    await panel.radio(/^Weights/).click();
    await panel.frame
      .getByLabel('What the evaluators disagree about')
      .fill('whether a wrong sign outweighs a comment');
    await panel.press('Control+Enter');
    await panel.frame.getByText('Say what decided the difference').waitFor();
    await panel.frame.getByLabel('Reason for the verdict').fill('The prompt asks for the sum.');
    await panel.press('Control+Enter');
    await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
  });

  it('are still settled when the task is opened again', async () => {
    await editor.runCommand('Tiebreak: Settle a Task…');
    await editor.pick('add');
    panel = new Panel(editor, await editor.frameWith('tiebreak-settlement'));
    await panel.button('Change').waitFor();
  });
});
