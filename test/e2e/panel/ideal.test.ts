import { strict as assert } from 'node:assert';
import { chunkIdeal } from '../panelFixture/chunkIdeal.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

describe('the ideal in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, ...options });
  };
  const asking = (...ask: NonNullable<typeof chunkTask.ask>) => ({ task: { ...chunkTask, ask } });
  const section = () => panel.page.getByRole('region', { name: 'Ideal solution' });
  const count = (name: string) => panel.page.getByRole('region', { name, exact: true }).count();

  it('is hidden unless requested, and starts with one key', async () => {
    await open();
    assert.equal(await section().count(), 0);
    assert.equal(await panel.page.getByRole('columnheader', { name: 'Ideal' }).count(), 0);
    await panel.page.keyboard.press('o');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'open', target: { what: 'ideal' } }]);
  });

  it('shows what is missing until it is proved, and then its proof', async () => {
    await open({ ...asking('rank', 'ideal') });
    await section().getByText('Not started').waitFor();
    await panel.page.getByText(/Missing: .*a proved ideal/).waitFor();
    panel.host.send({
      ideal: chunkIdeal({ proof: { state: 'missing', missing: 'the ideal does not pass size-zero' } }),
    });
    await section().getByText('Not proved: the ideal does not pass size-zero').waitFor();
    await section().getByLabel('Why no case separates').waitFor();
    panel.host.send({ ideal: chunkIdeal() });
    await section().getByText('Proved: passes every case; a weak answer fails size-zero').waitFor();
    const icon = (await section().locator('p.ok vscode-icon').boundingBox())!;
    const line = (await section().locator('p.ok').boundingBox())!;
    const middle = ({ y, height }: { y: number; height: number }) => y + height / 2;
    assert.ok(
      Math.abs(middle(icon) - middle(line)) <= 2,
      `the icon is ${middle(icon) - middle(line)} px off`,
    );
    await section().getByText('From B: 1 line added, 1 line removed, 86% of B kept').waitFor();
    assert.equal(await panel.page.getByText(/Missing: .*a proved ideal/).count(), 0);
  });

  it('is the third column of the matrix, with the worth of each case if the task asks for cases', async () => {
    await open({ ...asking('ideal', 'cases'), ideal: chunkIdeal() });
    const row = panel.page.locator('tr[data-case="size-zero"]');
    assert.deepEqual(await row.locator('.verdict').allInnerTexts(), ['pass', 'fail', 'pass']);
    await row.getByText('1/2 answers · 5/8 mutants').waitFor();
    await row.getByRole('button', { expanded: false }).click();
    await panel.page.locator('tr.detail').getByRole('group', { name: 'Ideal: pass' }).waitFor();
  });

  it('keeps every button of the bars visible in a third of the window', async () => {
    await open({ ...asking('ideal', 'cases'), ideal: chunkIdeal() });
    await panel.page.setViewportSize({ width: 410, height: 900 });
    for (const name of [/^Run both/, /^Skip/, /^Next/, /^\+ Case/]) {
      const { x, width } = (await panel.page.getByRole('button', { name }).first().boundingBox())!;
      assert.ok(x + width <= 410, `${name} ends at ${x + width}`);
    }
  });

  it('is compared with A and with B', async () => {
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
    await panel.settled();
    assert.equal(await notes.inputValue(), 'wcd 123: the rest');
    await section().getByLabel('References').fill('PEP 8 https://peps.python.org/pep-0008/');
    await panel.settled();
    assert.equal(panel.host.ideal!.notes, 'wcd 123: the rest');
    assert.equal(panel.host.ideal!.references, 'PEP 8 https://peps.python.org/pep-0008/');
    assert.deepEqual(panel.host.edits, []);
  });

  it('lists the findings in the notes below them', async () => {
    const message = 'The notes say what changed but not why.';
    await open({ ideal: chunkIdeal({ findings: [{ rule: 'N03', severity: 'W', message }] }) });
    const findings = section().getByRole('list', { name: 'Findings on the notes' });
    await findings.getByText(message).waitFor();
    assert.equal(await findings.getByRole('listitem').count(), 1);
    panel.host.send({ ideal: chunkIdeal() });
    await findings.waitFor({ state: 'detached' });
  });

  it('lists missing notes if it started from an answer', async () => {
    const missing = { rule: 'N01', severity: 'E' as const, message: 'Say what you changed' };
    await open({ ...asking('ideal'), ideal: chunkIdeal({ notes: '', findings: [missing] }) });
    await panel.page.getByText('Missing: notes on the ideal', { exact: true }).waitFor();
    panel.host.send({ ideal: chunkIdeal() });
    await panel.page.getByText('No errors, no warnings').waitFor();
  });

  it('is the only part if the task asks for nothing else', async () => {
    await open({ ...asking('ideal'), ideal: chunkIdeal() });
    await section().waitFor();
    assert.deepEqual(await Promise.all(['Flags', 'Rubric Algorithmic'].map((name) => count(name))), [0, 0]);
    assert.equal(await panel.page.getByRole('radiogroup', { name: 'Preference' }).count(), 0);
    assert.equal(await panel.rationale.count(), 0);
    await panel.page.getByText('No errors, no warnings').waitFor();
  });

  it('opens beside either answer in the diff editor', async () => {
    await open({ ideal: chunkIdeal() });
    await section().getByRole('button', { name: 'Compare with A' }).click();
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'open', target: { what: 'ideal-diff', side: 'A' } }]);
  });
});
