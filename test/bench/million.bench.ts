// The first requests of the queue, of Inspect and of the dashboard on 1,000,000 reviews.

import { inRoot } from '../../scripts/lib/paths.mjs';
import { FiguresThread } from '../../src/extension/dashboard/figuresThread.ts';
import { quickFiguresOf } from '../../src/protocol/dashboard.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { inspectShows, inspectSorts } from '../../src/store/store.ts';
import { databaseOfReviews } from '../fixtures/manyReviews.ts';
import { median, printRow } from './table.ts';

const count = 1_000_000;
const rounds = 3;
const path = await databaseOfReviews(count);
await benchQueue();
await benchInspect();
await benchDashboard();

/** Opens the store, reads a page and counts for the filters, as somebody new and as somebody with 250,000 reviews. */
async function benchQueue(): Promise<void> {
  for (const [evaluator, who] of [
    ['new', 'new evaluator'],
    ['ada', 'one with 250,000'],
  ] as const) {
    const time = await typical(async () => {
      const store = await openSqliteStore(path);
      const filter = { evaluator, states: ['open', 'draft', 'sent-back'] as const };
      await store.queue(filter, 'title', { offset: 0, limit: 200 });
      await store.queueSummary(evaluator);
      await store.close();
    });
    print(`opening the queue on 1,000,000 reviews, ${who}`, time, 300);
  }
}

/** Lists for each filter and order; the slowest counts. */
async function benchInspect(): Promise<void> {
  const store = await openSqliteStore(path);
  const times: number[] = [];
  for (const show of inspectShows)
    for (const sort of inspectSorts)
      times.push(
        await typical(
          async () => void (await store.inspectList({ reviewer: 'ines', show }, sort, { limit: 200 })),
        ),
      );
  await store.close();
  print('listing 1,000,000 reviews to inspect', Math.max(...times), 500);
}

/** From the start of the shipped thread until the counts are there. */
async function benchDashboard(): Promise<void> {
  const script = inRoot('dist/extension/dashboardThread.js');
  const time = await typical(async () => {
    const data = { path, showEvaluators: false, passMark: 0.8 };
    const thread = new FiguresThread(script, data, (error) => console.error(error));
    const { submitted } = await thread.ask(quickFiguresOf, { filter: {} });
    thread.dispose();
    if (submitted === 0) throw new Error('the dashboard is empty');
  });
  print('first figures of the dashboard on 1,000,000 reviews', time, 3_000);
}

async function typical(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

function print(name: string, time: number, goal: number): void {
  printRow({
    name,
    measured: `${time.toFixed(0)} ms`,
    goal: `< ${goal.toLocaleString('en')} ms`,
    ratio: time / goal,
  });
}
