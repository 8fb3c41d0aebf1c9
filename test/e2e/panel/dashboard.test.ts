import { strict as assert } from 'node:assert';
import type { Locator, Page } from 'playwright-core';
import { generatedWithGold, generatedWithModels } from '../../fixtures/generatedModels.ts';
import { generateReviews } from '../../fixtures/generateReviews.ts';
import { DashboardPage, nothingStored, type DashboardFixture } from '../panelFixture/dashboardPage.ts';
import type { PanelView } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';
import { until } from '../../until.ts';
import { importReviews, importTasks } from '../../fixtures/imports.ts';

const titles = [
  'Reviews submitted per day',
  'Active time per review',
  'Rules most overridden',
  'Agreement, as a whole and by evaluator',
  'Agreement by language',
  'Agreement by criterion',
  'Two evaluators on the same tasks',
  'Gold verdicts matched',
  'Drift on gold tasks',
  'Flip rate on hidden duplicates',
  'Position bias',
  'Effects of position and length',
];

const modelTitles = [
  'Strength of models',
  'Rank of models',
  'Effects of position and style',
  'Win matrix',
  'Pairs of models',
  'Correct verdicts',
  'Verdicts given for each known verdict',
  'Unusual votes between models',
];

/** Models may be named, because the evaluator judges nothing here. */
const named: DashboardFixture = { showModels: true, data: generatedWithModels() };

