import type { Task } from '../core/task.ts';
import type { LineProblem, TaskLine } from '../core/taskfile.ts';
import { readStretches } from './fileLines.ts';

/** A record of the Tiebreak format that is no task, with its line. */
export type RecordLine = Extract<TaskLine, { kind: 'record' }>;

/** Some tasks of a file and the records that stood among them; `share` of the file was read, from 0 to 1. */
export interface TaskBatch {
  readonly tasks: Task[];
  readonly records: RecordLine[];
  readonly share: number;
}

/** Reads a file of tasks and remembers the lines that hold none. */
export class TaskFileReader {
  readonly problems: LineProblem[] = [];
  /** How many lines were read so far. */
  lines = 0;
  readonly #path: string;
  /** Task id → the line it stood in. */
  readonly #seen = new Map<string, number>();

  constructor(path: string) {
    this.#path = path;
  }

  /** At most `size` tasks at a time, one batch at least. Rejects with `file-unreadable`. */
  async *batches(size: number): AsyncGenerator<TaskBatch> {
    let batch: TaskBatch = { tasks: [], records: [], share: 0 };
    for await (const { items, lines, share } of readStretches(this.#path)) {
      this.lines = lines;
      for (const item of items) {
        if (!this.#take(item, batch)) return yield { ...batch, share: 1 };
        if (batch.tasks.length + batch.records.length < size) continue;
        yield { ...batch, share };
        batch = { tasks: [], records: [], share };
      }
    }
    yield { ...batch, share: 1 };
  }

  /** Puts what a line holds where it belongs; `false` when nothing after it can be read. */
  #take(item: TaskLine, { tasks, records }: TaskBatch): boolean {
    if (item.kind === 'problem') this.problems.push(item.problem);
    if (item.kind === 'record') records.push(item);
    if (item.kind === 'task' && this.#isFirst(item.task.id, item.line)) tasks.push(item.task);
    return item.kind !== 'problem' || item.isNewer !== true;
  }

  #isFirst(id: string, line: number): boolean {
    const known = this.#seen.get(id);
    if (known === undefined) {
      this.#seen.set(id, line);
      return true;
    }
    const reason = `the task "${id}" stands in line ${known} already`;
    this.problems.push({ file: this.#path, line, reason, mend: 'Give each task an id of its own' });
    return false;
  }
}
