import { strict as assert } from 'node:assert';
import { chunkRubric } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sampleInspection, sampleSettlement } from '../panelFixture/reviewer.ts';
import { sharedBrowser } from '../shared.ts';
import type { Rubric } from '../../../src/core/task/rubric.ts';

const scale = (...values: number[]) => values.map((value) => ({ value, meaning: `Meaning of ${value}.` }));
const fiveCriteria: Rubric = {
  ...chunkRubric,
  criteria: ['one', 'two', 'three', 'four', 'five'].map((id) => ({
    id,
    title: `Criterion ${id}`,
    description: 'How good is it?',
    weight: 1,
    scale: scale(1, 2, 3, 4, 5),
  })),
};

describe('scores by keyboard and mouse', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, width = 1600) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options }, { width });
  };
  let keys = 0;
  const press = async (...names: string[]) => {
    keys += names.length;
    for (const name of names) await panel.page.keyboard.press(name);
  };
  const row = (name: string) => panel.page.getByRole('radiogroup', { name });

  it('fill a rubric of five criteria in eleven keys, without setting a preference', async () => {
    await open({ rubric: fiveCriteria });
    keys = 0;
    await press('s', '5', '1', '4', '2', '3', '3', '2', '4', '1', '5');
    assert.ok(keys <= 11);
    await panel.settled();
    const ids = ['one', 'two', 'three', 'four', 'five'];
    const scores = (...values: number[]) => Object.fromEntries(ids.map((id, index) => [id, values[index]]));
    assert.deepEqual(panel.host.draft.scores, {
      first: scores(5, 4, 3, 2, 1),
      second: scores(1, 2, 3, 4, 5),
    });
    await panel.settled();
    assert.equal(panel.host.draft.preference, null);
    // The rubric is complete: digits are preferences again.
    await press('6');
    await panel.settled();
    assert.equal(panel.host.draft.preference, 2);
  });

  it('restore the meaning of digits after the last score, even if the answers are hidden', async () => {
    await open({}, 800);
    await press('s', '1', '2', '3', '4', '5', '1', '6');
    await panel.settled();
    assert.equal(panel.host.draft.scores['second']?.['clarity'], 1);
    assert.equal(panel.host.draft.preference, 2);
  });

  it('begin at the first missing score', async () => {
    await open({ draft: { scores: { first: { correctness: 5 }, second: { correctness: 2 } } } });
    await press('s', '4');
    await panel.settled();
    assert.equal(panel.host.draft.scores['first']?.['robustness'], 4);
  });

  it('ignore digits that are not on the scale, and keep a score that is chosen twice', async () => {
    await open();
    await row('Correctness of B').getByRole('radio').first().focus();
    await press('3');
    await row('Correctness of B').getByRole('radio', { name: /^3/ }).click();
    await press('9', '0');
    await panel.settled();
    assert.deepEqual(panel.host.draft.scores, { second: { correctness: 3 } });
    assert.equal(panel.host.draft.preference, null);
    await press('Backspace');
    await panel.settled();
    assert.deepEqual(panel.host.draft.scores['second'], {});
  });

  it('restore the keys with Escape', async () => {
    await open();
    await press('s', 'Escape', '3');
    await panel.settled();
    assert.equal(panel.host.draft.preference, -1);
    assert.deepEqual(panel.host.draft.scores, {});
  });

  it('are large enough to click, and fit even on a scale of eleven points', async () => {
    const rubric = {
      ...chunkRubric,
      criteria: chunkRubric.criteria.map((criterion) => ({ ...criterion, scale: scale(0, 1, 2, 3, 4, 5) })),
    };
    await open({ rubric });
    for (const name of ['Correctness of A', 'Correctness of B']) {
      for (const radio of await row(name).getByRole('radio').all()) {
        const { x, width, height } = (await radio.boundingBox())!;
        assert.ok(width >= 24 && height >= 24, `${width} × ${height}`);
        assert.ok(x + width <= 1600);
      }
    }
  });

  it('of a reviewer use digits too, which are decisions elsewhere', async () => {
    await open({ inspection: { ...sampleInspection, scores: {} } });
    keys = 0;
    await press('s', '5', '4', '3', '2', '1', '5', '1');
    await panel.settled();
    assert.deepEqual(
      panel.host.inspectionEdits.map((edit) => ('value' in edit ? edit.value : edit.kind)),
      [5, 4, 3, 2, 1, 5, 'approve'],
    );
    await press('1');
    await panel.page.getByRole('radio', { name: /Approve/ }).click();
    await panel.settled();
    assert.equal(panel.host.inspectionEdits.length, 7, 'the same decision again changes nothing');
    await panel.page.getByRole('button', { name: 'Clear the decision' }).click();
    await panel.settled();
    assert.deepEqual(panel.host.inspectionEdits.at(-1), { kind: 'decision', value: null });
  });

  it('of a reviewer take eight keys, including approval and submission', async () => {
    await open({ inspection: { ...sampleInspection, scores: {} } });
    keys = 0;
    await press('s', '5', '4', '3', '2', '1', '5', 'Shift+A');
    assert.ok(keys <= 8, `${keys} keys`);
    await panel.settled();
    assert.deepEqual(panel.host.inspectionEdits.at(-1), { kind: 'decision', value: 'approve' });
    assert.deepEqual(panel.host.requests, [{ kind: 'submit' }]);
  });

  it('of a task to settle are read-only', async () => {
    await open({ settlement: sampleSettlement });
    await press('s', '2');
    await panel.settled();
    assert.deepEqual(panel.host.settlementEdits, [{ kind: 'verdict', value: -2 }]);
  });
});
