import { strict as assert } from 'node:assert';
import type { CaseResult } from '../../../src/core/run/run.ts';
import type { Side } from '../../../src/core/task/side.ts';
import type { Case, Task } from '../../../src/core/task/task.ts';
import type { PanelCases } from '../../../src/protocol/panel/state.ts';
import { result } from '../../fixtures/rationaleContext.ts';
import { assertAccessible, codeColours } from '../panelFixture/accessible.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage, type PanelView } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

const long = Array.from({ length: 3_000 }, (_, index) => `line ${index}`).join('\n');

const cases: Case[] = [
  { id: 'passes', title: 'both pass', origin: 'task', kind: 'call', args: [[], 1], expected: [] },
  { id: 'splits', origin: 'task', kind: 'call', args: [[1, 2, 3], 2], expected: [[1, 2], [3]] },
  {
    id: 'tests',
    origin: 'task',
    kind: 'unit',
    source: `import unittest\n${'# a comment\n'.repeat(30)}class T(unittest.TestCase):\n  def test_map(self):\n    self.assertEqual(add(1), {'n': 3})\n`,
  },
  {
    id: 'script',
    origin: 'task',
    kind: 'command',
    argv: ['bash', '-c', 'bash setup.sh 2>/dev/null; bash main.sh'],
    expect: { exit: 0, stdout: '' },
  },
  { id: 'long', origin: 'task', kind: 'stdin', input: '1\n', output: long },
];

const results: Record<Side, CaseResult[]> = {
  A: [
    result('passes', 'pass'),
    { ...result('splits', 'pass'), expected: [[1, 2], [3]], actual: [[1, 2], [3]] },
    result('tests', 'pass'),
    { ...result('script', 'pass'), actual: { exit: 0, stdout: '' } },
    { ...result('long', 'pass'), actual: long },
  ],
  B: [
    result('passes', 'pass'),
    {
      ...result('splits', 'fail'),
      expected: [[1, 2], [3]],
      actual: [
        [1, 2],
        [3, 4],
      ],
      reason: '[1]: 2 items instead of 1',
    },
    {
      ...result('tests', 'fail'),
      reason: "1 of 2 tests: T.test_map: {'n': 2} != {'n': 3}",
      tests: [
        { name: 'T.test_one', verdict: 'pass' },
        {
          name: 'T.test_map',
          verdict: 'fail',
          message: "{'n': 2} != {'n': 3}\nline 34: self.assertEqual(add(1), {'n': 3})",
        },
      ],
      stderr:
        'Traceback (most recent call last):\n  File "/scratch/main.py", line 5, in chunk\n    for i in range(0, len(items), size):\n',
    },
    { ...result('script', 'fail'), actual: { exit: 1, stdout: 'late' }, reason: 'exit: exit status 1' },
    { ...result('long', 'fail'), actual: long.replace('line 2000', 'line two') },
  ],
};

const task: Task = { ...chunkTask, cases };

function shown(phase: 'idle' | 'running' | 'done', ...ids: string[]): PanelCases {
  const side = (name: Side) => ({
    phase,
    results: Object.fromEntries(
      results[name].filter(({ caseId }) => ids.includes(caseId)).map((each) => [each.caseId, each]),
    ),
  });
  const splitting = ['splits', 'tests', 'script', 'long'].filter((id) => ids.includes(id));
  return { cases, sides: { A: side('A'), B: side('B') }, splitting };
}

const all = cases.map(({ id }) => id);

