import { strict as assert } from 'node:assert';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import { Editor, type Theme } from './harness.ts';
import { Panel } from './panel.ts';
import { addTask, greetTask, jsonLines } from './tasks.ts';

const themes: readonly Theme[] = ['light', 'dark', 'high contrast', 'high contrast light'];
const widths = [1600, 1000] as const;

/** The theme that the editor announces to a webview. */
const bodyClasses: Readonly<Record<Theme, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high contrast': 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  'high contrast light': 'vscode-high-contrast-light',
};

/** The serious and critical violations that axe finds in the panel, in words. */
async function violations(panel: Panel): Promise<string[]> {
  await panel.frame.evaluate(axe.source);
  const results = await panel.frame.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return checker.run({ resultTypes: ['violations'] });
  });
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary}`),
    );
}

describe('accessibility of the panel in the editor', function () {
  let editor: Editor;
  let panel: Panel;

  before(async () => {
    editor = await Editor.start({ files: { 'tasks.jsonl': jsonLines([addTask, greetTask]) } });
    panel = await Panel.importing(editor, 'tasks.jsonl');
    await panel.focusCode();
    await panel.press('6', 'r');
    await panel.verdict('negative', 'A').waitFor();
    await panel.rationale.fill('They differ, see @A:99 and @case:negative.');
    await panel.finding('R06').waitFor();
    // The first case that splits the answers opens automatically.
    await panel.frame.getByRole('button', { name: 'negative', expanded: true }).waitFor();
  });
  after(() => editor.stop());

  for (const theme of themes) {
    for (const width of widths) {
      it(`has no serious violation in ${theme} at ${width} px, and nothing overflows`, async () => {
        await editor.resize({ width, height: 900 });
        await editor.setTheme(theme);
        await panel.frame.locator(`body.${bodyClasses[theme]}`).waitFor();
        await panel.still();
        await editor.screenshot(`panel-${theme.replaceAll(' ', '-')}-${width}`);
        assert.deepEqual(await violations(panel), []);
        const excess = await panel.frame.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        assert.ok(excess <= 0, `the page is ${excess} px too wide`);
      });
    }
  }

  it('has no violation in the difference, the written view and the dialogs', async () => {
    await editor.resize({ width: 1600, height: 900 });
    const dialog = panel.frame.getByRole('dialog');
    const pressed = (name: RegExp) => panel.frame.getByRole('button', { name, pressed: true });
    for (const [key, shown] of [
      ['d', pressed(/^Diff D/)],
      ['w', pressed(/^As written/)],
      ['n', dialog],
      ['Shift+S', dialog],
      ['?', dialog],
    ] as const) {
      await panel.focusCode();
      await panel.press(key);
      await shown.waitFor();
      await panel.still();
      assert.deepEqual(await violations(panel), [], `after ${key}`);
      await panel.press('Escape');
    }
  });
});
