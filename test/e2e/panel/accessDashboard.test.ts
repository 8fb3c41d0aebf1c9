import { strict as assert } from 'node:assert';
import { generatedWithModels } from '../../fixtures/generatedModels.ts';
import { assertAccessible, overflowing } from '../panelFixture/accessible.ts';
import { DashboardPage, nothingStored, type DashboardFixture } from '../panelFixture/dashboardPage.ts';
import { panelThemes, putOn } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';

/** The pages with figures, as the page keeps their names. */
const pages = {
  reviews: {},
  models: { showModels: true, data: generatedWithModels() },
} as const;

/** The pages without figures. */
const without: Record<string, DashboardFixture> = {
  'hidden models': {},
  'no reviews': { data: nothingStored },
  'a failure': { failure: 'no' },
  'a host that is silent': { isSilent: true },
};

describe('accessibility of the dashboard’s page', function () {
  for (const width of [1600, 1000]) {
    for (const [name, fixture] of Object.entries(pages)) {
      describe(`the figures of ${name} at ${width} px`, function () {
        const dashboard = openedDashboard(fixture, name, width);

        for (const theme of panelThemes) {
          it(`pass axe-core, and nothing exceeds their edge, ${theme}`, async () => {
            const { page } = dashboard();
            await putOn(page, theme);
            for (const form of ['charts', 'tables']) {
              await assertAccessible(dashboard(), theme, form);
              assert.deepEqual(await page.evaluate(overflowing), [], form);
              await page.keyboard.press('Shift+T');
            }
          });
        }
      });
    }
  }

  for (const [name, fixture] of Object.entries(without)) {
    describe(`with ${name}`, function () {
      const dashboard = openedDashboard(fixture, name === 'hidden models' ? 'models' : 'reviews', 1600);

      for (const theme of panelThemes) {
        it(`passes axe-core, ${theme}`, async () => {
          await putOn(dashboard().page, theme);
          await assertAccessible(dashboard(), theme, name);
        });
      }
    });
  }
});

/** Opens a dashboard for all tests of a suite, and asserts at the end that it caused no errors. */
function openedDashboard(fixture: DashboardFixture, page: string, width: number): () => DashboardPage {
  let dashboard: DashboardPage;
  before(async () => {
    dashboard = await DashboardPage.open(await sharedBrowser(), fixture, { width, kept: { page } });
    if (fixture.isSilent !== true) await dashboard.settled();
  });
  after(async () => {
    await dashboard.close();
    assert.deepEqual([...dashboard.pageErrors, ...dashboard.foreignRequests], []);
  });
  return () => dashboard;
}
