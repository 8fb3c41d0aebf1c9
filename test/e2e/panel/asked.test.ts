import { strict as assert } from 'node:assert';
import { asks } from '../../../src/core/task/task.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

/** None of them belongs to the evaluator. */
const cases = chunkTask.cases!.map((testCase) => ({ ...testCase, origin: 'task' as const }));

type Ask = (typeof asks)[number];

/** Every combination of what a task may ask for. */
const choices: Ask[][] = Array.from({ length: 2 ** asks.length - 1 }, (_, bits) =>
  asks.filter((__, index) => ((bits + 1) >> index) % 2 === 1),
);

describe('the panel for each kind of request of a task', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (ask: Ask[], options: { ran?: boolean } = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), { task: { ...chunkTask, cases, ask }, ...options });
  };
  const has = async (role: 'region' | 'radiogroup' | 'columnheader', name: string) =>
    (await panel.page.getByRole(role, { name, exact: true }).count()) > 0;

  it('shows, and lists as missing, only what the task asks for', async () => {
    await open(['rank']);
    const { task } = panel.host.state();
    const missing = panel.page.locator('tiebreak-submit');
    for (const ask of choices) {
      panel.host.send({ task: { ...task!, ask } });
      const isScored = ask.includes('rank') || ask.includes('rate');
      const isJudged = isScored || ask.includes('flag');
      const expected = [
        ...(ask.includes('rank') ? ['preference'] : []),
        ...(isScored ? [`${2 * task!.rubric.criteria.length} scores`] : []),
        ...(isJudged ? ['rationale'] : []),
        ...(ask.includes('ideal') ? ['a proved ideal'] : []),
        ...(ask.includes('cases') ? ['a case'] : []),
      ];
      await missing.getByText(`Missing: ${expected.join(', ')}`, { exact: true }).waitFor();
      const shown = {
        preference: await has('radiogroup', 'Preference'),
        rubric: await has('region', `Rubric ${task!.rubric.title}`),
        flags: await has('region', 'Flags'),
        rationale: (await panel.rationale.count()) > 0,
        ideal: await has('region', 'Ideal solution'),
        worth: await has('columnheader', 'Tells apart'),
      };
      assert.deepEqual(
        shown,
        {
          preference: ask.includes('rank'),
          rubric: isScored,
          flags: isJudged,
          rationale: isJudged,
          ideal: ask.includes('ideal'),
          worth: ask.includes('cases'),
        },
        ask.join(', '),
      );
    }
  });

  it('has no keys for what the task does not ask for', async () => {
    await open(['cases']);
    for (const key of ['1', '4', '0', 'f', 'u', 't', 'q', '.', 'e']) await panel.page.keyboard.press(key);
    panel.host.command('add-flag');
    await panel.page.getByText('This task does not ask for a judgement').waitFor();
    assert.equal(await panel.page.getByRole('dialog').count(), 0);
    assert.deepEqual([panel.host.edits, panel.host.requests], [[], []]);
    await panel.page.keyboard.press('?');
    const keys = panel.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keys.getByText('New case').waitFor();
    assert.equal(await keys.getByText(/A much better|Flag the selected|Write the rationale/).count(), 0);
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('n');
    await panel.page.getByRole('dialog').waitFor();
  });

  it('has the key for flags without keys for a ranking', async () => {
    await open(['flag']);
    await panel.page.keyboard.press('1');
    await panel.page.keyboard.press('f');
    await panel.page.getByRole('dialog', { name: /flag/i }).waitFor();
    assert.deepEqual(panel.host.edits, []);
  });

  it('shows which cases split the answers before there is an ideal', async () => {
    await open(['cases'], { ran: true });
    const cell = (id: string) => panel.page.locator(`tr[data-case="${id}"] td`).nth(-2);
    await cell('size-zero').getByText('A from B', { exact: true }).waitFor();
    const others = await panel.page.locator('tr[data-case] td:nth-last-child(2)', { hasText: '–' }).count();
    assert.ok(others > 0);
  });
});
