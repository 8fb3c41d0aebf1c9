import { strict as assert } from 'node:assert';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sampleInspection } from '../panelFixture/reviewer.ts';
import { until } from '../../until.ts';
import { sharedBrowser } from '../shared.ts';
import type { Task } from '../../../src/core/task/task.ts';

/** Long and wide enough to be scrolled in every direction. */
const lines = Array.from({ length: 300 }, (_, index) => `value_${index} = "${'x'.repeat(300)}"`).join('\n');
const longTask = (id: string): Task => ({
  ...chunkTask,
  id,
  title: `Task ${id}`,
  prompt: Array.from({ length: 80 }, (_, index) => `Line ${index} of the prompt.`).join('\n\n'),
  answers: ['first', 'second'].map((answer) => ({
    id: answer,
    text: `\`\`\`python\n# ${answer}\n${lines}\n\`\`\`\n`,
  })),
  cases: Array.from({ length: 60 }, (_, index) => ({
    id: `case-${index}`,
    origin: 'task' as const,
    kind: 'call' as const,
    args: [index],
    expected: index,
  })),
});

describe('the panel with the next task', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  const open = async (options: FixtureOptions = {}, width = 1600) => {
    panel = await PanelPage.open(await sharedBrowser(), { task: longTask('one'), ...options }, { width });
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const showNext = async () => {
    panel.host.show(longTask('two'), panel.host.state().inspection ?? undefined);
    await panel.page.getByRole('heading', { name: 'Task two' }).waitFor();
    await panel.settled();
  };
  /** Every place in the page that is scrolled, by its element. */
  const scrolled = () =>
    panel.page.evaluate(() => {
      const found: string[] = [];
      const visit = (root: ParentNode) => {
        for (const element of root.querySelectorAll<HTMLElement>('*')) {
          if (element.shadowRoot !== null) visit(element.shadowRoot);
          if (element.scrollTop + element.scrollLeft > 0)
            found.push(`${element.localName}.${element.className}`);
        }
      };
      visit(document);
      return found;
    });
  const scrollAll = () =>
    panel.page.evaluate(() => {
      const visit = (root: ParentNode) => {
        for (const element of root.querySelectorAll<HTMLElement>('*')) {
          if (element.shadowRoot !== null) visit(element.shadowRoot);
          element.scrollTop = 150;
          element.scrollLeft = 90;
        }
      };
      visit(document);
    });

  it('focuses the answers, so that the first key is a command and not text', async () => {
    await open();
    await panel.rationale.focus();
    await panel.page.keyboard.type('@A is better');
    await showNext();
    await press('w');
    await panel.page.getByRole('button', { name: /^As written/, pressed: true }).waitFor();
    await press('c', 'ArrowDown');
    assert.equal(await panel.page.locator('tiebreak-answers .row.selected').count(), 1);
    assert.equal(await panel.rationale.inputValue(), '');
    assert.equal(panel.host.draft.rationale, '');
  });

  it('does not take the focus from outside of the panel', async () => {
    await open();
    await panel.page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await panel.rationale.focus();
    await showNext();
    assert.equal(await panel.page.evaluate(() => document.activeElement === document.body), true);
  });

  for (const view of ['w', 'c', 'd']) {
    it(`is scrolled to the top, in the view ${view.toUpperCase()}`, async () => {
      await open();
      await press(view);
      await panel.settled();
      await scrollAll();
      assert.ok((await scrolled()).length >= 3, 'something was scrolled');
      await showNext();
      assert.deepEqual(await scrolled(), []);
    });
  }

  it('is scrolled to the top for a reviewer', async () => {
    await open({ inspection: sampleInspection });
    await panel.page.setViewportSize({ width: 1600, height: 500 });
    await scrollAll();
    assert.ok((await scrolled()).some((place) => place.includes('column')));
    panel.host.show(longTask('one'), {
      ...sampleInspection,
      reviewId: '01930000-0000-7000-8000-000000000002',
    });
    await panel.settled();
    assert.deepEqual(await scrolled(), []);
  });

  it('shows the prompt and all cases, as the code was written', async () => {
    await open({ ran: true });
    await press('d', 'l', 'p', 'v', 'v');
    await panel.page.getByText('No cases of yours yet').waitFor();
    await showNext();
    await panel.page.getByText('Line 0 of the prompt.').waitFor();
    await panel.page.getByRole('button', { name: /^All 60/, pressed: true }).waitFor();
    await panel.page.getByRole('button', { name: /^Formatted/, pressed: false }).waitFor();
    assert.equal(await panel.page.getByText(/Formatted by/).count(), 0);
  });

  it('starts with the evidence in a narrow window', async () => {
    await open({}, 800);
    await panel.page.getByRole('tab', { name: 'Judgement' }).click();
    await showNext();
    await panel.page.getByRole('tab', { name: 'Evidence', selected: true }).waitFor();
  });

  it('shows an earlier task as it was left', async () => {
    await open();
    await press('v');
    await panel.page.getByText('Line 0 of the prompt.').waitFor();
    await scrollAll();
    const left = await scrolled();
    assert.ok(left.length > 2, left.join());
    await panel.settled();
    await showNext();
    assert.deepEqual(await scrolled(), []);
    panel.host.show(longTask('one'));
    await panel.page.getByRole('heading', { name: 'Task one' }).waitFor();
    await panel.page.getByRole('button', { name: /^Splitting/, pressed: true }).waitFor();
    await until(async () => (await scrolled()).join() === left.join());
  });

  it('shows an earlier task on the tab where it was left, in a narrow window, also after a reload', async () => {
    await open({}, 800);
    await press('p');
    await panel.page.getByRole('tab', { name: 'Judgement' }).click();
    await showNext();
    await panel.page.getByRole('tab', { name: 'Evidence', selected: true }).waitFor();
    await panel.reload();
    panel.host.show(longTask('one'));
    await panel.page.getByRole('tab', { name: 'Judgement', selected: true }).waitFor();
    await panel.page.getByRole('tab', { name: 'Evidence' }).click();
    assert.equal(await panel.page.getByText('Line 0 of the prompt.').count(), 0);
  });

  it('keeps the arrangement of the same task through a reload', async () => {
    await open();
    await press('p', 'v');
    await panel.reload();
    await panel.page.getByRole('button', { name: /^Splitting/, pressed: true }).waitFor();
    assert.equal(await panel.page.getByText('Line 0 of the prompt.').count(), 0);
  });
});
