import { strict as assert } from 'node:assert';
import type { Case } from '../../../src/core/task/task.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

describe('cases in the panel', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

  it('offer a newline for an input without one, in a copy unless the case is your own', async () => {
    const stdin: Case = { id: 'sum', origin: 'task', kind: 'stdin', input: '1\n2', output: '3' };
    const own: Case = { ...stdin, id: 'own', origin: 'evaluator', comparator: { kind: 'exact' } };
    const ended: Case = { ...stdin, id: 'ended', input: '1\n2\n' };
    panel = await PanelPage.open(await sharedBrowser(), {
      ran: true,
      task: { ...chunkTask, cases: [stdin, ended] },
      draft: { cases: [own] },
    });
    const open = (name: string) => panel.page.getByRole('button', { name, exact: true }).click();
    await open('ended');
    await panel.settled();
    assert.equal(await panel.page.getByRole('button', { name: /^Add newline/ }).count(), 0);

    await open('sum');
    await panel.page.getByText('input, without a final newline').waitFor();
    await panel.page.getByRole('button', { name: 'Add newline in a copy' }).click();
    await panel.until(() => panel.host.draft.cases.length === 2);
    const copy = { ...stdin, id: 'sum-newline', origin: 'evaluator', input: '1\n2\n' };
    assert.deepEqual(panel.host.draft.cases, [own, copy]);

    await open('own');
    await panel.page.getByRole('button', { name: 'Add newline', exact: true }).click();
    await panel.until(() => panel.host.requests.length === 2);
    assert.deepEqual(panel.host.draft.cases, [{ ...own, input: '1\n2\n' }, copy]);
    assert.deepEqual(panel.host.requests, [
      { kind: 'run', fresh: false, caseIds: ['sum-newline'] },
      { kind: 'run', fresh: false, caseIds: ['own'] },
    ]);
    await panel.page.getByRole('button', { name: /^Add newline/ }).waitFor({ state: 'detached' });
  });
});
