import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../../../../scripts/lib/paths.mjs';
import { makeTempDir, removeTempDir } from '../../../../scripts/lib/temp.mjs';
import { FiguresThread } from '../../../../src/extension/dashboard/figuresThread.ts';
import { quickFiguresOf, slowFiguresOf } from '../../../../src/protocol/dashboard.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import { generateReviews } from '../../../fixtures/generateReviews.ts';
import { importReviews, importTasks } from '../../../fixtures/imports.ts';

describe('the thread of the dashboard', function () {
  const script = inRoot('src/extension/dashboard/dashboardThread.ts');
  let folder: string;
  let path: string;
  const reports: unknown[] = [];
  const threads: FiguresThread[] = [];
  const start = (over: Partial<{ script: string; path: string }> = {}): FiguresThread => {
    const data = { path: over.path ?? path, showEvaluators: true, passMark: 0.8 };
    const thread = new FiguresThread(over.script ?? script, data, (error) => reports.push(error));
    threads.push(thread);
    return thread;
  };

  before(async () => {
    folder = await makeTempDir();
    path = join(folder, 'tiebreak.db');
    const { tasks, reviews } = generateReviews(undefined, { count: 100 });
    const store = await openSqliteStore(path);
    await importTasks(store, tasks);
    await importReviews(store, reviews);
    await store.close();
  });
  afterEach(() => {
    for (const thread of threads.splice(0)) thread.dispose();
    reports.length = 0;
  });
  after(() => removeTempDir(folder));

  it('computes figures while its owner continues', async () => {
    const thread = start();
    const before = { all: process.cpuUsage(), own: process.threadCpuUsage() };
    const [quick, slow] = await Promise.all([
      thread.ask(quickFiguresOf, { filter: {} }),
      thread.ask(slowFiguresOf, { filter: {} }),
    ]);
    const all = process.cpuUsage(before.all).user;
    const own = process.threadCpuUsage(before.own).user;
    assert.deepEqual([quick.stored, slow.groups[0]?.name], [100, 'All reviews']);
    assert.ok(own < all / 2, `${own} of ${all} µs of computing are the owner's`);
    assert.deepEqual(reports, []);
  });

  it('passes on errors of the database', async () => {
    const other = join(folder, 'other.db');
    await writeFile(other, 'no database at all '.repeat(100));
    await assert.rejects(start({ path: other }).ask(quickFiguresOf, { filter: {} }), /other\.db/);
  });

  it('rejects all requests if it cannot start, and reports why', async () => {
    const thread = start({ script: join(folder, 'missing.js') });
    await assert.rejects(thread.ask(quickFiguresOf, { filter: {} }));
    assert.match(String(reports[0]), /missing\.js/);
  });
});
