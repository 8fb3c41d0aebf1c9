import { strict as assert } from 'node:assert';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';

describe('undo in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options });
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const undo = () => panel.page.getByRole('button', { name: 'Undo' });

  it('undoes preferences, scores and flags, the latest first, and names each of them', async () => {
    await open({ draft: { preference: 2 } });
    await press('3');
    await panel.page.getByRole('status').getByText('Preference: A slightly better').waitFor();
    await press('s', '4', 'Escape', 'c', 'ArrowDown', 'f');
    await panel.page.getByRole('dialog').waitFor();
    await press('Enter');
    await panel.page.getByRole('status').getByText('Flag: Wrong at @A:1').waitFor();
    await press('Control+z');
    await panel.page.getByText('Undone: Flag: Wrong at @A:1').waitFor();
    assert.deepEqual(panel.host.draft.flags, []);
    await press('Control+z', 'Control+z');
    await panel.page.getByText('Undone: Preference: A slightly better').waitFor();
    await panel.settled();
    assert.deepEqual([panel.host.draft.preference, panel.host.draft.scores['first']], [2, {}]);
    await press('Control+z');
    await panel.page.getByText('There is nothing to undo').waitFor();
  });

  it('restores a removed flag', async () => {
    const flag = {
      id: 'f',
      answerId: 'second',
      kind: 'unsafe',
      file: 'main.py',
      startLine: 4,
      endLine: 5,
      note: 'all',
    } as const;
    await open({ draft: { flags: [flag] } });
    await panel.page.getByRole('button', { name: /^Remove flag/ }).click();
    await panel.page.getByText('Flag removed: Unsafe at @B:4-5').waitFor();
    await undo().click();
    await panel.settled();
    assert.deepEqual(panel.host.draft.flags, [flag]);
  });

  it('undoes only the change that is named beside the button', async () => {
    await open();
    await press('2', '2', '6');
    await panel.page.getByText('Preference: B better').waitFor();
    await undo().click();
    await panel.settled();
    assert.equal(panel.host.draft.preference, -2);
    // Another window changed it in the meantime.
    await press('1');
    await panel.page.getByText('Preference: A much better').waitFor();
    const { draft } = panel.host.state();
    panel.host.send({ draft: { ...draft!, preference: 0 } });
    await panel.settled();
    await undo().click();
    await panel.page
      .getByText('Not undone, because it was changed again: Preference: A much better')
      .waitFor();
    await panel.settled();
    assert.equal(panel.host.edits.length, 4);
  });

  it('undoes typing in a text field, never the judgement', async () => {
    await open();
    await press('3', 't');
    await panel.page.keyboard.type('abc');
    await press('Control+z');
    await panel.settled();
    assert.equal(panel.host.draft.preference, -1);
    assert.notEqual(await panel.rationale.inputValue(), 'abc');
  });

  it('is empty for the next task', async () => {
    await open();
    await press('3');
    await panel.settled();
    panel.host.show({ ...chunkTask, id: 'other', title: 'Other' });
    await panel.page.getByRole('heading', { name: 'Other' }).waitFor();
    assert.equal(await undo().count(), 0);
    await press('Control+z');
    await panel.page.getByText('There is nothing to undo').waitFor();
    assert.equal(panel.host.draft.preference, null);
  });

  it('moves nothing when a message appears', async () => {
    await open();
    const submit = panel.page.getByRole('button', { name: /^Submit/ });
    const before = await submit.boundingBox();
    await press('3');
    await undo().waitFor();
    assert.deepEqual(await submit.boundingBox(), before);
    panel.host.send({ notice: { severity: 'info', text: 'Submitted “Something”' } });
    await panel.page.getByText('Submitted “Something”').waitFor();
    assert.deepEqual(await submit.boundingBox(), before);
  });
});
