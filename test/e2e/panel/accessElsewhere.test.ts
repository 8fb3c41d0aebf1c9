import { strict as assert } from 'node:assert';
import { assertAccessible, codeColours, overflowing } from '../panelFixture/accessible.ts';
import { chunkRationale } from '../panelFixture/chunkTask.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { openedPanel } from '../panelFixture/opened.ts';
import { PanelPage, panelThemes } from '../panelFixture/page.ts';
import { sampleInspection, sampleSettlement } from '../panelFixture/reviewer.ts';
import { sharedBrowser } from '../shared.ts';

/** A review under inspection, with a comment and a decision that needs a text. */
const inspected: FixtureOptions = {
  inspection: {
    ...sampleInspection,
    decision: 'correct',
    comments: [
      { id: 'c', start: 4, end: 14, quote: chunkRationale.slice(4, 14), text: 'Which input shows that?' },
    ],
  },
};

const calibrationFeedback = {
  met: false,
  yours: 2,
  reference: -1,
  rationale: chunkRationale,
  isSwapped: true,
  isUnsure: true,
} as const;

describe('accessibility of the panel for reviewers, calibration feedback and empty queues', function () {
  for (const width of [1600, 800]) {
    for (const [name, reviewer] of Object.entries({
      inspection: inspected,
      settlement: { settlement: sampleSettlement },
    })) {
      describe(`a reviewer’s ${name} at ${width} px`, function () {
        const panel = openedPanel(width, reviewer);
        before(async () => {
          if (width === 800) await panel().page.getByRole('tab', { name: 'Judgement' }).click();
        });

        for (const theme of panelThemes) {
          it(`has no fault, ${theme}`, async () => {
            await panel().setTheme(theme);
            await assertAccessible(panel(), theme, name, codeColours);
            assert.deepEqual(await panel().page.evaluate(overflowing), []);
          });
        }
      });
    }
  }

  describe('with calibration feedback', function () {
    const panel = openedPanel(1000, { over: { calibrationFeedback } });
    before(() => panel().page.getByRole('region', { name: 'Reference' }).waitFor());

    for (const theme of panelThemes) {
      it(`has no fault, ${theme}`, async () => {
        await panel().setTheme(theme);
        await assertAccessible(panel(), theme, 'a lesson', codeColours);
        assert.deepEqual(await panel().page.evaluate(overflowing), []);
      });
    }
  });

  for (const reason of [
    'queue-empty',
    'all-done',
    'all-inspected',
    'qualified',
    'failed',
    'loading',
  ] as const) {
    it(`passes axe-core without a task: ${reason}`, async () => {
      const empty = { reason, message: 'Import a file of tasks, or begin with the sample queue.' };
      const options = { over: { task: null, empty } };
      const panel = await PanelPage.open(await sharedBrowser(), options, { theme: 'dark' });
      try {
        await assertAccessible(panel, 'dark', reason, codeColours);
        await panel.setTheme('light');
        await assertAccessible(panel, 'light', reason, codeColours);
      } finally {
        await panel.close();
      }
    });
  }
});