describe('the dashboard’s page', function () {
  describe('in words and numbers', () => {
    it('says how many reviews there are, and shows every figure as a chart', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        const { page } = dashboard;
        await page.getByText('200 submitted, 187 in effect, by 4 evaluators').waitFor();
        assert.deepEqual(await page.getByRole('heading', { level: 3 }).allTextContents(), titles);
        for (const title of titles) {
          const canvas = dashboard.figure(title).locator('canvas');
          assert.ok(await canvas.evaluate(isDrawn), title);
        }
      });
    });

    it('has the same figures in tables, with n and intervals', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        const { reviews } = generatedWithGold();
        const days = await dashboard.table('Reviews submitted per day');
        assert.equal(days[0]!.length, 1 + 4 + 1);
        const sums = days.slice(1).map((row) => row.slice(1).map(Number));
        for (const row of sums) assert.equal(row.slice(0, 4).reduce(add), row[4]);
        assert.equal(sums.map((row) => row[4]!).reduce(add), reviews.length);
        const [head, overall] = await dashboard.table('Agreement, as a whole and by evaluator');
        assert.deepEqual(head, [
          'Reviews',
          'Agreement on',
          'Tasks (n)',
          'Ratings',
          'Raw',
          'Krippendorff’s α (95%)',
          'AC1 (95%)',
          'Fleiss’ κ (95%)',
        ]);
        assert.match(
          overall!.join(' | '),
          /^All reviews \| direction, ties in \(nominal\) \| 4\d \| 1\d\d \| \d\d\.\d% \| /,
        );
        assert.match(overall![5]!, /^0\.\d\d \(−?0\.\d\d to 0\.\d\d\)$/);
        const position = await dashboard.table('Position bias');
        assert.match(
          position[1]!.join(' | '),
          /^All reviews \| \d+ \| \d\d\.\d% \| \d\d\.\d% to \d\d\.\d% \| /,
        );
        assert.equal((await dashboard.table('Gold verdicts matched')).length, 1 + 4);
      });
    });

    it('says if there is too little data for an interval', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        await dashboard.page
          .getByText(/^Too few items for a coefficient or an interval, which need at least n = 20: /)
          .waitFor();
        const rows = await dashboard.table('Agreement by language');
        assert.ok(rows.some((row) => row.includes('too few')));
      });
    });

    it('names no evaluator unless the settings allow it', async () => {
      await withDashboard({}, { kept: { tables: titles } }, async ({ page }) => {
        assert.doesNotMatch(await page.locator('tiebreak-dashboard').innerText(), /\b(ada|bob|cy|dee)\b/);
      });
      await withDashboard({ showEvaluators: true }, {}, async (dashboard) => {
        const rows = await dashboard.table('Active time per review');
        assert.deepEqual(
          rows.slice(1).map(([name]) => name),
          ['ada', 'bob', 'cy', 'dee'],
        );
      });
    });

    it('sorts a table by its column: up, down, and as it was', async () => {
      await withDashboard({ showEvaluators: true }, {}, async (dashboard) => {
        const title = 'Active time per review';
        const names = async () => (await dashboard.table(title)).slice(1).map(([name]) => name);
        await dashboard.table(title);
        const head = dashboard.figure(title).getByRole('columnheader', { name: 'Median' });
        assert.equal(await head.getAttribute('aria-sort'), null);
        const press = async (expected: string | null) => {
          await head.getByRole('button').click();
          await until(async () => (await head.getAttribute('aria-sort')) === expected);
        };
        await press('ascending');
        assert.deepEqual(await names(), ['dee', 'cy', 'bob', 'ada']);
        await press('descending');
        assert.deepEqual(await names(), ['ada', 'bob', 'cy', 'dee']);
        await press(null);
      });
    });
  });

  describe('with filters', () => {
    it('shows the matching reviews, and all reviews again when the filters are cleared', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        const { page } = dashboard;
        const python = generateReviews().tasks.filter(({ language }) => language === 'python');
        const ids = new Set(python.map(({ id }) => id));
        const count = generateReviews().reviews.filter(({ taskId }) => ids.has(taskId)).length;
        await choice(page, 'Language').selectOption('python');
        await page.getByText(new RegExp(`^${count} submitted`)).waitFor();
        await dashboard.settled();
        assert.equal((await dashboard.table('Agreement by language')).length, 1 + 3);
        await choice(page, 'Evaluator').selectOption({ index: 1 });
        await page.getByText(/by 1 evaluator$/).waitFor();
        await page.getByRole('button', { name: 'Clear filters' }).click();
        await page.getByText(/^200 submitted/).waitFor();
      });
    });

    it('filters by days, and says if nothing matches', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        const { page } = dashboard;
        await choice(page, 'Period').selectOption('Between…');
        await page.getByLabel('From', { exact: true }).fill('2026-10-02');
        await page.getByLabel('To', { exact: true }).fill('2026-10-02');
        await page.getByText(/^48 submitted/).waitFor();
        await page.getByLabel('From', { exact: true }).fill('2026-10-09');
        await page.getByRole('heading', { name: 'No reviews match the filters' }).waitFor();
        await page.getByText('200 reviews are stored.').waitFor();
        await page.locator('main').getByRole('button', { name: 'Clear filters' }).click();
        await page.getByText(/^200 submitted/).waitFor();
      });
    });

    it('keeps filters, tables and sorting through a reload', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        const { page } = dashboard;
        await choice(page, 'Language').selectOption('python');
        await dashboard.table('Position bias');
        await dashboard
          .figure('Position bias')
          .getByRole('columnheader', { name: 'Side A wins' })
          .getByRole('button')
          .click();
        await page.reload();
        await dashboard.settled();
        assert.equal(await choice(page, 'Language').inputValue(), 'python');
        const head = dashboard.figure('Position bias').getByRole('columnheader', { name: 'Side A wins' });
        assert.equal(await head.getAttribute('aria-sort'), 'ascending');
      });
    });
  });

  describe('on the Models page', () => {
    it('compares the models in charts, and the evaluators with known verdicts', async () => {
      await withDashboard(named, {}, async (dashboard) => {
        const { page } = dashboard;
        await page.getByRole('tab', { name: 'Models' }).click();
        await page.getByText('187 votes between 3 models').waitFor();
        await dashboard.settled();
        assert.deepEqual(await page.getByRole('heading', { level: 3 }).allTextContents(), modelTitles);
        for (const title of modelTitles)
          assert.ok(await dashboard.figure(title).locator('canvas').evaluate(isDrawn), title);
      });
    });

    it('has the same figures in tables', async () => {
      await withDashboard(named, { kept: { page: 'models' } }, async (dashboard) => {
        const [head, ...models] = await dashboard.table('Strength of models');
        assert.deepEqual(head!.slice(0, 4), ['Model', 'Votes (n)', 'Won', 'Lost']);
        assert.deepEqual(new Set(models.map(([name]) => name)), new Set(['amber', 'birch', 'cedar']));
        for (const row of models) assert.match(row[6]!, /^−?\d\.\d\d \(−?\d\.\d\d to −?\d\.\d\d\)$/);
        const [, ...ranks] = await dashboard.table('Rank of models');
        assert.deepEqual(
          ranks.map((row) => row[1]),
          ['1', '2', '3'],
        );
        const matrix = await dashboard.table('Win matrix');
        assert.equal(matrix.length, 1 + 3);
        const [share, of] = matrix[1]![2]!.split('% of ').map(Number);
        const [mirrored, alike] = matrix[2]![1]!.split('% of ').map(Number);
        assert.deepEqual([Math.round(share! + mirrored!), of], [100, alike]);
        const [, ...pairs] = await dashboard.table('Pairs of models');
        assert.deepEqual(
          pairs.map((row) => row.slice(0, 2).join(' ')),
          ['amber birch', 'amber cedar', 'birch cedar'],
        );
        const effects = await dashboard.table('Effects of position and style');
        assert.equal(effects[1]![0], 'shown first (side A)');
        assert.equal((await dashboard.table('Correct verdicts')).length, 1 + 4);
        assert.equal((await dashboard.table('Unusual votes between models')).length, 1 + 4);
      });
    });

    it('names no model while the setting is off, and links to the setting', async () => {
      const { showModels: _named, ...hidden } = named;
      await withDashboard(
        hidden,
        { kept: { page: 'models', tables: modelTitles } },
        async ({ page, requests }) => {
          await page.getByRole('heading', { name: 'Model names are hidden' }).waitFor();
          await page.keyboard.press('Shift+T');
          assert.doesNotMatch(await page.locator('tiebreak-dashboard').innerText(), /amber|birch|cedar/);
          await page.getByRole('button', { name: 'Open setting' }).click();
          await until(() => requests.includes('show-models'));
        },
      );
    });

    it('names no model in tasks that the evaluator has yet to judge', async () => {
      const data = generatedWithModels();
      const own = data.reviews.find(({ evaluator }) => evaluator === 'ada')!;
      const reviews = [own, ...data.reviews.filter(({ evaluator }) => evaluator !== 'ada')];
      const models = data.tasks.find(({ id }) => id === own.taskId)!.answers.map(({ model }) => model);
      const fixture = { ...named, evaluator: 'ada', data: { ...data, reviews } };
      await withDashboard(fixture, { kept: { page: 'models' } }, async (dashboard) => {
        await dashboard.page
          .getByText(/reviews are left out: you have not judged their tasks yet\./)
          .waitFor();
        const [, ...rows] = await dashboard.table('Win matrix');
        assert.deepEqual(new Set(rows.map(([name]) => name)), new Set(models));
      });
    });

    it('says what is missing if tasks name no models', async () => {
      const { tasks, reviews } = generatedWithGold();
      const unnamed = tasks.map((task) => ({
        ...task,
        answers: task.answers.map(({ id, text }) => ({ id, text })),
      }));
      const fixture = { ...named, data: { tasks: unnamed, reviews } };
      await withDashboard(fixture, { kept: { page: 'models' } }, async (dashboard) => {
        await dashboard.page.getByRole('heading', { name: 'No model names in these tasks' }).waitFor();
        await dashboard.figure('Correct verdicts').locator('canvas').waitFor();
      });
    });

    it('is reached by the arrow keys, and kept through a reload', async () => {
      await withDashboard(named, {}, async (dashboard) => {
        const { page } = dashboard;
        await page.getByRole('tab', { name: 'Reviews' }).focus();
        await page.keyboard.press('ArrowRight');
        const models = page.getByRole('tab', { name: 'Models', selected: true });
        await models.waitFor();
        await until(async () => (await page.evaluate(focused)) === 'Models');
        await dashboard.settled();
        await page.reload();
        await models.waitFor();
        await dashboard.figure('Win matrix').waitFor();
        await models.press('ArrowLeft');
        await dashboard.figure('Position bias').waitFor();
      });
    });

    it('takes the filters into account', async () => {
      await withDashboard(named, { kept: { page: 'models' } }, async (dashboard) => {
        const { page } = dashboard;
        await choice(page, 'Evaluator').selectOption({ index: 1 });
        await page.getByText(/by 1 evaluator; \d+ votes between 3 models/).waitFor();
        await dashboard.settled();
        assert.equal((await dashboard.table('Correct verdicts')).length, 1 + 1);
      });
    });
  });

  describe('by keyboard', () => {
    it('toggles the focused figure with T, and all figures with Shift+T', async () => {
      await withDashboard({}, {}, async (dashboard) => {
        const { page } = dashboard;
        const chart = page.getByRole('group', { name: /^Position bias: chart/ });
        await chart.focus();
        await page.keyboard.press('t');
        await dashboard.figure('Position bias').getByRole('table').waitFor();
        assert.equal(await page.getByRole('table').count(), 1);
        await page.keyboard.press('Shift+T');
        assert.equal(await page.getByRole('table').count(), titles.length);
        await page.keyboard.press('Shift+T');
        assert.equal(await page.getByRole('table').count(), 0);
      });
    });

    it('keeps the focus on a toggled figure', async () => {
      await withDashboard({}, {}, async ({ page }) => {
        await page.getByRole('group', { name: /^Position bias: chart/ }).focus();
        const steps = [
          ['t', 'table'],
          ['t', 'chart'],
          ['Shift+T', 'table'],
        ] as const;
        for (const [key, part] of steps) {
          await page.keyboard.press(key);
          await until(async () => (await page.evaluate(focused)).startsWith(`Position bias: ${part}`));
        }
      });
    });

    it('announces the values of a chart with the arrow keys', async () => {
      await withDashboard({ showEvaluators: true }, {}, async (dashboard) => {
        const { page } = dashboard;
        await page.getByRole('group', { name: /^Active time per review: chart/ }).focus();
        const told = dashboard.figure('Active time per review').getByRole('status');
        await page.keyboard.press('ArrowRight');
        await told.filter({ hasText: /^ada \(n = 50\), median: \d\.\d min$/ }).waitFor({ state: 'attached' });
        await page.keyboard.press('ArrowRight');
        await told.filter({ hasText: /^bob / }).waitFor({ state: 'attached' });
        await page.keyboard.press('ArrowDown');
        await told.filter({ hasText: /^bob .*, 90th percentile: / }).waitFor({ state: 'attached' });
      });
    });

    it('reaches every control and every chart by Tab', async () => {
      await withDashboard({}, {}, async ({ page }) => {
        const seen = new Set<string>();
        for (let step = 0; step < 40; step += 1) {
          await page.keyboard.press('Tab');
          seen.add(await page.evaluate(focused));
        }
        for (const name of ['Period', 'Language', 'Evaluator']) assert.ok(seen.has(name), name);
        for (const title of titles) {
          assert.ok(seen.has(`${title}: show table`), title);
          assert.ok(
            [...seen].some((name) => name.startsWith(`${title}: chart`)),
            title,
          );
        }
      });
    });
  });

  describe('with nothing to show', () => {
    it('says where figures come from, with buttons to get there', async () => {
      await withDashboard({ data: nothingStored }, {}, async ({ page, requests }) => {
        await page.getByRole('heading', { name: 'No reviews yet' }).waitFor();
        await page.getByRole('button', { name: 'Open next task' }).click();
        await page.getByRole('button', { name: 'Import tasks or reviews…' }).click();
        await until(() => requests.length === 2);
        assert.deepEqual(requests, ['next-task', 'import']);
      });
    });

    it('says what is missing for a figure', async () => {
      const { tasks, reviews } = generateReviews(undefined, { count: 3 });
      await withDashboard({ data: { tasks, reviews } }, {}, async (dashboard) => {
        await dashboard
          .figure('Gold verdicts matched')
          .getByText(/^No gold task was judged\./)
          .waitFor();
        await dashboard
          .figure('Flip rate on hidden duplicates')
          .getByText(/^No hidden duplicate/)
          .waitFor();
      });
    });

    it('shows that it is waiting, and updates when reviews arrive', async () => {
      await withDashboard({ isSilent: true, data: nothingStored }, {}, async (dashboard) => {
        await dashboard.page.getByText('Reading the reviews…').waitFor();
        dashboard.answer();
        await dashboard.page.getByRole('heading', { name: 'No reviews yet' }).waitFor();
        const { tasks, reviews } = generateReviews();
        await importTasks(dashboard.store, tasks);
        await importReviews(dashboard.store, reviews);
        dashboard.begin();
        dashboard.change();
        await dashboard.page.getByText(/^200 submitted/).waitFor();
      });
    });

    it('shows the error, with buttons for the log and to retry', async () => {
      const failure = 'the database is held by another program';
      await withDashboard({ failure }, {}, async ({ page, requests }) => {
        await page.getByRole('alert').filter({ hasText: failure }).waitFor();
        await page.getByRole('button', { name: 'Show log' }).click();
        await until(() => requests.includes('log'));
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByRole('alert').filter({ hasText: failure }).waitFor();
      });
    });
  });

  describe('in another theme', () => {
    it('redraws its charts in the new colours', async () => {
      await withDashboard({}, { theme: 'dark' }, async (dashboard) => {
        const canvas = dashboard.figure('Position bias').locator('canvas');
        const has = (colour: string) => canvas.evaluate(hasColour, colour);
        assert.equal(await has('#59a4f9'), true);
        assert.equal(await has('#123456'), false);
        await dashboard.page.evaluate(() => {
          document.documentElement.style.setProperty('--vscode-charts-blue', '#123456');
        });
        await until(() => has('#123456'));
        assert.equal(await has('#59a4f9'), false);
      });
    });
  });

  async function withDashboard(
    fixture: DashboardFixture,
    view: PanelView,
    use: (dashboard: DashboardPage) => Promise<void>,
  ): Promise<void> {
    const dashboard = await DashboardPage.open(await sharedBrowser(), fixture, view);
    try {
      if (fixture.isSilent !== true) await dashboard.settled();
      await use(dashboard);
    } finally {
      await dashboard.close();
    }
    assert.deepEqual([...dashboard.pageErrors, ...dashboard.foreignRequests], []);
  }
});

/** A filter by its name. */
function choice(page: Page, name: string): Locator {
  return page.getByRole('combobox', { name, exact: true });
}

function add(one: number, other: number): number {
  return one + other;
}

/** Runs in the page: whether anything is on a canvas. */
function isDrawn(canvas: Element): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
  return data.some((value) => value !== 0);
}

/** Runs in the page: whether a colour, such as `#59a4f9`, is on a canvas. */
function hasColour(canvas: Element, colour: string): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let at = 0; at < data.length; at += 4)
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) return true;
  return false;
}

/** Runs in the page: the name of what has the focus. */
function focused(): string {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return (
    element?.getAttribute('aria-label') ??
    element?.closest('label')?.textContent.trim().split(/\s/)[0] ??
    element?.textContent.trim() ??
    ''
  );
}
