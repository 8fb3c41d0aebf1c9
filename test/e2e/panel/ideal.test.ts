import { strict as assert } from 'node:assert';
import { chunkIdeal } from '../panel-fixture/chunkIdeal.ts';
import { chunkTask } from '../panel-fixture/chunkTask.ts';
import type { FixtureOptions } from '../panel-fixture/host.ts';
import { closeSharedBrowser, PanelPage, sharedBrowser } from '../panel-fixture/page.ts';

describe('the ideal in the panel', function () {
  this.timeout(30_000);
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.complaints, ...panel.host.errors], []);
  });
  after(closeSharedBrowser);

  const open = async (options: FixtureOptions = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options });
  };
  const asking = (...ask: NonNullable<typeof chunkTask.ask>) => ({ task: { ...chunkTask, ask } });
  const section = () => panel.page.getByRole('region', { name: 'Ideal solution' });
  const count = (name: string) => panel.page.getByRole('region', { name, exact: true }).count();

  it('is not there where nobody asked for it, and one key begins it', async () => {
    await open();
    assert.equal(await section().count(), 0);
    assert.equal(await panel.page.getByRole('columnheader', { name: 'Ideal' }).count(), 0);
    await panel.page.keyboard.press('o');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [{ kind: 'open', wish: { what: 'ideal' } }]);
  });

  it('says what is missing until it is proved, and then what proves it', async () => {
    await open({ ...asking('rank', 'ideal') });
    await section().getByText('Not begun').waitFor();
    await panel.page.getByText(/To do: .*a proved ideal/).waitFor();
    panel.host.send({
      ideal: chunkIdeal({ proof: { state: 'missing', missing: 'the ideal does not pass size-zero' } }),
    });
    await section().getByText('Not proved: the ideal does not pass size-zero').waitFor();
    await section().getByLabel('Why no case tells').waitFor();
    panel.host.send({ ideal: chunkIdeal() });
    await section().getByText('Proved: passes every case; a weak answer fails size-zero').waitFor();
    await section().getByText('From B: 1 line added, 1 line removed, 86% of B kept').waitFor();
    assert.equal(await panel.page.getByText(/To do: .*a proved ideal/).count(), 0);
  });

  it('is the third column of the matrix, with what each case tells apart where cases are asked for', async () => {
    await open({ ...asking('ideal', 'cases'), ideal: chunkIdeal() });
    const row = panel.page.locator('tr[data-case="size-zero"]');
    assert.deepEqual(await row.locator('.verdict').allInnerTexts(), ['pass', 'fail', 'pass']);
    await row.getByText('1/2 answers · 5/8 mutants').waitFor();
    await row.getByRole('button').click();
    await panel.page.locator('tr.detail').getByText('Ideal', { exact: true }).waitFor();
  });

  it('leaves every button of the bars in sight where the panel has a third of the window', async () => {
    await open({ ...asking('ideal', 'cases'), ideal: chunkIdeal() });
    await panel.page.setViewportSize({ width: 410, height: 900 });
    for (const name of [/^Run both/, /^Skip/, /^Next/, /^\+ Case/]) {
      const { x, width } = (await panel.page.getByRole('button', { name }).first().boundingBox())!;
      assert.ok(x + width <= 410, `${name} ends at ${x + width}`);
    }
  });

  it('is held against A and against B', async () => {
    await open({ ideal: chunkIdeal() });
    await panel.page.keyboard.press('d');
    await panel.page.locator('tiebreak-answers').waitFor();
    await panel.page.keyboard.press('b');
    await panel.page.getByRole('region', { name: 'Difference of answer A and the ideal' }).waitFor();
    await panel.page.getByRole('button', { name: 'B and Ideal' }).click();
    const difference = panel.page.getByRole('region', { name: 'Difference of answer B and the ideal' });
    await difference.getByText('# what is left over is yielded as well').waitFor();
    assert.equal(await difference.locator('.row.only-ideal').count(), 1);
    await panel.page.keyboard.press('b');
    await panel.page.locator('tiebreak-answers').waitFor();
  });

  it('keeps its notes and references as they are typed', async () => {
    await open({ ideal: chunkIdeal({ notes: '' }) });
    const notes = section().getByLabel('Notes');
    await notes.pressSequentially('wcd 123: the rest');
    const late = chunkIdeal({ notes: 'wcd' });
    panel.host.send({ ideal: late });
    await panel.page.waitForTimeout(50);
    assert.equal(await notes.inputValue(), 'wcd 123: the rest');
    await section().getByLabel('References').fill('PEP 8 https://peps.python.org/pep-0008/');
    await panel.page.waitForTimeout(50);
    assert.equal(panel.host.ideal!.notes, 'wcd 123: the rest');
    assert.equal(panel.host.ideal!.references, 'PEP 8 https://peps.python.org/pep-0008/');
    assert.deepEqual(panel.host.edits, []);
  });

  it('says below the notes what the rules find in them', async () => {
    const message = 'The notes say what, and not why.';
    await open({ ideal: chunkIdeal({ findings: [{ rule: 'N03', severity: 'W', message }] }) });
    const findings = section().getByRole('list', { name: 'Findings on the text above' });
    await findings.getByText(message).waitFor();
    assert.equal(await findings.getByRole('listitem').count(), 1);
    panel.host.send({ ideal: chunkIdeal() });
    await findings.waitFor({ state: 'detached' });
  });

  it('has notes to do where there are none and it began with an answer', async () => {
    const missing = { rule: 'N01', severity: 'E' as const, message: 'Say what you changed' };
    await open({ ...asking('ideal'), ideal: chunkIdeal({ notes: '', findings: [missing] }) });
    await panel.page.getByText('To do: its notes', { exact: true }).waitFor();
    panel.host.send({ ideal: chunkIdeal() });
    await panel.page.getByText('No errors, no warnings').waitFor();
  });

  it('is all there is to do where the task asks for nothing else', async () => {
    await open({ ...asking('ideal'), ideal: chunkIdeal() });
    await section().waitFor();
    assert.deepEqual(await Promise.all(['Flags', 'Rubric Algorithmic'].map((name) => count(name))), [0, 0]);
    assert.equal(await panel.page.getByRole('radiogroup', { name: 'Preference' }).count(), 0);
    assert.equal(await panel.rationale.count(), 0);
    await panel.page.getByText('No errors, no warnings').waitFor();
  });

  it('opens beside either answer in the diff editor', async () => {
    await open({ ideal: chunkIdeal() });
    await section().getByRole('button', { name: 'Diff editor with A' }).click();
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [{ kind: 'open', wish: { what: 'ideal-diff', side: 'A' } }]);
  });
});
