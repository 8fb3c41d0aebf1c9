import { strict as assert } from 'node:assert';
import { assertAccessible, overflowing } from '../panel-fixture/accessible.ts';
import { chunkIdeal } from '../panel-fixture/chunkIdeal.ts';
import { chunkRationale, chunkTask } from '../panel-fixture/chunkTask.ts';
import {
  closeSharedBrowser,
  coloursOf,
  PanelPage,
  panelThemes,
  sharedBrowser,
  type PanelTheme,
} from '../panel-fixture/page.ts';
import type { FixtureOptions } from '../panel-fixture/host.ts';
import { sampleInspection, sampleSettlement } from '../panel-fixture/reviewer.ts';

/** Judged as far as a task can be, so that every part has something in it. */
const full: FixtureOptions = {
  ran: true,
  task: { ...chunkTask, ask: ['rank', 'ideal', 'cases'] },
  ideal: chunkIdeal(),
  draft: {
    preference: 2,
    rationale: chunkRationale,
    scores: { first: { correctness: 5, clarity: 4 }, second: { correctness: 2 } },
    flags: [
      {
        id: 'f',
        answerId: 'second',
        kind: 'wrong',
        file: 'main.py',
        startLine: 4,
        endLine: 5,
        note: 'reads everything',
      },
    ],
  },
};

/** A review under inspection, with a comment and a decision that asks for text. */
const inspected: FixtureOptions = {
  inspection: {
    ...sampleInspection,
    decision: 'correct',
    comments: [
      { id: 'c', start: 4, end: 14, quote: chunkRationale.slice(4, 14), text: 'Which input shows that?' },
    ],
  },
};

/** The colours of code are the theme's, not ours: their contrast is left out, everything else is held to it. */
const codeColours = ['tiebreak-answers', 'tiebreak-ideal-diff'].map((part) => ({
  fromShadowDom: ['tiebreak-panel', part, '[class^="t"]'],
}));

describe('the panel, for everyone', function () {
  this.timeout(120_000);
  after(closeSharedBrowser);

  for (const theme of panelThemes) {
    for (const width of [1600, 1000, 800]) {
      it(`has no fault that axe-core finds, ${theme}, ${width} px`, async () => {
        await withPanel(theme, width, async (panel) => {
          const views = width === 1600 ? ['W', 'C', 'D', 'B'] : ['D', 'B'];
          for (const key of views) {
            await panel.page.keyboard.press(key);
            await assertAccessible(panel, `view ${key}`, codeColours);
          }
          await panel.page.getByRole('button', { name: 'size zero raises' }).click();
          await assertAccessible(panel, 'an open case', codeColours);
          if (width === 800) {
            await panel.page.getByRole('tab', { name: 'Judgement' }).click();
            await assertAccessible(panel, 'judgement', codeColours);
          }
        });
      });

      it(`has nothing cut off or beyond its edge, ${theme}, ${width} px`, async () => {
        await withPanel(theme, width, async ({ page }) => {
          for (const key of ['W', 'C', 'D', 'B']) {
            await page.keyboard.press(key);
            assert.deepEqual(await page.evaluate(overflowing), [], `view ${key}`);
          }
        });
      });
    }

    for (const width of [1600, 800]) {
      it(`has no fault for a reviewer, ${theme}, ${width} px`, async () => {
        for (const reviewer of [inspected, { settlement: sampleSettlement }]) {
          await withPanel(
            theme,
            width,
            async (panel) => {
              if (width === 800) await panel.page.getByRole('tab', { name: 'Judgement' }).click();
              await assertAccessible(panel, Object.keys(reviewer)[0]!, codeColours);
              assert.deepEqual(await panel.page.evaluate(overflowing), []);
            },
            reviewer,
          );
        }
      });
    }

    it(`has no fault in its dialogs, ${theme}`, async () => {
      await withPanel(theme, 1000, async (panel) => {
        const { page } = panel;
        for (const key of ['?', 's', 'n', 'f']) {
          if (key === 'f') await page.keyboard.press('ArrowDown');
          await page.keyboard.press(key);
          await page.getByRole('dialog').waitFor();
          await assertAccessible(panel, `dialog of ${key}`, codeColours);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
      });
    });
  }

  for (const theme of panelThemes) {
    it(`has no fault where there is something to learn, ${theme}`, async () => {
      const lesson = {
        met: false,
        yours: 2,
        reference: -1,
        rationale: chunkRationale,
        isSwapped: true,
      } as const;
      await withPanel(
        theme,
        1000,
        async (panel) => {
          await panel.page.getByRole('region', { name: 'Reference' }).waitFor();
          await assertAccessible(panel, theme, codeColours);
          assert.deepEqual(await panel.page.evaluate(overflowing), []);
        },
        { over: { lesson } },
      );
    });
  }

  for (const reason of [
    'queue-empty',
    'all-done',
    'all-inspected',
    'qualified',
    'failed',
    'loading',
  ] as const) {
    it(`has no fault where there is no task: ${reason}`, async () => {
      const empty = { reason, message: 'Import a file of tasks, or begin with the sample queue.' };
      const panel = await PanelPage.open(
        await sharedBrowser(),
        { over: { task: null, empty } },
        { theme: 'light' },
      );
      try {
        await assertAccessible(panel, reason, codeColours);
      } finally {
        await panel.close();
      }
    });
  }

  async function withPanel(
    theme: PanelTheme,
    width: number,
    use: (panel: PanelPage) => Promise<void>,
    reviewer: FixtureOptions = {},
  ): Promise<void> {
    const highlight = await coloursOf(chunkTask, theme);
    const panel = await PanelPage.open(
      await sharedBrowser(),
      { ...full, ...reviewer, highlight },
      { theme, width, height: 800 },
    );
    try {
      await use(panel);
    } finally {
      await panel.close();
    }
    assert.deepEqual([...panel.complaints, ...panel.strangers, ...panel.host.errors], []);
  }
});
