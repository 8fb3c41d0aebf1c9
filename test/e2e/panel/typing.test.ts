import { strict as assert } from 'node:assert';
import type { Edit } from '../../../src/protocol/panel/edits.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage, type PanelView } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';

describe('typed text', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, view: PanelView = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), options, view);
  };
  const kinds = (kind: Edit['kind']) => panel.host.edits.filter(({ edit }) => edit.kind === kind);

  it('reaches the host character by character for its task, and stays in the text area', async () => {
    await open();
    await panel.rationale.pressSequentially('@A is better');
    await panel.settled();
    assert.equal(panel.host.draft.rationale, '@A is better');
    assert.equal(kinds('rationale').length, '@A is better'.length);
    assert.ok(panel.host.edits.every(({ taskId }) => taskId === chunkTask.id));
    assert.equal(await panel.rationale.inputValue(), '@A is better');
  });

  it('is shown as saved only once the host has it', async () => {
    await open({ ran: true });
    const saved = panel.page.getByText(/^Saved /);
    await saved.waitFor();
    panel.host.confirms = false;
    await panel.rationale.pressSequentially('a');
    await panel.settled();
    await panel.page.getByText('Saving…', { exact: true }).waitFor();
    assert.equal(await saved.count(), 0);
    panel.host.send({ receivedEdit: panel.host.receivedEdit });
    await saved.waitFor();
  });

  it('triggers no key of the panel', async () => {
    await open();
    const letters = 'wcdxpgrnvifteqsjbo0123456789.?/[]RV';
    await panel.rationale.pressSequentially(letters);
    assert.equal(await panel.rationale.inputValue(), letters);
    await panel.settled();
    assert.deepEqual(panel.host.requests, []);
    assert.deepEqual([...new Set(panel.host.edits.map(({ edit }) => edit.kind))], ['rationale']);
    assert.equal(await panel.page.getByRole('dialog').count(), 0);
  });

  it('is not replaced by a late echo', async () => {
    await open();
    await panel.rationale.pressSequentially('first second');
    const late = panel.host.state().draft!;
    panel.host.send({ draft: { ...late, rationale: { text: 'first', from: 'panel' } } });
    await panel.settled();
    assert.equal(await panel.rationale.inputValue(), 'first second');
  });

  it('is selected as a whole only once, however late the editor handles the same keys', async () => {
    await open();
    await panel.rationale.fill('old');
    // Simulates the editor's handling of keys that a webview does not consume: its own command arrives some time later.
    await panel.page.evaluate(() => {
      const late: string[] = [];
      Object.assign(window, { late });
      addEventListener('keydown', ({ ctrlKey, key }) => {
        const command = { a: 'selectAll', z: 'undo' }[key.toLowerCase()];
        if (ctrlKey && command) late.push(command);
      });
    });
    await panel.rationale.press('Control+A');
    await panel.page.keyboard.type('new');
    await panel.page.evaluate(() => {
      for (const command of (window as unknown as { late: string[] }).late) document.execCommand(command);
    });
    await panel.page.keyboard.type(' text');
    await panel.settled();
    assert.equal(await panel.rationale.inputValue(), 'new text');
    assert.equal(panel.host.draft.rationale, 'new text');
  });

  it('survives a change of tabs in a narrow window, with its cursor', async () => {
    await open({}, { width: 800 });
    await panel.page.getByRole('tab', { name: 'Judgement' }).click();
    await panel.rationale.pressSequentially('one two');
    await panel.page.keyboard.press('ArrowLeft');
    // The echo is older than the text; only the text area has all of it.
    const stale = panel.host.state().draft!;
    panel.host.send({ draft: { ...stale, rationale: { text: 'one', from: 'panel' } } });
    await panel.page.getByRole('tab', { name: 'Evidence' }).click();
    await panel.page.getByRole('tab', { name: 'Judgement' }).click();
    assert.equal(await panel.rationale.inputValue(), 'one two');
    await panel.rationale.focus();
    await panel.page.keyboard.type('X');
    assert.equal(await panel.rationale.inputValue(), 'one twXo');
  });

  it('is there again after a reload', async () => {
    await open();
    await panel.rationale.fill('kept by the host');
    await panel.reload();
    assert.equal(await panel.rationale.inputValue(), 'kept by the host');
  });

  it('is replaced by newer text from the document', async () => {
    await open();
    await panel.rationale.fill('here');
    panel.host.writeRationale('written in the document');
    await panel.page.waitForFunction(() => {
      const root = document
        .querySelector('tiebreak-panel')!
        .shadowRoot!.querySelector('tiebreak-rationale')!.shadowRoot!;
      return root.querySelector('textarea')!.value === 'written in the document';
    });
  });

  it('is not overwritten by a fix of an older text', async () => {
    await open();
    await panel.rationale.fill('Answer 1 is better because it checks the size.');
    await panel.page.getByRole('button', { name: 'Fix' }).first().waitFor();
    const stale = {
      ...panel.host.state().findings![0]!,
      fix: { title: 'old', edits: [{ start: 0, end: 8, text: '@A' }] },
    };
    await panel.rationale.fill('Something else entirely.');
    await panel.settled();
    panel.host.send({
      findings: [stale],
      draft: { ...panel.host.state().draft!, rationale: { text: 'Answer 1', from: 'panel' } },
    });
    await panel.page.getByRole('button', { name: 'Fix' }).first().click();
    assert.equal(await panel.rationale.inputValue(), 'Something else entirely.');
  });

  it('is fixed only after the rules have read it, however early the key is pressed', async () => {
    await open();
    await panel.rationale.fill(
      '@A is better because Answer 1 stops at zero and the other does not, so callers wait for ever.',
    );
    const read = panel.host.state();
    await panel.rationale.press('End');
    // The host is busy: its findings are still about the previous text.
    await panel.page.evaluate(() => {
      const area = document
        .querySelector('tiebreak-panel')!
        .shadowRoot!.querySelector('tiebreak-rationale')!
        .shadowRoot!.querySelector('textarea')!;
      area.value += ' Late.';
    });
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('.');
    assert.match(await panel.rationale.inputValue(), /Answer 1/);
    const text = await panel.rationale.inputValue();
    panel.host.send({
      draft: { ...read.draft!, rationale: { text, from: 'panel' } },
      findings: read.findings!,
    });
    await panel.page.waitForFunction(
      () =>
        !document
          .querySelector('tiebreak-panel')!
          .shadowRoot!.querySelector('tiebreak-rationale')!
          .shadowRoot!.querySelector('textarea')!
          .value.includes('Answer 1'),
    );
  });

  it('can be undone after a fix, a citation and a completion', async () => {
    await open();
    await panel.rationale.pressSequentially('Compare ');
    await panel.rationale.pressSequentially('@case:rem');
    await panel.page
      .getByRole('listbox', { name: 'Citation suggestions' })
      .getByRole('option')
      .first()
      .waitFor();
    await panel.page.keyboard.press('Enter');
    assert.equal(await panel.rationale.inputValue(), 'Compare @case:remainder');
    await panel.page.keyboard.press('Control+z');
    assert.equal(await panel.rationale.inputValue(), 'Compare @case:rem');
  });

  it('stays in the form of an unsaved case, and does not move to another task', async () => {
    await open();
    await panel.page.keyboard.press('n');
    await panel.page.getByLabel('Name', { exact: true }).fill('my-case');
    await panel.page.getByLabel('Arguments, separated by commas').fill('[[1, 2], ');
    await panel.page.keyboard.press('Escape');
    await panel.page.getByRole('dialog').waitFor({ state: 'detached' });
    await panel.page.keyboard.press('n');
    assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), 'my-case');
    assert.equal(await panel.page.getByLabel('Arguments, separated by commas').inputValue(), '[[1, 2], ');
    await panel.page.keyboard.press('Escape');
    const state = panel.host.state();
    panel.host.send({ ...state, task: { ...state.task!, id: 'another', title: 'Another task' } });
    await panel.page.getByRole('heading', { name: 'Another task' }).waitFor();
    await panel.page.keyboard.press('n');
    assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), '');
  });

  it('stays in every dialog after Escape and a reload, until it is saved', async () => {
    await open();
    const again = async () => {
      await panel.page.keyboard.press('Escape');
      await panel.page.getByRole('dialog').waitFor({ state: 'detached' });
      await panel.reload();
    };
    await panel.page.keyboard.press('Shift+S');
    await panel.page.getByLabel(/^Why/).fill('half a reason');
    await again();
    await panel.page.keyboard.press('Shift+S');
    assert.equal(await panel.page.getByLabel(/^Why/).inputValue(), 'half a reason');
    await again();
    await panel.page.keyboard.press('n');
    await panel.page.getByLabel('Name', { exact: true }).fill('half-a-case');
    await again();
    await panel.page.keyboard.press('n');
    assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), 'half-a-case');
    await again();
    const flag = async () => {
      await panel.page.locator('.row[data-side="A"]').first().click();
      await panel.page.keyboard.press('f');
    };
    await flag();
    await panel.page.getByLabel('Unsafe').check();
    await panel.page.getByLabel(/^Note/).fill('half a note');
    await again();
    await flag();
    assert.equal(await panel.page.getByLabel(/^Note/).inputValue(), 'half a note');
    assert.equal(await panel.page.getByLabel('Unsafe').isChecked(), true);
    await panel.page.getByRole('button', { name: 'Flag', exact: true }).click();
    await flag();
    assert.equal(await panel.page.getByLabel(/^Note/).inputValue(), '');
    await panel.page.keyboard.press('Escape');
  });

  it('shows its fault beside the field if it is not a valid case', async () => {
    await open();
    await panel.page.keyboard.press('n');
    await panel.page.getByLabel('Name', { exact: true }).fill('broken');
    await panel.page.getByLabel('Arguments, separated by commas').fill('[1, 2');
    await panel.page.getByRole('button', { name: 'Save and run' }).click();
    assert.match(await panel.page.getByRole('alert').innerText(), /as JSON, separated by commas/);
    assert.equal(await panel.page.evaluate(focusedName), 'args');
    assert.deepEqual(kinds('case'), []);
    await panel.page.getByLabel('Arguments, separated by commas').fill('[1, 2], 2');
    await panel.page.getByLabel('Expected value (JSON)').fill('[[1, 2]]');
    await panel.page.getByRole('button', { name: 'Save and run' }).click();
    await panel.page.getByRole('button', { name: 'broken', exact: true }).waitFor();
    assert.deepEqual(panel.host.draft.cases, [
      { id: 'broken', origin: 'evaluator', kind: 'call', args: [[1, 2], 2], expected: [[1, 2]] },
    ]);
    assert.deepEqual(panel.host.requests, [{ kind: 'run', fresh: false, caseIds: ['broken'] }]);
  });

  it('offers a run if it claims one that is not recorded', async () => {
    await open();
    await panel.rationale.fill(
      '@A is better because @A:5 stops at zero: I ran both and only @A raises there.',
    );
    await panel.page.locator('[data-rule="R08"]').getByRole('button', { name: 'Run', exact: true }).click();
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'run', fresh: false }]);
  });

  it('offers to go to the preference, the scores or the finder if the text may be right', async () => {
    await open();
    await panel.rationale.fill('@A is better: @A:5 stops at zero, and @B has a bug.');
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('6');
    const finding = (rule: string) => panel.page.locator(`[data-rule="${rule}"]`);
    await finding('R02').getByRole('button', { name: 'Preference', exact: true }).click();
    await panel.page
      .getByRole('radio', { name: 'B better', exact: true })
      .and(panel.page.locator(':focus'))
      .waitFor();
    await finding('R10').getByRole('button', { name: 'Find differences' }).click();
    await panel.until(() => panel.host.requests.some(({ kind }) => kind === 'find'));
  });

  it('offers to go to the code, and cites the selected line', async () => {
    await open();
    await panel.rationale.fill(
      '@A is better because it handles the zero that the other does not handle at all.',
    );
    const cite = panel.page.locator('[data-rule="R05"]').getByRole('button', { name: 'Cite lines' });
    await cite.click();
    await panel.page.getByText(/^Select lines in the code first/).waitFor();
    await panel.page.keyboard.press('ArrowDown');
    await cite.click();
    await panel.page.waitForFunction(() => document.activeElement !== null);
    assert.match(await panel.rationale.inputValue(), / @A:1$/);
    await panel.page.locator('[data-rule="R05"]').waitFor({ state: 'detached' });
  });

  it('is kept as the reason for an override', async () => {
    await open({
      draft: {
        rationale:
          'I read both answers from the first line to the last, and this text says nothing else about them.',
      },
    });
    await panel.page.locator('[data-rule="R01"]').getByRole('button', { name: 'Override' }).click();
    const reason = panel.page.getByLabel(/^Reason for overriding R01/);
    await reason.pressSequentially('The prompt asks for no verdict');
    await panel.settled();
    assert.equal(await reason.inputValue(), 'The prompt asks for no verdict');
    assert.deepEqual(panel.host.draft.overrides, [{ rule: 'R01', reason: 'The prompt asks for no verdict' }]);
  });
});

/** Runs in the page: the name of the field that has the focus, through shadow roots. */
function focusedName(): string | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused?.getAttribute('name') ?? null;
}
