import { strict as assert } from 'node:assert';
import { assertAccessible, codeColours } from '../panelFixture/accessible.ts';
import { chunkTask } from '../panelFixture/chunkTask.ts';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

describe('the files of a task', function () {
  it('are listed below the prompt and open there as text', async () => {
    const files = [
      { path: 'setup.sh', text: 'echo "<b>ready</b>"\n' },
      { path: 'data/empty.txt', text: '' },
    ];
    const panel = await PanelPage.open(await sharedBrowser(), { task: { ...chunkTask, files } });
    try {
      const list = panel.page.getByRole('group', { name: 'Files of the task' });
      assert.deepEqual(await list.getByRole('button').allInnerTexts(), ['setup.sh', 'data/empty.txt']);
      await list.getByRole('button', { name: 'setup.sh' }).click();
      const shown = panel.page.getByRole('region', { name: 'setup.sh, read-only' });
      assert.equal((await shown.innerText()).trim(), 'echo "<b>ready</b>"');
      await assertAccessible(panel, 'dark', 'an open file', codeColours);
      await list.getByRole('button', { name: 'data/empty.txt' }).click();
      await panel.page.getByText('(empty)').waitFor();
      assert.equal(await shown.count(), 0);
      await list.getByRole('button', { name: 'data/empty.txt' }).click();
      assert.equal(await panel.page.getByText('(empty)').count(), 0);
      assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
    } finally {
      await panel.close();
    }
  });
});
