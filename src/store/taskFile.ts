import type { Task } from '../core/task.ts';
import type { LineProblem, TaskLine } from '../core/taskfile.ts';
import { readStretches } from './fileLines.ts';
import { withFiles } from './taskSource.ts';

/** A record of the Tiebreak format that is no task, with its line. */
export type RecordLine = Extract<TaskLine, { kind: 'record' }>;

/** Some tasks of a file and the records that stood among them; `share` of the file was read, from 0 to 1. */
export interface TaskBatch {
  readonly tasks: Task[];
  readonly records: RecordLine[];
  readonly share: number;
}

/** How many characters of files, read from elsewhere, make a batch full. */
const heavyBatch = 64 << 20;

/** Reads a file of tasks, with the files that they have elsewhere, and remembers the lines that hold none. */
export class TaskFileReader {
  readonly problems: LineProblem[] = [];
  /** How many lines were read so far. */
  lines = 0;
  readonly #path: string;
  readonly #clones: string | undefined;
  /** Task id → the line it stood in. */
  readonly #seen = new Map<string, number>();

  /** `clones`: the folder of local clones that tasks may name revisions of. */
  constructor(path: string, clones?: string) {
    this.#path = path;
    this.#clones = clones;
  }

  /** At most `size` tasks at a time, one batch at least. Rejects with `file-unreadable`. */
  async *batches(size: number): AsyncGenerator<TaskBatch> {
    let batch: TaskBatch = { tasks: [], records: [], share: 0 };
    let weight = 0;
    for await (const { items, lines, share } of readStretches(this.#path)) {
      this.lines = lines;
      for (const item of items) {
        const whole = await withFiles(item, this.#path, this.#clones);
        if (!this.#take(whole, batch)) return yield { ...batch, share: 1 };
        if (whole !== item) weight += weightOf(whole);
        if (batch.tasks.length + batch.records.length < size && weight < heavyBatch) continue;
        yield { ...batch, share };
        weight = 0;
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

function weightOf(item: TaskLine): number {
  if (item.kind !== 'task') return 0;
  return (item.task.files ?? []).reduce((sum, file) => sum + file.text.length, 0);
}
