import { strict as assert } from 'node:assert';
import type { Search } from '../../../src/core/differing/searchRecord.ts';
import type { PanelDifferences, PanelState } from '../../../src/protocol/panel/state.ts';
import { assertAccessible, codeColours, overflowing } from '../panelFixture/accessible.ts';
import { chunkSearch } from '../panelFixture/chunkSearch.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage, type PanelView } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

describe('finding differences in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, view: PanelView = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), options, view);
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
    await panel.settled();
  };
  const requests = (kind: string) => panel.host.requests.filter((request) => request.kind === kind);
  /** Shows the state of a search as if the host had sent it. */
  const show = async (state: Omit<PanelDifferences, 'searches'>) => {
    panel.host.send({ differences: panel.host.differences(state) });
    await panel.settled();
  };
  /** Ends a search. */
  const end = async (search: Search) => {
    panel.host.draft = { ...panel.host.draft, searches: [...(panel.host.draft.searches ?? []), search] };
    await show({ phase: 'idle' });
  };
  const witness = (number: number) =>
    panel.page.getByRole('group', { name: `Difference ${number} of search 1` });
  const focused = (number: number) =>
    witness(number).evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element);
  const decisions = () =>
    panel.host.draft.searches!.flatMap(({ witnesses }) => witnesses.map(({ decision }) => decision));

  /** Opens the panel with the results of one search, and goes to the first difference. */
  const openFound = async (view: PanelView = {}) => {
    await open({ ran: true }, view);
    await press('Shift+D');
    await show({ phase: 'running', pairs: 0, kinds: 0 });
    await end(chunkSearch());
  };

  it('searches by one key, shows how far it is, and stops', async () => {
    await open();
    await press('Shift+D');
    assert.equal(requests('find').length, 1);
    await show({ phase: 'running', pairs: 4200, kinds: 2 });
    await panel.page.getByText('4,200 inputs tried, 2 differences so far').waitFor();
    await press('Shift+D');
    assert.equal(requests('find').length, 1);
    await panel.page.getByRole('button', { name: /^Stop/ }).click();
    await panel.settled();
    assert.equal(requests('stopSearch').length, 1);
    assert.equal(requests('cancel').length, 0);
    await press('Escape');
    assert.equal(requests('cancel').length, 1);
  });

  it('shows each difference with both results in the notation of cases', async () => {
    await openFound();
    const first = witness(1);
    await first.getByText('chunk([1, 2, 3], 2)').waitFor();
    assert.match(await first.getByRole('group', { name: 'A result' }).innerText(), /\[\[1, 2\], \[3\]\]/);
    assert.match(await first.getByRole('group', { name: 'B result' }).innerText(), /\[\[1, 2\]\]/);
    assert.match(await witness(2).getByRole('group', { name: 'A result' }).innerText(), /ValueError/);
    await witness(3).getByText('outside the bounds').waitFor();
    await panel.page.getByText('3 differences, 3 undecided').waitFor();
  });

  it('takes each decision by one key, and goes on with the next difference', async () => {
    await openFound();
    assert.ok(await focused(1));
    await press('a');
    const [made] = panel.host.draft.cases;
    assert.deepEqual(made, {
      id: '1-2-3-2',
      kind: 'call',
      args: [[1, 2, 3], 2],
      origin: 'difference',
      expected: [[1, 2], [3]],
    });
    assert.deepEqual(requests('run').at(-1), { kind: 'run', fresh: false, caseIds: ['1-2-3-2'] });
    assert.ok(await focused(2));
    await press('u');
    assert.ok(await focused(3));
    await press('n');
    assert.deepEqual(decisions(), [
      { kind: 'allowed', caseId: '1-2-3-2' },
      { kind: 'unsaid' },
      { kind: 'not-allowed' },
    ]);
    assert.equal(panel.host.draft.preference, null);
    await panel.page.getByText('Saved as case “1-2-3-2”').waitFor();
  });

  it('goes on forward when keys come faster than the answers of the host', async () => {
    await openFound();
    await press('a', 'u');
    assert.ok(await focused(3));
  });

  it('keeps one case for an input that is decided twice before the host shows the decision', async () => {
    await openFound();
    const { host } = panel;
    const send = host.send.bind(host);
    const isOfDecision = (sections: PanelState) => 'differences' in sections || 'receivedEdit' in sections;
    host.send = (sections) => (isOfDecision(sections) ? undefined : send(sections));
    await press('a');
    await press('ArrowUp', 'b');
    assert.deepEqual(
      panel.host.draft.cases.map((testCase) => (testCase.kind === 'call' ? testCase.expected : '')),
      [[[1, 2]]],
    );
  });

  it('cites a difference, its case, and a search that found nothing', async () => {
    await openFound();
    await press('q');
    await panel.page.getByRole('textbox', { name: 'Rationale' }).waitFor();
    assert.match(panel.host.draft.rationale, /@search:1\.1/);
    await witness(1).focus();
    await press('a');
    await witness(1).focus();
    await press('q');
    assert.match(panel.host.draft.rationale, /@case:1-2-3-2/);
    await end(chunkSearch({ id: 'second', seed: 2 }, []));
    await panel.page.getByRole('button', { name: 'Cite @search:2', exact: true }).click();
    await panel.settled();
    assert.match(panel.host.draft.rationale, /@search:2/);
    assert.deepEqual(
      (panel.host.state().findings ?? []).filter(({ rule }) => rule === 'R06'),
      [],
    );
  });

  it('changes a decision, and keeps one case for an input', async () => {
    await openFound();
    await press('a', 'ArrowUp', 'b');
    assert.deepEqual(
      panel.host.draft.cases.map((testCase) => (testCase.kind === 'call' ? testCase.expected : '')),
      [[[1, 2]]],
    );
    await witness(1)
      .getByRole('button', { name: /^Not allowed/ })
      .click();
    await panel.settled();
    assert.deepEqual(panel.host.draft.cases, []);
    assert.deepEqual(decisions()[0], { kind: 'not-allowed' });
    await witness(1)
      .getByRole('button', { name: /^Not allowed/ })
      .click();
    await panel.settled();
    assert.equal(decisions()[0], undefined);
  });

  it('makes a case that expects a typed value, also of a case that was renamed', async () => {
    await openFound();
    await press('e');
    const form = panel.page.getByRole('dialog', { name: 'New case' });
    await form.getByLabel('Expected value (JSON)').fill('[[1, 2], [3], []]');
    await form.getByRole('button', { name: 'Save and run' }).click();
    await panel.settled();
    assert.deepEqual(decisions()[0], { kind: 'allowed', caseId: '1-2-3-2' });
    await witness(1)
      .getByRole('button', { name: /^something else/ })
      .click();
    await panel.page.getByLabel('Name', { exact: true }).fill('odd');
    await panel.page.keyboard.press('Control+Enter');
    await panel.settled();
    assert.deepEqual(decisions()[0], { kind: 'allowed', caseId: 'odd' });
    assert.deepEqual(
      panel.host.draft.cases.map(({ id, origin }) => [id, origin]),
      [['odd', 'difference']],
    );
  });

  it('says what was tried when it found nothing, why it failed, and what cannot be searched', async () => {
    await open({ ran: true });
    await press('Shift+D');
    await end(chunkSearch({}, []));
    await panel.page.getByText('12,480 inputs tried, seed 1: no difference').waitFor();
    await show({ phase: 'failed', error: 'The task has no input that could be varied.' });
    assert.match(await panel.page.getByRole('alert').innerText(), /no input that could be varied/);
    panel.host.show({ ...chunkTask, id: 'single', answers: [chunkTask.answers[0]!] });
    await panel.settled();
    await press('Shift+D');
    await panel.page.getByText('This task has one answer').waitFor();
    assert.equal(requests('find').length, 1);
  });

  it('is shown in turn with cases and diagnostics once a search was made', async () => {
    await openFound();
    await panel.page.locator('.pane').first().focus();
    const shown = async () => {
      await press('i');
      return panel.page.locator('[role="tab"].lower[aria-selected="true"]').innerText();
    };
    assert.deepEqual([await shown(), await shown(), await shown()], ['Cases', 'Diagnostics', 'Differences']);
  });

  it('does not take the focus from a person who works elsewhere', async () => {
    await open({ ran: true });
    await press('Shift+D');
    await show({ phase: 'running', pairs: 0, kinds: 0 });
    await panel.rationale.focus();
    await end(chunkSearch());
    assert.ok(await panel.rationale.evaluate((element) => element.matches(':focus')));
  });

  for (const [theme, width] of [
    ['dark', 1600],
    ['light', 1000],
    ['high contrast', 800],
  ] as const)
    it(`passes axe-core and fits, ${theme}, ${width} px`, async () => {
      await openFound({ theme, width });
      await assertAccessible(panel, theme, 'differences', codeColours);
      await press('a', 'n');
      assert.deepEqual(await panel.page.evaluate(overflowing), []);
      await assertAccessible(panel, theme, 'decided differences', codeColours);
      await show({ phase: 'running', pairs: 4200, kinds: 2 });
      await assertAccessible(panel, theme, 'a search', codeColours);
    });
});
