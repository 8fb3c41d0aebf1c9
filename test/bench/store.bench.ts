// The time to import a large file of tasks, to open the queue and a list of as many reviews, and to start the command line.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { importFile } from '../../src/transfer/import/importing.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { inspectShows, inspectSorts } from '../../src/store/store.ts';
import { sampleId, sampleReview } from '../unit/store/samples.ts';
import { median, printRow } from './table.ts';
import { importReviews } from '../fixtures/imports.ts';

const count = 100_000;
const evaluator = 'bench';
const folder = mkdtempSync(join(tmpdir(), 'tiebreak-bench-'));
try {
  const file = join(folder, 'tasks.jsonl');
  const database = join(folder, 'tiebreak.db');
  await writeTasks(file);
  await benchImport(file, database);
  await benchQueue(database);
  await benchInspect(database);
  benchStart();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Tasks of the size of a short real one: two answers of some twenty lines, three cases, two tags. */
async function writeTasks(file: string): Promise<void> {
  const languages = ['python', 'javascript', 'typescript', 'go', 'sql'];
  const stream = createWriteStream(file);
  for (let n = 0; n < count; n += 1) {
    const task = {
      id: `task-${n}`,
      title: `Task ${(n * 7919) % count} about lists`,
      language: languages[n % languages.length],
      prompt: `Write a function chunk${n}(items, size) that splits a list into parts.\n\nIt must take any size.`,
      answers: [
        {
          id: 'a',
          text: `\`\`\`python\n${`def chunk${n}(items, size):\n    return []\n`.repeat(10)}\`\`\`\n`,
          model: 'm1',
        },
        {
          id: 'b',
          text: `\`\`\`python\n${`def chunk${n}(items, size):\n    return [items]\n`.repeat(10)}\`\`\`\n`,
          model: 'm2',
        },
      ],
      cases: [1, 2, 3].map((size) => ({
        id: `c${size}`,
        kind: 'call',
        args: [[1, 2, 3], size],
        expected: [[1], [2]],
      })),
      entry: `chunk${n}`,
      tags: [`source-${n % 7}`, `topic-${n % 50}`],
    };
    if (!stream.write(`${JSON.stringify(task)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

/** Reading, validating and storing every task, relative to parsing the same lines and inserting each into a table with one index. */
async function benchImport(file: string, database: string): Promise<void> {
  const bare = await timed(() => insertLines(file));
  const store = await openSqliteStore(database);
  const importing = await timed(async () => {
    const { added } = await importFile(store, file);
    if (added !== count) throw new Error(`imported ${added} tasks`);
  });
  await store.close();
  const perSecond = Math.round(count / (importing / 1_000));
  printRow({
    name: 'import of 100,000 tasks, against JSON.parse and bare inserts',
    measured: `${perSecond.toLocaleString('en')} /s`,
    goal: '>= 30,000 /s',
    ratio: importing / bare,
  });
}

/** The least that an import can do: parse each line, and insert its id and its text in one transaction. */
async function insertLines(file: string): Promise<void> {
  const db = new DatabaseSync(join(folder, 'bare.db'));
  db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN');
  db.exec('CREATE TABLE lines (id TEXT NOT NULL UNIQUE, json TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO lines VALUES (?, ?)');
  for await (const line of createInterface({ input: createReadStream(file) }))
    insert.run((JSON.parse(line) as { id: string }).id, line);
  db.exec('COMMIT');
  db.close();
}

/** The first requests of the queue's view: open the file, read a page, and count for the filters. */
async function benchQueue(database: string): Promise<void> {
  const openings: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    openings.push(
      await timed(async () => {
        const store = await openSqliteStore(database);
        const page = await store.queue({ evaluator, states: ['open', 'draft'] }, 'title', {
          offset: 0,
          limit: 200,
        });
        const { states } = await store.queueSummary(evaluator);
        if (page.entries.length !== 200 || states.open !== count)
          throw new Error('the queue is not complete');
        await store.close();
      }),
    );
  }
  const opening = median(openings);
  printRow({
    name: 'opening the queue on 100,000 tasks',
    measured: `${opening.toFixed(0)} ms`,
    goal: '< 300 ms',
    ratio: opening / 300,
  });
}

/** The first requests of the Inspect view, for each filter and order; the slowest counts. */
async function benchInspect(database: string): Promise<void> {
  const store = await openSqliteStore(database);
  for (let first = 0; first < count; first += 1_000) {
    const reviews = Array.from({ length: 1_000 }, (_, index) => {
      const n = first + index;
      const revises = n % 50 === 49 ? { revises: sampleId(n - 1) } : {};
      return { ...sampleReview(n, `task-${n}`, { evaluator: `e${n % 9}`, ...revises }), prevHash: '' };
    });
    await importReviews(store, reviews);
  }
  const rounds = [];
  const choices = [
    ...inspectShows.map((show) => [show, 'newest'] as const),
    ...inspectSorts.map((sort) => ['unresolved', sort] as const),
  ];
  for (const [show, sort] of choices) {
    const times: number[] = [];
    const list = () => store.inspectList({ reviewer: evaluator, show }, sort, { limit: 200 });
    for (let round = 0; round < 5; round += 1) times.push(await timed(async () => void (await list())));
    rounds.push(median(times));
  }
  await store.close();
  const slowest = Math.max(...rounds);
  printRow({
    name: 'listing 100,000 reviews to inspect',
    measured: `${slowest.toFixed(0)} ms`,
    goal: '< 500 ms',
    ratio: slowest / 500,
  });
}

/** `tiebreak --help` as it ships, against a Node that does nothing. */
function benchStart(): void {
  const bundle = join(import.meta.dirname, '../../dist/cli/tiebreak.js');
  if (!existsSync(bundle)) throw new Error('the command line is not built: run "npm run build"');
  const rounds = Array.from({ length: 9 }, () => ({
    bare: spawned(['-e', '0']),
    help: spawned([bundle, '--help']),
  }));
  const [bare, help] = [median(rounds.map((round) => round.bare)), median(rounds.map((round) => round.help))];
  printRow({
    name: 'start of the command line, against a bare node',
    measured: `${help.toFixed(0)} ms`,
    goal: '< 150 ms',
    ratio: help / bare,
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How long a Node takes from start to end, in milliseconds. */
function spawned(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}
