import type { Run } from '../../core/run/run.ts';
import type { Task } from '../../core/task/task.ts';
import type { ImportChoice, ImportRecords, PendingImport, Store, StoredImport } from '../store.ts';
import { integerOf, valueOf, type Database } from './database.ts';
import { noCounts } from './finalRecords.ts';
import { importEntry } from './ledger.ts';
import { importReview } from './reviews.ts';
import { importRun } from './runs.ts';
import { createStagedTasks, dropStagedTasks, mergeTasks, stageTasks } from './stagedTasks.ts';
import { importSkip } from './work.ts';

/** Number of records per step; they contain runs and are larger than tasks. */
const stepSize = 200;

/** Begins imports one after the other, each in one transaction: the temporary tables hold one import. */
export function importsInTurn(db: Database): Store['beginImport'] {
  /** Settles when the last import that was begun is discarded. */
  let last = Promise.resolve();
  return async (choice = {}) => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    try {
      await db.stage(() => createTables(db));
    } catch (error) {
      resolve();
      throw error;
    }
    return new StagedImport(db, choice, resolve);
  };
}

class StagedImport implements PendingImport {
  readonly #db: Database;
  readonly #choice: ImportChoice;
  readonly #release: () => void;
  #tasks = 0;
  #runs = 0;

  constructor(db: Database, choice: ImportChoice, release: () => void) {
    this.#db = db;
    this.#choice = choice;
    this.#release = release;
  }

  async addTasks(tasks: readonly Task[]): Promise<void> {
    await this.#db.stage(() => stageTasks(this.#db, tasks, this.#tasks));
    this.#tasks += tasks.length;
  }

  async addRuns(runs: readonly Run[]): Promise<void> {
    await this.#db.stage(() => {
      for (const run of runs)
        this.#db.run('INSERT INTO temp.staged_runs (json) VALUES (?)', [JSON.stringify(run)]);
    });
    this.#runs += runs.length;
  }

  commit(
    records: Partial<ImportRecords> = {},
    { signal, onProgress }: Parameters<PendingImport['commit']>[1] = {},
  ): Promise<StoredImport> {
    const { skips = [], reviews = [], ledger = [] } = records;
    const total = this.#tasks + this.#runs + skips.length + reviews.length + ledger.length;
    let done = 0;
    return this.#db.writeInSteps(() => storeAll(this.#db, this.#choice, records), {
      ...(signal && { signal }),
      onStep: (count) => {
        done += count;
        onProgress?.(total === 0 ? 1 : done / total);
      },
    });
  }

  async discard(): Promise<void> {
    try {
      await this.#db.stage(() => dropTables(this.#db));
    } finally {
      this.#release();
    }
  }
}

function createTables(db: Database): void {
  createStagedTasks(db);
  db.run('CREATE TEMP TABLE staged_runs (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT');
}

function dropTables(db: Database): void {
  dropStagedTasks(db);
  db.run('DROP TABLE IF EXISTS temp.staged_runs');
}

/** Stores an import and yields the number of items after each step: the tasks first, because the records name them. */
function* storeAll(
  db: Database,
  choice: ImportChoice,
  { skips = [], reviews = [], ledger = [] }: Partial<ImportRecords>,
): Generator<number, StoredImport> {
  const tasks = yield* mergeTasks(db, choice);
  const stored = { skips: noCounts(), runs: noCounts(), reviews: noCounts(), ledger: noCounts() };
  yield* inSteps(skips, (skip) => importSkip(db, skip, stored.skips));
  yield* inSteps(stagedRuns(db), (run) => importRun(db, run, stored.runs));
  yield* inSteps(reviews, (review) => importReview(db, review, stored.reviews));
  yield* inSteps(ledger, (entry) => importEntry(db, entry, stored.ledger));
  return { ...tasks, ...stored };
}

function* inSteps<Item>(items: Iterable<Item>, store: (item: Item) => void): Generator<number, void> {
  let count = 0;
  for (const item of items) {
    store(item);
    count += 1;
    if (count % stepSize === 0) yield stepSize;
  }
  yield count % stepSize;
}

function* stagedRuns(db: Database): Generator<Run> {
  const next = 'SELECT n, json FROM temp.staged_runs WHERE n > :after ORDER BY n LIMIT 1';
  let row = db.get(next, { after: 0 });
  while (row !== undefined) {
    yield valueOf(row) as Run;
    row = db.get(next, { after: integerOf(row, 'n') });
  }
}
