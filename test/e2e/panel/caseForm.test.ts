import { strict as assert } from 'node:assert';
import type { CaseResult } from '../../../src/core/run/run.ts';
import type { Side } from '../../../src/core/task/side.ts';
import type { Case, Task } from '../../../src/core/task/task.ts';
import type { PanelTrial } from '../../../src/protocol/panel/state.ts';
import { result } from '../../fixtures/rationaleContext.ts';
import { assertAccessible, codeColours } from '../panelFixture/accessible.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage, type PanelView } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';

const sqlTask: Task = {
  id: 'sql',
  title: 'Highest salary',
  language: 'sql',
  prompt:
    'Given\n\n```sql\nCREATE TABLE staff (name TEXT, salary INTEGER);\n```\n\nreturn the highest salary.',
  answers: [
    { id: 'first', text: '```sql\nSELECT max(salary) FROM staff;\n```\n' },
    { id: 'second', text: '```sql\nSELECT min(salary) FROM staff;\n```\n' },
  ],
};

describe('writing cases in the panel', function () {
  let panel: PanelPage;
  /** Keys pressed, apart from typed text. */
  let pressed: number;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, view: PanelView = {}) => {
    panel = await PanelPage.open(await sharedBrowser(), options, view);
    pressed = 0;
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
    pressed += keys.length;
  };
  const type = (text: string) => panel.page.keyboard.type(text);
  const line = () => panel.page.getByRole('textbox', { name: /to try$/ });
  const lastTried = (): Case | undefined =>
    panel.host.requests.flatMap((request) => (request.kind === 'try' ? [request.case] : [])).at(-1);
  /** Shows an outcome as if the host had sent it. */
  const give = async (
    outcomes: Partial<Record<Side, Partial<CaseResult>>>,
    phase: 'running' | 'done' = 'done',
  ) => {
    const testCase = lastTried()!;
    const side = (name: Side) => ({
      phase,
      results: outcomes[name] === undefined ? {} : { try: { ...result('try', 'pass'), ...outcomes[name] } },
    });
    const trial: PanelTrial = { case: testCase, sides: { A: side('A'), B: side('B') } };
    panel.host.send({ trial });
    await panel.settled();
  };

  describe('an input to try', () => {
    it('runs both answers at once, shows the results side by side, and becomes a case in at most four keys', async () => {
      await open();
      await press('z');
      await type('[1, 2, 3], 2');
      await press('Enter');
      await panel.until(() => lastTried() !== undefined);
      assert.deepEqual(lastTried(), { id: 'try', origin: 'evaluator', kind: 'call', args: [[1, 2, 3], 2] });
      assert.deepEqual(panel.host.draft.cases, []);
      await give({ A: { actual: [[1, 2], [3]] }, B: { actual: [[1, 2], [4]] } });
      const b = panel.page.getByRole('group', { name: 'B result' });
      assert.deepEqual(await b.locator('mark').allInnerTexts(), ['4']);
      await press('a');
      await panel.until(() => panel.host.draft.cases.length === 1);
      assert.deepEqual(panel.host.draft.cases[0], {
        id: '1-2-3-2',
        origin: 'evaluator',
        kind: 'call',
        args: [[1, 2, 3], 2],
        expected: [[1, 2], [3]],
      });
      await panel.settled();
      assert.deepEqual(panel.host.requests.at(-1), { kind: 'run', fresh: false, caseIds: ['1-2-3-2'] });
      assert.ok(pressed <= 4, `${pressed} keys`);
      await press('b');
      await panel.settled();
      assert.equal(panel.host.draft.cases.length, 1);
      assert.equal(panel.host.draft.preference, null);
    });

    it('waits for its outcome: no key makes a case of a run that is under way', async () => {
      await open();
      await press('z');
      await type('[], 1');
      await press('Enter');
      await panel.until(() => lastTried() !== undefined);
      await give({}, 'running');
      await press('a', 'b');
      await panel.settled();
      assert.deepEqual(panel.host.draft.cases, []);
      await panel.page.getByText('A: running…').waitFor();
    });

    it('comes back with the arrow keys, and is still in the line after a reload', async () => {
      await open();
      await press('z');
      for (const text of ['[1], 1', '[2], 2']) {
        await line().fill(text);
        await press('Enter');
        await press('z');
      }
      await panel.settled();
      await press('ArrowUp');
      assert.equal(await line().inputValue(), '[2], 2');
      await press('ArrowUp');
      assert.equal(await line().inputValue(), '[1], 1');
      await press('ArrowDown', 'ArrowDown');
      assert.equal(await line().inputValue(), '');
      await line().fill('half an inp');
      await panel.reload();
      await press('z');
      assert.equal(await line().inputValue(), 'half an inp');
    });

    it('shows its fault, and opens the form to type another expected value', async () => {
      await open();
      await press('z');
      await type('[1, ');
      await press('Enter');
      assert.match(await panel.page.getByRole('alert').innerText(), /separated by commas/);
      assert.equal(lastTried(), undefined);
      await line().fill("chunk('ab', 0)");
      await line().press('Enter');
      await panel.until(() => lastTried() !== undefined);
      await give({ A: { verdict: 'error', reason: 'ValueError: size' }, B: { actual: [] } });
      await press('e');
      const form = panel.page.getByRole('dialog', { name: 'New case' });
      await form.waitFor();
      assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), 'chunk-ab-0');
      assert.equal(await panel.page.getByLabel(/^Arguments/).inputValue(), '"ab", 0');
      await panel.page.getByLabel(/expected exception/).fill('ValueError');
      await press('Control+Enter');
      await panel.until(() => panel.host.draft.cases.length === 1);
      assert.deepEqual(panel.host.draft.cases[0], {
        id: 'chunk-ab-0',
        origin: 'evaluator',
        kind: 'call',
        args: ['ab', 0],
        throws: 'ValueError',
      });
    });

    it('is code where a class is asked for, and becomes a test of its last value', async () => {
      await open();
      await press('z');
      await type('Chunks([1]).size()');
      await press('Enter');
      assert.match(await panel.page.getByRole('alert').innerText(), /choose Code/);
      await panel.page.getByLabel('What to try').selectOption('Code');
      await line().press('Enter');
      await panel.until(() => lastTried() !== undefined);
      await give({ A: { stdout: '1\n' }, B: { stdout: '0\n' } });
      const a = panel.page.getByRole('group', { name: 'A result' });
      assert.deepEqual(await a.locator('mark').allInnerTexts(), ['1']);
      await press('a');
      await panel.until(() => panel.host.draft.cases.length === 1);
      assert.deepEqual(panel.host.draft.cases[0], {
        id: 'Chunks-1-size',
        origin: 'evaluator',
        kind: 'unit',
        source: 'assert repr(Chunks([1]).size()) == "1"',
      });
      await press('e');
      const test = panel.page.getByRole('textbox', { name: /^Test code/ });
      assert.equal(await test.inputValue(), 'Chunks([1]).size()');
    });

    it('offers to make a case of it however much the answers print', async () => {
      await open();
      await press('z');
      await type('[], 1');
      await press('Enter');
      await panel.until(() => lastTried() !== undefined);
      await give({ A: { actual: [], stdout: 'line\n'.repeat(200) }, B: { actual: [] } });
      const offer = await panel.page.getByRole('button', { name: /^expect A’s/ }).boundingBox();
      const { height } = panel.page.viewportSize()!;
      assert.ok(offer!.y + offer!.height < height, `${offer!.y} of ${height}`);
    });

    it('fills the tables of the prompt with rows, for SQL', async () => {
      await open({ task: sqlTask, kinds: ['sql', 'stdin'] });
      await press('z');
      await type("INSERT INTO staff VALUES ('a', 3)");
      await press('Enter');
      await panel.until(() => lastTried() !== undefined);
      await give({ A: { verdict: 'fail', actual: [[3]] }, B: { verdict: 'fail', actual: [[1]] } });
      await press('a');
      await panel.until(() => panel.host.draft.cases.length === 1);
      assert.deepEqual(panel.host.draft.cases[0], {
        id: 'INSERT-INTO-staff-VALUES-a-3',
        origin: 'evaluator',
        kind: 'sql',
        schema: "CREATE TABLE staff (name TEXT, salary INTEGER);\nINSERT INTO staff VALUES ('a', 3)",
        rows: [[3]],
        ordered: false,
      });
    });
  });

  describe('the form of a case', () => {
    it('offers only kinds that run in the language, and makes an SQL case with the tables of the prompt', async () => {
      await open({ task: sqlTask, kinds: ['sql', 'stdin'] });
      await press('n');
      const kinds = await panel.page.getByLabel('Kind').locator('option').allInnerTexts();
      assert.deepEqual(
        kinds.map((name) => name.split(':')[0]),
        ['Rows', 'Input and output'],
      );
      assert.match(await panel.page.getByLabel(/^Tables/).inputValue(), /CREATE TABLE staff/);
      await panel.page.getByLabel('Name', { exact: true }).fill('none');
      await panel.page.getByLabel(/^Expected rows/).fill('[null]');
      await press('Control+Enter');
      await panel.until(() => panel.host.draft.cases.length === 1);
      assert.deepEqual(panel.host.draft.cases[0], {
        id: 'none',
        origin: 'evaluator',
        kind: 'sql',
        schema: 'CREATE TABLE staff (name TEXT, salary INTEGER);',
        rows: [[null]],
        ordered: false,
      });
    });

    describe('whose code is edited in a tab', () => {
      const code = () => panel.page.getByLabel(/^Test code/);
      const begin = async () => {
        await press('n');
        await panel.page.getByLabel('Kind').selectOption('unit');
        await panel.page.getByLabel('Name', { exact: true }).fill('drained');
        await code().fill('assert 1');
        await panel.page.getByRole('button', { name: 'Edit in a tab' }).click();
        await panel.until(() => panel.host.requests.some(({ kind }) => kind === 'open'));
      };

      it('opens it, and keeps form and tab in sync', async () => {
        await open();
        await begin();
        const [request] = panel.host.requests;
        assert.ok(request?.kind === 'open' && request.target.what === 'case-code');
        const { form, field, name } = request.target;
        assert.deepEqual([field, name], ['source', 'drained']);
        const fields = () => panel.host.draft.caseForms!.find((unsaved) => unsaved.form === form)!.fields;
        assert.equal(fields()['source'], 'assert 1');
        panel.host.writeCaseCode('source', 'assert 12');
        await panel.settled();
        assert.equal(await code().inputValue(), 'assert 12');
        await code().press('End');
        await type('3');
        await panel.until(() => fields()['source'] === 'assert 123');
        assert.equal(await code().inputValue(), 'assert 123');
        await press('Control+Enter');
        await panel.until(() => panel.host.draft.cases.length === 1);
        await panel.settled();
        assert.deepEqual(panel.host.draft.cases[0], {
          id: 'drained',
          origin: 'evaluator',
          kind: 'unit',
          source: 'assert 123',
        });
        await panel.settled();
        assert.deepEqual(panel.host.draft.caseForms, []);
        await press('n');
        assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), '');
      });

      it('keeps the text while the form is closed, another task is open, or the panel is closed', async () => {
        await open();
        await begin();
        await press('Escape');
        panel.host.writeCaseCode('source', 'while closed');
        await panel.settled();
        await press('n');
        assert.equal(await code().inputValue(), 'while closed');
        const { draft } = panel.host;
        panel.host.show({ ...chunkTask, id: 'next' });
        await panel.settled();
        await press('n');
        assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), '');
        await panel.close();
        await open({ draft });
        await press('n');
        assert.equal(await code().inputValue(), 'while closed');
        assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), 'drained');
      });
    });

    it('shows how a case is judged, and keeps the parts that it does not show', async () => {
      const own: Case = {
        id: 'judged',
        origin: 'evaluator',
        kind: 'call',
        args: [[1], 1],
        expected: [[1]],
        alternatives: [[1]],
        judge: 'apps',
      };
      const unit: Case = { id: 'theirs', origin: 'task', kind: 'unit', source: 'x', framework: 'pytest' };
      await open({ task: { ...chunkTask, cases: [unit] }, draft: { cases: [own] } });
      await panel.page.getByRole('button', { name: 'judged', exact: true }).click();
      await panel.page.getByRole('button', { name: 'Edit', exact: true }).click();
      await panel.page.getByRole('definition').filter({ hasText: 'apps' }).waitFor();
      assert.equal(await panel.page.getByLabel(/^Other values that pass/).inputValue(), '[1]');
      await panel.page.getByLabel(/^Expected value/).fill('[[2]]');
      await press('Control+Enter');
      await panel.until(() => panel.host.edits.some(({ edit }) => edit.kind === 'case'));
      assert.deepEqual(panel.host.draft.cases, [{ ...own, expected: [[2]] }]);
      await press('n');
      await panel.page.getByLabel('Kind').selectOption('unit');
      assert.equal(await panel.page.getByLabel('Test framework').inputValue(), 'pytest');
    });

    it('indents code with Tab; after Esc, Tab leaves the field', async () => {
      await open();
      await press('n');
      await panel.page.getByLabel('Kind').selectOption('unit');
      const code = panel.page.getByLabel(/^Test code/);
      await code.focus();
      await type('for n in [1]:');
      await press('Enter');
      await type('assert n');
      assert.equal(await code.inputValue(), 'for n in [1]:\n    assert n');
      await press('Shift+Tab', 'Home', 'Tab', 'Tab', 'Shift+Tab');
      assert.equal(await code.inputValue(), 'for n in [1]:\n    assert n');
      await press('Control+z');
      assert.equal(await code.inputValue(), 'for n in [1]:\n        assert n');
      const status = panel.page.getByText('Tab now leaves the field');
      assert.equal(await status.count(), 0);
      await press('Escape');
      await status.waitFor();
      await press('Tab');
      assert.equal(await code.evaluate((area) => area.matches(':focus')), false);
      await panel.page.getByRole('dialog', { name: 'New case' }).waitFor();
      await code.focus();
      await press('Escape', 'Escape');
      await panel.page.getByRole('dialog', { name: 'New case' }).waitFor({ state: 'detached' });
    });

    it('keeps the prompt and the code visible and usable', async () => {
      await open();
      await press('n');
      const form = (await panel.page.getByRole('dialog', { name: 'New case' }).boundingBox())!;
      const code = (await panel.page.locator('.pane.code').first().boundingBox())!;
      assert.ok(code.y + code.height <= form.y);
      await panel.page.locator('.row[data-side="A"]').first().click();
      await panel.page.locator('.row.selected').first().waitFor();
    });

    it('copies a case under a new name, with its files and folders', async () => {
      const command: Case = {
        id: 'help',
        title: 'prints help',
        origin: 'task',
        kind: 'command',
        argv: ['bash', '-c', 'cat a.txt | sort'],
        files: [{ path: 'a.txt', text: 'b\na\n' }],
        folders: ['/testbed'],
        expect: { exit: 0, stdout: 'a\nb\n', stderr: '' },
      };
      await open({ task: { ...chunkTask, cases: [command] } });
      await panel.page.getByRole('button', { name: 'Duplicate case help' }).click();
      assert.equal(await panel.page.getByLabel('Name', { exact: true }).inputValue(), 'help-2');
      assert.equal(await panel.page.getByLabel(/^Command/).inputValue(), 'cat a.txt | sort');
      await panel.page.getByRole('button', { name: 'Add a file' }).click();
      await panel.page.getByLabel('File', { exact: true }).last().fill('b.txt');
      await panel.page.getByLabel(/^Command/).fill('cat b.txt');
      await panel.page.getByRole('button', { name: 'Save and run' }).click();
      await panel.until(() => panel.host.draft.cases.length === 1);
      const { title: _title, ...same } = command;
      assert.deepEqual(panel.host.draft.cases[0], {
        ...same,
        id: 'help-2',
        origin: 'evaluator',
        argv: ['cat', 'b.txt'],
        files: [
          { path: 'a.txt', text: 'b\na\n' },
          { path: 'b.txt', text: '' },
        ],
      });
    });

    for (const [theme, width] of [
      ['dark', 1600],
      ['light', 1000],
      ['high contrast', 1000],
    ] as const)
      it(`passes axe-core, and so does the line to try, ${theme}, ${width} px`, async () => {
        await open({ ran: true }, { theme, width });
        await press('z');
        await type('[1, 2, 3], 2');
        await press('Enter');
        await panel.until(() => lastTried() !== undefined);
        await give({
          A: { actual: [[1, 2], [3]] },
          B: { verdict: 'timeout', reason: 'it took longer than 2 s' },
        });
        await assertAccessible(panel, theme, 'a tried input', codeColours);
        await press('n');
        await assertAccessible(panel, theme, 'the form', codeColours);
      });
  });
});