describe('the results of a case', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });
  const open = async (sections: PanelCases, view: PanelView = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), { task, over: { cases: sections } }, view);
  };
  const column = (name: RegExp | string) => panel.page.getByRole('group', { name });
  const detailText = () =>
    panel.page.locator('tiebreak-case-detail').evaluate(({ shadowRoot }) => shadowRoot!.textContent);
  const openCase = (id: string) => panel.page.locator(`tr[data-case="${id}"] button[aria-expanded]`).click();

  it('are shown beside the expected result, with the differences marked', async () => {
    await open(shown('done', ...all));
    await openCase('splits');
    assert.match((await column('Expected').innerText()).trim(), /\[\[1, 2\], \[3\]\]/);
    assert.deepEqual(await column('B: fail').locator('mark').allInnerTexts(), [', 4']);
    assert.deepEqual(await column('A: pass').locator('mark').allInnerTexts(), []);
    const [expected, a, b] = await Promise.all(
      ['Expected', 'A: pass', 'B: fail'].map((name) => column(name).boundingBox()),
    );
    assert.equal(expected!.y, a!.y);
    assert.ok(expected!.x < a!.x && a!.x < b!.x);
  });

  it('show the failed assertion and its line before the source, with a link to the code', async () => {
    await open(shown('done', ...all));
    await openCase('tests');
    await column('B: fail').waitFor();
    const text = await detailText();
    const at = (part: string) => text.indexOf(part);
    assert.match(text, /1 of 2 tests failed/);
    assert.ok(at("{'n': 2} != {'n': 3}") > 0);
    assert.ok(at('line 34: self.assertEqual') < at('import unittest'));
    assert.match(await column('B: fail').innerText(), /\n {2}File "\/scratch\/main\.py", line 5, in chunk\n/);
    await panel.page.getByRole('button', { name: /main\.py", line 5/ }).press('Enter');
    assert.equal(await panel.page.locator('.row.selected').getAttribute('data-line'), '5');
    assert.equal(await panel.page.locator('.row.selected').getAttribute('data-side'), 'B');
  });

  it('lead from a failed assertion to its line in the test, also in a long one', async () => {
    await open(shown('done', ...all));
    await openCase('tests');
    await panel.page.getByRole('button', { name: 'line 34', exact: true }).press('Enter');
    const line = panel.page.locator('tiebreak-case-detail [data-line].shown');
    assert.equal(await panel.page.getByRole('button', { name: 'line 34' }).textContent(), 'line 34');
    assert.equal((await line.innerText()).trim(), "self.assertEqual(add(1), {'n': 3})");
    assert.equal(await line.evaluate((element) => element.matches(':focus')), true);
  });

  it('show a command as a shell line, and say if nothing is expected', async () => {
    await open(shown('done', ...all));
    await openCase('script');
    await column('B: fail').waitFor();
    const [command] = await panel.page.getByRole('definition').allTextContents();
    assert.equal(command, 'bash setup.sh 2>/dev/null; bash main.sh');
    assert.match(await column('Expected').innerText(), /stdout\s+\(nothing\)/);
    assert.deepEqual(await column('B: fail').locator('mark').allInnerTexts(), ['1', 'late']);
  });

  it('are cut around the first difference if long, and shown in full on request', async () => {
    await open(shown('done', ...all));
    await openCase('long');
    const b = column('B: fail');
    assert.match(await b.innerText(), /line two/);
    assert.doesNotMatch(await b.innerText(), /line 100\b/);
    await b.getByRole('button', { name: /Show all/ }).click();
    assert.match(await b.innerText(), /line 100\b/);
    assert.match(await b.innerText(), /line 2999\b/);
  });

  it('open the first case that splits after a run, unless another case is open', async () => {
    await open(shown('running'));
    panel.host.send({ cases: shown('running', 'passes', 'splits') });
    await panel.settled();
    assert.equal(await panel.page.locator('tiebreak-case-detail').count(), 0);
    panel.host.send({ cases: shown('done', ...all) });
    await column('B: fail').waitFor();
    assert.equal(await panel.page.locator('[data-case="splits"] [aria-expanded="true"]').count(), 1);
    await openCase('splits');
    await openCase('passes');
    panel.host.send({ cases: shown('running', 'passes') });
    await panel.settled();
    panel.host.send({ cases: shown('done', ...all) });
    await panel.settled();
    assert.equal(await panel.page.locator('tiebreak-case-detail').count(), 1);
    await column('B: pass').waitFor();
  });

  it('open at a case in which both fail, but other tests of it', async () => {
    const failing = (...names: string[]): CaseResult => ({
      ...result('tests', 'fail'),
      tests: names.map((name) => ({ name, verdict: 'fail' })),
    });
    const ended = (a: CaseResult, b: CaseResult): PanelCases => {
      const side = (own: CaseResult) => ({ phase: 'done' as const, results: { tests: own } });
      return { cases, sides: { A: side(a), B: side(b) }, splitting: [] };
    };
    await open(shown('running'));
    panel.host.send({ cases: ended(failing('T.one'), failing('T.one')) });
    await panel.settled();
    assert.equal(await panel.page.locator('tiebreak-case-detail').count(), 0);
    panel.host.send({ cases: shown('running') });
    await panel.settled();
    panel.host.send({ cases: ended(failing('T.one'), failing('T.one', 'T.two')) });
    await column('B: fail').waitFor();
    assert.match(await column('B: fail').innerText(), /2 of 2 tests failed/);
  });

  it('give the right reason if they are missing', async () => {
    await open(shown('idle'));
    const text = panel.page.locator('tiebreak-cases .empty');
    await panel.page.getByRole('button', { name: /^Splitting/ }).click();
    assert.equal(await text.innerText(), 'No results yet. Press R to run both.');
    panel.host.send({ cases: shown('done', 'passes') });
    await panel.settled();
    assert.equal(
      await text.innerText(),
      'None of the 1 cases that ran splits A and B. Press R to run all 5.',
    );
    await panel.page.getByRole('button', { name: /^Mine/ }).click();
    assert.equal(await text.innerText(), 'No cases of yours yet. Press N to add one.');
  });

  it('are named like their citation, which a button writes into the rationale', async () => {
    await open(shown('done', ...all));
    const row = panel.page.locator('tr[data-case="passes"]');
    assert.match(await row.innerText(), /passes\s+both pass/);
    await row.getByRole('button', { name: 'Cite case passes' }).click();
    assert.match(await panel.rationale.inputValue(), /@case:passes/);
    await panel.rationale.fill('@case:pass');
    assert.match(
      await panel.page.locator('#proposals [role=option]').innerText(),
      /@case:passes.*both pass/s,
    );
  });

  for (const [theme, width] of [
    ['dark', 1600],
    ['light', 1000],
    ['high contrast', 1000],
  ] as const)
    it(`pass axe-core, ${theme}, ${width} px`, async () => {
      await open(shown('done', ...all), { theme, width });
      for (const id of ['splits', 'tests', 'script', 'long']) await openCase(id);
      await assertAccessible(panel, theme, 'open cases', codeColours);
    });
});
