import type { Task } from '../../core/task/task.ts';
import type { LineProblem, TaskLine } from '../../core/files/taskfile.ts';
import { FinalRecordCollector } from '../records/fileRecords.ts';
import { readFileParts } from './fileLines.ts';
import { needsFiles, withFiles } from './taskSource.ts';

/** A record of the Tiebreak format other than a task, with its line. */
export type RecordLine = Extract<TaskLine, { kind: 'record' }>;

/** A batch of tasks of a file and the records among them; `share` is the share of the file read, from 0 to 1. */
export interface TaskBatch {
  readonly tasks: Task[];
  readonly records: RecordLine[];
  readonly share: number;
}

/** A batch is full at this many characters: collecting them takes some tens of milliseconds. */
const heavyBatch = 2 << 20;

/**
 * Reads a task file once, including the files that its tasks name elsewhere, and collects the invalid lines and the final
 * records.
 */
export class TaskFileReader {
  readonly finalRecords: FinalRecordCollector;
  readonly problems: LineProblem[] = [];
  /** Number of lines read so far. */
  lines = 0;
  /** Members of other programs' records that were not kept: name → number of records with this member. */
  readonly notKept = new Map<string, number>();
  readonly #path: string;
  readonly #clones: string | undefined;
  /** Task id → line number. */
  readonly #seen = new Map<string, number>();

  /** `clones`: the folder of the local clones whose revisions tasks may name. */
  constructor(path: string, clones?: string) {
    this.#path = path;
    this.#clones = clones;
    this.finalRecords = new FinalRecordCollector(path);
  }

  /** Batches of at most `size` tasks and records. Rejects with `file-unreadable`, `exchange-tampered` or the signal's reason. */
  async *batches(size: number, signal?: AbortSignal): AsyncGenerator<TaskBatch> {
    let batch: TaskBatch = { tasks: [], records: [], share: 0 };
    let weight = 0;
    let isNewer = false;
    for await (const { content, lines, share } of readFileParts(this.#path)) {
      signal?.throwIfAborted();
      for (const fileLine of content) {
        this.finalRecords.add(fileLine);
        // The final records after a record of a newer version are still checked.
        if (isNewer) continue;
        const { item } = fileLine;
        const whole = needsFiles(item) ? await withFiles(item, this.#path, this.#clones) : item;
        this.#take(whole, batch);
        isNewer = item.kind === 'problem' && item.isNewer === true;
        weight += weightOf(whole);
        if (batch.tasks.length + batch.records.length < size && weight < heavyBatch) continue;
        yield { ...batch, share };
        weight = 0;
        batch = { tasks: [], records: [], share };
      }
      this.lines = lines;
    }
    yield { ...batch, share: 1 };
  }

  /** Adds the content of a line to the batch or the problems. */
  #take(item: TaskLine, { tasks, records }: TaskBatch): void {
    if (item.kind === 'problem') this.problems.push(item.problem);
    if (item.kind === 'record') records.push(item);
    if (item.kind !== 'task' || !this.#isFirst(item.task.id, item.line)) return;
    tasks.push(item.task);
    for (const name of item.notKept ?? []) this.notKept.set(name, (this.notKept.get(name) ?? 0) + 1);
  }

  #isFirst(id: string, line: number): boolean {
    const known = this.#seen.get(id);
    if (known === undefined) {
      this.#seen.set(id, line);
      return true;
    }
    const reason = `the task "${id}" is already on line ${known}`;
    this.problems.push({ file: this.#path, line, reason, remedy: 'Give each task a unique id' });
    return false;
  }
}

function weightOf(item: TaskLine): number {
  if (item.kind !== 'task') return 0;
  const { answers, files = [], prompt } = item.task;
  return [...answers, ...files].reduce((sum, { text }) => sum + text.length, prompt.length);
}
