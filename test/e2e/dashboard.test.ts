import { strict as assert } from 'node:assert';
import type { Frame } from 'playwright-core';
import { tiebreakJsonl } from '../../src/core/exchange/tiebreakJsonl.ts';
import { generateReviews } from '../fixtures/generateReviews.ts';
import { Editor } from './harness.ts';
import { judgeSum } from './judging.ts';
import { Panel } from './panel.ts';
import { addTask, jsonLines } from './tasks.ts';

describe('the dashboard in the editor', function () {
  let editor: Editor;
  let dashboard: Frame;
  const generated = generateReviews();
  const others = [...tiebreakJsonl.export({ ...generated, skips: [] }).lines].join('\n');

  before(async () => {
    editor = await Editor.start({
      files: { 'tasks.jsonl': jsonLines([addTask]), 'others.jsonl': `${others}\n` },
    });
  });
  after(() => editor.stop());

  /** The rows of a figure's table, without its head. */
  const rows = async (title: string): Promise<string[][]> => {
    const toTable = dashboard.getByRole('button', { name: `${title}: show table` });
    if ((await toTable.count()) > 0) await toTable.click();
    const figure = dashboard.getByRole('region', { name: title, exact: true });
    await figure.locator('tbody tr').first().waitFor();
    const found = await figure.locator('tbody tr').all();
    return Promise.all(found.map((row) => row.locator('th, td').allTextContents()));
  };

  it('opens by command, and says where figures come from', async () => {
    await editor.openQueue();
    await editor.runCommand('Tiebreak: Open Dashboard');
    dashboard = await editor.frameWith('tiebreak-dashboard');
    await dashboard.getByRole('heading', { name: 'No reviews yet' }).waitFor();
    await editor.runCommand('View: Show Explorer');
  });

  it('counts a review as soon as it is submitted, without naming its author', async () => {
    const panel = await Panel.importing(editor, 'tasks.jsonl');
    const { good } = await judgeSum(panel);
    await editor.runCommand('Tiebreak: Open Dashboard');
    await dashboard.getByText('1 submitted, 1 in effect, by 1 evaluator').waitFor();
    const [[name, count] = []] = await rows('Active time per review');
    assert.match(name!, /^E-[0-9a-f]{4}$/);
    assert.equal(count, '1');
    assert.equal(await dashboard.getByText(/evaluator-/).count(), 0);
    const position = await rows('Position bias');
    assert.deepEqual(position[0]!.slice(0, 3), ['All reviews', '1', good === 'A' ? '100.0%' : '0.0%']);
  });

  it('shows the figures of reviews that were imported', async () => {
    await editor.importFile('others.jsonl', /^Import: .*200 reviews/);
    await editor.runCommand('Tiebreak: Open Dashboard');
    await dashboard.getByText(/^201 submitted, \d+ in effect, by 5 evaluators$/).waitFor();
    await dashboard.locator('main[aria-busy="false"]').waitFor();
    const agreement = await rows('Agreement, as a whole and by evaluator');
    assert.match(agreement[0]!.join(' | '), /^All reviews \| .* \| 0\.\d\d \(.* to 0\.\d\d\) \| /);
    // Of twelve figures three are tables, and two say that no gold task was judged.
    assert.equal(await dashboard.locator('canvas').count(), 12 - 3 - 2);
  });

  it('names evaluators once the setting allows it', async () => {
    await editor.runCommand('Tiebreak: Open Settings');
    await editor.page.locator('.settings-editor .suggest-input-container').click();
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.type(' evaluators');
    await editor.page.locator('[data-key="tiebreak.showEvaluators"] .setting-value-checkbox').click();
    const evaluators = dashboard.getByRole('combobox', {
      name: 'Evaluator',
      exact: true,
      includeHidden: true,
    });
    await evaluators.locator('option', { hasText: 'ada' }).waitFor({ state: 'attached' });
    await evaluators.selectOption('ada');
    await dashboard.getByText(/^\d+ submitted, \d+ in effect, by 1 evaluator$/).waitFor();
    assert.deepEqual(
      (await rows('Active time per review')).map(([name]) => name),
      ['ada'],
    );
  });

  it('comes back after a reload', async () => {
    await editor.tabsKept();
    await editor.reload();
    // The saved state of the window contains it, perhaps behind another tab.
    await editor.page.locator('.tab', { hasText: 'Tiebreak Dashboard' }).click();
    dashboard = await editor.frameWith('tiebreak-dashboard');
    await dashboard.getByText(/^\d+ submitted, /).waitFor();
    await dashboard.locator('main[aria-busy="false"]').waitFor();
    // The window saves the state of a page only at intervals, so a test of the page alone checks that the filter is kept.
    await dashboard.getByRole('region', { name: 'Agreement by language', exact: true }).waitFor();
  });
});
