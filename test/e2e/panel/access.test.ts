import { strict as assert } from 'node:assert';
import { assertAccessible, codeColours, overflowing } from '../panelFixture/accessible.ts';
import { openedPanel } from '../panelFixture/opened.ts';
import { panelThemes } from '../panelFixture/page.ts';

describe('accessibility of the panel', function () {
  for (const width of [1600, 1000, 800]) {
    describe(`at ${width} px`, function () {
      const panel = openedPanel(width);

      for (const theme of panelThemes) {
        it(`passes axe-core, ${theme}`, async () => {
          const { page } = panel();
          await panel().setTheme(theme);
          for (const key of width === 1600 ? ['W', 'C', 'D', 'B'] : ['D', 'B']) {
            await page.keyboard.press(key);
            await assertAccessible(panel(), theme, `view ${key}`, codeColours);
          }
          const aCase = page.getByRole('button', { name: 'size zero raises' });
          await aCase.click();
          await assertAccessible(panel(), theme, 'an open case', codeColours);
          await aCase.click();
          if (width < 1600) {
            await page.getByRole('tab', { name: 'Judgement' }).click();
            await assertAccessible(panel(), theme, 'judgement', codeColours);
            await page.getByRole('tab', { name: 'Evidence' }).click();
          }
        });

        it(`has nothing cut off or outside its edge, ${theme}`, async () => {
          const { page } = panel();
          await panel().setTheme(theme);
          for (const key of ['W', 'C', 'D', 'B']) {
            await page.keyboard.press(key);
            assert.deepEqual(await page.evaluate(overflowing), [], `view ${key}`);
          }
        });
      }
    });
  }

  describe('in its dialogs', function () {
    const panel = openedPanel(1000);

    for (const theme of panelThemes) {
      it(`has no fault, ${theme}`, async () => {
        const { page } = panel();
        await panel().setTheme(theme);
        for (const key of ['?', 'Shift+S', 'n', 'f']) {
          if (key === 'f') await page.keyboard.press('ArrowDown');
          await page.keyboard.press(key);
          await page.getByRole('dialog').waitFor();
          await assertAccessible(panel(), theme, `dialog of ${key}`, codeColours);
          assert.deepEqual(await page.evaluate(overflowing), [], `dialog of ${key}`);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
      });
    }
  });
});
