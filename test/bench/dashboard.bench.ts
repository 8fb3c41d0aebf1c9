// The dashboard on 100,000 reviews: the time to read them and their tasks, and to compute every figure with its interval.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { FiguresThread } from '../../src/extension/dashboard/figuresThread.ts';
import { quickFiguresOf, slowFiguresOf } from '../../src/protocol/dashboard.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { generateReviews } from '../fixtures/generateReviews.ts';
import { median, printRow } from './table.ts';
import { importReviews, importTasks } from '../fixtures/imports.ts';

const count = 100_000;
const rounds = 5;
const script = inRoot('dist/extension/dashboardThread.js');
const folder = mkdtempSync(join(tmpdir(), 'tiebreak-bench-'));
try {
  const database = join(folder, 'tiebreak.db');
  await fill(database);
  const figures = { first: [] as number[], all: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const { first, all } = await opened(database);
    figures.first.push(first);
    figures.all.push(all);
  }
  for (const [name, times] of [
    ['first figures of the dashboard on 100,000 reviews', figures.first],
    ['all figures of the dashboard on 100,000 reviews', figures.all],
  ] as const) {
    const time = median(times);
    printRow({ name, measured: `${time.toFixed(0)} ms`, goal: '< 3,000 ms', ratio: time / 3_000 });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Four evaluators on each task; one task in ten has a known verdict. */
async function fill(database: string): Promise<void> {
  const { tasks, reviews } = generateReviews(undefined, { count });
  const store = await openSqliteStore(database);
  for (let from = 0; from < tasks.length; from += 1_000) {
    await importTasks(
      store,
      tasks
        .slice(from, from + 1_000)
        .map((task, at) =>
          at % 10 === 0 ? { ...task, gold: { preference: { kind: 'tie' as const } } } : task,
        ),
    );
  }
  for (let from = 0; from < reviews.length; from += 1_000)
    await importReviews(store, reviews.slice(from, from + 1_000));
  await store.close();
}

/** Milliseconds from the start of the shipped thread until the counts are available, and until all figures are. */
async function opened(path: string): Promise<{ first: number; all: number }> {
  const start = performance.now();
  const data = { path, showEvaluators: false, passMark: 0.8 };
  const thread = new FiguresThread(script, data, (error) => console.error(error));
  const { submitted } = await thread.ask(quickFiguresOf, { filter: {} });
  const first = performance.now() - start;
  const { groups } = await thread.ask(slowFiguresOf, { filter: {} });
  const all = performance.now() - start;
  thread.dispose();
  if (submitted !== count || groups.length < 5) throw new Error('the dashboard is not complete');
  return { first, all };
}
