import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Skip } from '../../core/review/review.ts';
import { duplicateOf } from '../../core/task/duplicate.ts';
import { lacksNewline, withNewlines } from '../../core/task/input.ts';
import type { Task } from '../../core/task/task.ts';
import type { Origin } from '../records/authorFile.ts';
import type { ImportReport } from './importReport.ts';
import { checkedRecords } from '../records/recordImport.ts';
import type { PendingImport, Store } from '../../store/store.ts';
import { TaskFileReader, type RecordLine } from './taskFile.ts';

export interface ImportOptions {
  /** Cancels the import. Nothing of the file is stored then. */
  readonly signal?: AbortSignal;
  /**
   * The author of the file. If given, the file is checked against the known records of the author, and only the author's
   * final records and new tasks are imported.
   */
  readonly origin?: Origin;
  /** The folder of the local clones whose revisions tasks may name. */
  readonly clones?: string | undefined;
  /** Adds a newline to each input of a case that does not end with one. */
  readonly endInputs?: boolean;
  /** Called after every batch: lines read so far, and the share of the file, from 0 to 1. */
  readonly onProgress?: (progress: { readonly lines: number; readonly share: number }) => void;
}

/** Number of tasks that are collected at a time: few, so that they are forgotten as quickly as they were made. */
const batchSize = 100;
/** Share of the progress for reading the file; the rest is for storing what it holds. */
const readingShare = 0.6;

/**
 * Imports a task file or a file of the Tiebreak format. The file is read once, and everything in it is stored in one
 * transaction at the end: if the import is cancelled or fails, nothing of it is stored. Invalid lines are reported; valid
 * lines are imported. If a chain of final records is invalid, or the file was changed since its export, the whole file is
 * refused with `exchange-tampered`. Rejects with the signal's reason, `file-unreadable` or the store's errors.
 */
export async function importFile(
  store: Store,
  path: string,
  { signal, origin, clones, endInputs = false, onProgress }: ImportOptions = {},
): Promise<ImportReport> {
  const reader = new TaskFileReader(path, clones);
  // The file of an exchange is named after its author, whom evaluators must not see.
  const pending = await store.beginImport(
    origin === undefined ? { file: basename(path) } : { onlyNewTasks: true },
  );
  try {
    const skips: Skip[] = [];
    const inputs = { unended: 0 };
    let firstTask: string | undefined;
    for await (const { tasks: given, records, share } of reader.batches(batchSize, signal)) {
      signal?.throwIfAborted();
      const tasks = endInputs ? given.map(withNewlines) : given;
      inputs.unended += unendedInputs(tasks);
      firstTask ??= firstOf(tasks);
      await pending.addTasks(tasks);
      if (origin === undefined) skips.push(...(await collectRecords(pending, records)));
      onProgress?.({ lines: reader.lines, share: share * readingShare });
      await nextTurn();
    }
    const final = await checkedRecords(store, path, reader.finalRecords, origin);
    const stored = await pending.commit(
      { ...final, skips },
      {
        ...(signal && { signal }),
        onProgress: (share) =>
          onProgress?.({ lines: reader.lines, share: readingShare + share * (1 - readingShare) }),
      },
    );
    return {
      ...stored,
      ...(firstTask !== undefined && { firstTask }),
      problems: reader.problems,
      notKept: Object.fromEntries(reader.notKept),
      unendedInputs: inputs.unended,
    };
  } finally {
    await pending.discard();
  }
}

function unendedInputs(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { cases = [] }) => sum + cases.filter(lacksNewline).length, 0);
}

/** Id of the first task that is neither gold nor a duplicate. */
function firstOf(tasks: readonly Task[]): string | undefined {
  return tasks.find((task) => task.gold === undefined && duplicateOf(task) === undefined)?.id;
}

/** Collects the runs and returns the skips. Final records are checked as a whole, and stored after them. */
async function collectRecords(pending: PendingImport, lines: readonly RecordLine[]): Promise<Skip[]> {
  const records = lines.map(({ record }) => record);
  const runs = records.flatMap((record) => (record.kind === 'run' ? [record.run] : []));
  if (runs.length > 0) await pending.addRuns(runs);
  return records.flatMap((record) => (record.kind === 'skip' ? [record.skip] : []));
}
