import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { Editor } from './harness.ts';

interface Manifest {
  contributes: { viewsContainers: { activitybar: { title: string }[] } };
}

describe('the installed package', function () {
  let editor: Editor;

  before(async () => {
    editor = await Editor.start();
  });
  after(() => editor.stop());

  it('is in the activity bar, and opens with a click', async () => {
    const manifest = JSON.parse(await readFile(inRoot('package.json'), 'utf8')) as Manifest;
    const [container] = manifest.contributes.viewsContainers.activitybar;
    assert.ok(container);
    await editor.page.getByRole('tab', { name: container.title }).locator('a').click();
    await editor.page.locator('.sidebar .title-label', { hasText: container.title }).waitFor();
    await editor.screenshot('installed');
  });

  it('starts without an error message', async () => {
    assert.deepEqual(await editor.notifications(), []);
  });

  for (const theme of ['dark', 'light', 'high contrast', 'high contrast light'] as const) {
    it(`is shown in the ${theme} theme`, async () => {
      await editor.setTheme(theme);
      await editor.screenshot(`installed-${theme.replaceAll(' ', '-')}`);
    });
  }
});
