import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Skip } from '../core/review.ts';
import type { Task } from '../core/task.ts';
import type { Origin } from './authorFile.ts';
import { emptyReport, sumReports, type ImportReport } from './importReport.ts';
import { checkedRecords } from './recordImport.ts';
import type { RecordImportCounts, Store } from './store.ts';
import { TaskFileReader, type RecordLine } from './taskFile.ts';

export interface ImportOptions {
  /** Stops the import between two batches; what was imported by then stays, and the report tells how much. */
  readonly signal?: AbortSignal;
  /**
   * Whose file it is: it is then held against what is known of the author, and only their final records are taken from
   * it, and tasks that are not here.
   */
  readonly origin?: Origin;
  /** The folder of local clones that tasks may name revisions of. */
  readonly clones?: string | undefined;
  /** Called after every batch: lines read so far, and the share of the file, from 0 to 1. */
  readonly onProgress?: (progress: { readonly lines: number; readonly share: number }) => void;
}

/** How many tasks are one transaction: few enough not to keep the process and other windows waiting. */
const batchSize = 2_000;
/** The same for final records, which carry their runs and are larger. */
const recordBatchSize = 200;

/**
 * Imports a file of tasks or of the Tiebreak format, a batch a transaction, so that the process and other windows go
 * on. Broken lines are reported and the good ones beside them kept. Final records are taken only when every link of
 * their chains holds and the file is as it was exported: else the whole file is refused with `exchange-tampered`, before
 * anything is stored. Rejects with `file-unreadable` or the store's errors.
 */
export async function importFile(
  store: Store,
  path: string,
  { signal, origin, clones, onProgress }: ImportOptions = {},
): Promise<ImportReport> {
  const { reviews, ledger } = await checkedRecords(store, path, origin);
  const reader = new TaskFileReader(path, clones);
  let report = emptyReport;
  for await (const { tasks, records, share } of reader.batches(batchSize)) {
    if (signal?.aborted === true) return { ...report, problems: reader.problems };
    const counts =
      origin === undefined
        ? { ...(await store.importTasks(tasks)), ...(await importRecords(store, records)) }
        : await store.importTasks(await unknownTasks(store, tasks));
    report = sumReports([report, { ...emptyReport, ...counts }]);
    onProgress?.({ lines: reader.lines, share });
    await nextTurn();
  }
  for (const some of batchesOf(reviews)) {
    if (signal?.aborted === true) break;
    report = sumReports([report, { ...emptyReport, reviews: await store.importReviews(some) }]);
    await nextTurn();
  }
  for (const some of batchesOf(ledger)) {
    if (signal?.aborted === true) break;
    report = sumReports([report, { ...emptyReport, ledger: await store.importLedger(some) }]);
    await nextTurn();
  }
  return { ...report, problems: reader.problems };
}

async function unknownTasks(store: Store, tasks: readonly Task[]): Promise<Task[]> {
  const known = await Promise.all(tasks.map(({ id }) => store.task(id)));
  return tasks.filter((_, index) => known[index] === undefined);
}

function* batchesOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += recordBatchSize)
    yield items.slice(start, start + recordBatchSize);
}

/** Skips and runs; the final ones among the records were checked as a whole and wait for the end. */
async function importRecords(
  store: Store,
  lines: readonly RecordLine[],
): Promise<{ skips: RecordImportCounts; runs: RecordImportCounts }> {
  const records = lines.map(({ record }) => record);
  if (records.length === 0) return { skips: emptyReport.skips, runs: emptyReport.runs };
  return {
    skips: await importSkips(
      store,
      records.flatMap((record) => (record.kind === 'skip' ? [record.skip] : [])),
    ),
    runs: await store.importRuns(records.flatMap((record) => (record.kind === 'run' ? [record.run] : []))),
  };
}

/** Adds the skips that are not there; one that the evaluator has made here since is kept. */
async function importSkips(store: Store, skips: readonly Skip[]): Promise<RecordImportCounts> {
  if (skips.length === 0) return emptyReport.skips;
  const known = new Map((await store.skips()).map((skip) => [skipKey(skip), skip]));
  const counts = { added: 0, unchanged: 0, refused: [] as string[] };
  for (const skip of skips) {
    const stored = known.get(skipKey(skip));
    if (stored === undefined) {
      await store.skip(skip);
      known.set(skipKey(skip), skip);
      counts.added += 1;
    } else if (stored.at === skip.at && stored.reason === skip.reason) counts.unchanged += 1;
    else counts.refused.push(skip.taskId);
  }
  return counts;
}

function skipKey({ evaluator, taskId }: Skip): string {
  return JSON.stringify([evaluator, taskId]);
}
