import { strict as assert } from 'node:assert';
import type { Diagnostic } from '../../../src/core/run/diagnostic.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

const at = (line: number) => ({ startLine: line, startColumn: 1, endLine: line, endColumn: 9 });
const unknown: Diagnostic = {
  file: 'main.py',
  range: at(1),
  severity: 'error',
  code: 'reportAttributeAccessIssue',
  message: '"chunked" is unknown import symbol',
  source: 'pyright',
  category: 'unknown-api',
};
const unsafe: Diagnostic = {
  file: 'main.py',
  range: at(5),
  severity: 'error',
  code: 'python-eval',
  message: 'Text is run as code (CWE-95)',
  source: 'ast-grep',
  category: 'unsafe',
};
const side = (diagnostics: Diagnostic[], notes: string[] = [], absent: string[] = []) => ({
  phase: 'done' as const,
  diagnostics,
  notes,
  absent,
  tools: ['pyright 1.1.407'],
});

describe('suspicions of the checks, in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (checks: NonNullable<FixtureOptions['over']>['checks']) => {
    panel = await PanelPage.open(await sharedBrowser(), { ran: true, over: { checks } });
  };
  const flags = () =>
    panel.host.draft.flags.map(({ kind, file, startLine, endLine, note }) => ({
      kind,
      file,
      startLine,
      endLine,
      note,
    }));

  it('are shown and then flagged one by one, with one key', async () => {
    await open({ A: side([]), B: side([unknown, unsafe]) });
    await panel.page.keyboard.press('w');
    await panel.page.keyboard.press('i');
    await panel.page.getByText('Hallucinated API?').waitFor();
    await panel.page.keyboard.press('u');
    await panel.page.getByText('@B:1: "chunked" is unknown import symbol. Press U again').waitFor();
    await panel.page.locator('.row.selected', { hasText: 'import chunked' }).waitFor();
    assert.deepEqual(flags(), [], 'nothing is flagged that was not in sight');
    await panel.page.keyboard.press('u');
    await panel.page.getByText('flagged', { exact: true }).waitFor();
    await panel.page.keyboard.press('u');
    await panel.page.keyboard.press('u');
    await panel.page.getByText('flagged', { exact: true }).nth(1).waitFor();
    await panel.page.keyboard.press('u');
    await panel.page.getByText('No finding is left to flag').waitFor();
    await panel.settled();
    assert.deepEqual(flags(), [
      {
        kind: 'hallucinated-api',
        file: 'main.py',
        startLine: 1,
        endLine: 1,
        note: '"chunked" is unknown import symbol (pyright)',
      },
      {
        kind: 'unsafe',
        file: 'main.py',
        startLine: 5,
        endLine: 5,
        note: 'Text is run as code (CWE-95) (ast-grep)',
      },
    ]);
  });

  it('are flagged by selecting their lines, or by a button', async () => {
    await open({ A: side([]), B: side([unknown, unsafe]) });
    await panel.page.keyboard.press('i');
    await panel.page.getByRole('button', { name: 'Flag line 5 of B' }).click();
    await panel.page.getByText('flagged', { exact: true }).waitFor();
    assert.deepEqual(
      flags().map(({ kind }) => kind),
      ['unsafe'],
    );
  });

  it('warn of secrets in a prompt without repeating them', async () => {
    panel = await PanelPage.open(await sharedBrowser(), {
      task: {
        id: 'mail',
        language: 'python',
        prompt: 'Send it to jane.miller@acme-tools.com.',
        answers: [
          { id: 'm1', text: 'x' },
          { id: 'm2', text: 'y' },
        ],
      },
    });
    await panel.page.getByText('1 possible secret or personal data').waitFor();
  });

  it('are underlined in the prompt and in the prose of an answer', async () => {
    panel = await PanelPage.open(await sharedBrowser(), {
      task: {
        id: 'mail',
        language: 'python',
        prompt:
          'Mail **jane.miller@acme-tools.com** and john.smith@acme-tools.com:\n\n```\n# jane.miller@acme-tools.com\n```\n',
        answers: [
          {
            id: 'm1',
            text: 'I called +44 20 7946 1958 and sent:\n\n```python\nto = "a.turing@acme-tools.com"\n```\n',
          },
          { id: 'm2', text: 'y' },
        ],
      },
    });
    await panel.page.keyboard.press('w');
    const marked = (part: string) => panel.page.locator(part).locator('.secret');
    await marked('tiebreak-answers').nth(1).waitFor();
    assert.deepEqual(await marked('tiebreak-prompt').allTextContents(), [
      'jane.miller@acme-tools.com',
      'john.smith@acme-tools.com',
      'jane.miller@acme-tools.com',
    ]);
    assert.deepEqual(await marked('tiebreak-answers').allTextContents(), [
      '+44 20 7946 1958',
      'a.turing@acme-tools.com',
    ]);
    assert.equal(
      await marked('tiebreak-prompt').first().getAttribute('title'),
      'This looks like an e-mail address',
    );
  });

  it('are listed with the counts of both sides and the notes of the tools', async () => {
    await open({
      A: side([], ['pyright checked only the other answer']),
      B: side([unknown, unsafe], [], ['ruff: Ruff was not found. Install it: pipx install ruff']),
    });
    await panel.page.keyboard.press('i');
    const ofB = panel.page.getByRole('region', { name: 'Diagnostics of B' });
    await ofB.getByText('2 errors · 0 warnings · 1 unknown API · 1 unsafe').waitFor();
    await panel.page.getByText('pyright checked only the other answer').waitFor();
    await ofB.getByText('1 tool not installed here').click();
    await ofB.getByText('pipx install ruff').waitFor();
    await ofB.getByText('Checked with pyright 1.1.407').waitFor();
  });
});
