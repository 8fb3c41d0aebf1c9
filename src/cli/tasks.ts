import { tiebreakError } from '../core/errors.ts';
import type { Answer, Task } from '../core/task/task.ts';
import type { TaskLine } from '../core/files/taskfile.ts';
import { readFileParts, type FilePart } from '../transfer/import/fileLines.ts';
import { withFiles } from '../transfer/import/taskSource.ts';
import { problemLine } from './problems.ts';
import type { HelpRow } from './commandHelp.ts';
import type { Terminal } from './terminal.ts';

/** One answer of one task, which `run` and `check` work on. */
export interface AnswerJob {
  readonly task: Task;
  readonly answer: Answer;
}

/** The folder of the local clones whose revisions tasks refer to. */
export const clonesOption = { clones: { type: 'string' } } as const;
/** The options of every command that works on a file of tasks. */
export const taskOption = { task: { type: 'string' }, ...clonesOption } as const;

/** The rows of the help for them. */
export const taskRow: HelpRow = ['--task ID', 'only this task'];
export const clonesRow: HelpRow = [
  '--clones DIR',
  'the folder of local clones whose revisions tasks refer to; default: the folder of the file of tasks',
];

/** What to read of a file of tasks. */
interface TaskChoice {
  /** Only the task with this id. */
  readonly task?: string | undefined;
  readonly clones?: string | undefined;
}

/** How many tasks a file has. An estimate, from the part that was read, is not exact. */
export interface TaskCount {
  readonly count: number;
  readonly isExact: boolean;
}

/** Reads a file of tasks piece by piece, so that its size does not matter. Invalid lines are reported and counted. */
export class TaskReader {
  readonly #file: string;
  readonly #choice: TaskChoice;
  readonly #terminal: Terminal;
  #broken = 0;
  #read = 0;
  #unusable = 0;
  /** The share of the file that was read. */
  #share = 0;
  #isWhole = false;

  constructor(file: string, choice: TaskChoice, terminal: Terminal) {
    this.#file = file;
    this.#choice = choice;
    this.#terminal = terminal;
  }

  /** The number of invalid lines so far. */
  get broken(): number {
    return this.#broken;
  }

  /** How many tasks there are to read; `undefined` before anything is known. */
  get total(): TaskCount | undefined {
    if (this.#isWhole) return { count: this.#read - this.#unusable, isExact: true };
    if (this.#share === 0 || this.#choice.task !== undefined) return undefined;
    return { count: Math.round((this.#read - this.#unusable) / this.#share), isExact: false };
  }

  /**
   * The tasks of the file, or only the one with the wanted id. Throws `task-missing` at the end if no task has the id, and
   * `file-unreadable` if the file cannot be read.
   */
  async *tasks(): AsyncGenerator<Task> {
    const { clones } = this.#choice;
    for await (const line of this.#lines()) {
      const item = await withFiles(line, this.#file, clones);
      if (item.kind === 'task') yield item.task;
      if (item.kind !== 'problem') continue;
      if (line.kind === 'task') this.#unusable += 1;
      this.#terminal.note(problemLine(item.problem));
      this.#broken += 1;
    }
    const { task } = this.#choice;
    if (task === undefined || this.#read > this.#unusable) return;
    throw tiebreakError('task-missing', {
      what: `there is no task "${task}"`,
      where: this.#file,
      remedy: 'Check the id, and the invalid lines if any were reported',
    });
  }

  /** The wanted lines. Reads one part ahead, to know at the last part how many tasks there are. */
  async *#lines(): AsyncGenerator<TaskLine> {
    const parts = readFileParts(this.#file, soleText(this.#choice.task));
    try {
      let part = await this.#next(parts);
      while (part !== undefined) {
        const next = await this.#next(parts);
        yield* part;
        part = next;
      }
    } finally {
      await parts.return(undefined);
    }
  }

  async #next(parts: AsyncGenerator<FilePart>): Promise<TaskLine[] | undefined> {
    const { value: part, done } = await parts.next();
    this.#isWhole = done === true;
    if (done === true) return undefined;
    const { task } = this.#choice;
    const wanted = [...part.content]
      .map(({ item }) => item)
      .filter((item) => item.kind !== 'task' || task === undefined || item.task.id === task);
    this.#read += wanted.filter(({ kind }) => kind === 'task').length;
    this.#share = part.share;
    return wanted;
  }
}

/** All wanted tasks of a file at once, and the number of invalid lines. Rejects as `TaskReader` does. */
export async function readTasks(
  file: string,
  choice: TaskChoice,
  terminal: Terminal,
): Promise<{ tasks: Task[]; broken: number }> {
  const reader = new TaskReader(file, choice, terminal);
  const tasks = await Array.fromAsync(reader.tasks());
  return { tasks, broken: reader.broken };
}

/**
 * Text that the line of the wanted task must contain, so that other lines can be skipped: the id, if JSON has only one way to
 * write it. `undefined` for ids of other programs' records: they end in a hash that no line contains.
 */
function soleText(taskId: string | undefined): string | undefined {
  if (taskId === undefined || /-[0-9a-f]{8,}$/.test(taskId)) return undefined;
  return /^[\w.-]+$/.test(taskId) ? taskId : undefined;
}

/** Every answer of the tasks, those of one task next to each other. */
export function answerJobs(tasks: readonly Task[]): AnswerJob[] {
  return tasks.flatMap((task) => task.answers.map((answer) => ({ task, answer })));
}

/**
 * Works on several items at a time and returns the results in the order of the items. `work` must not reject: its result
 * includes any error.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    running.push(work(item));
    if (running.length >= atOnce) yield await running.shift()!;
  }
  for (const result of running) yield await result;
}

/** The same, but returns each result as soon as it is known. */
export async function* asFinished<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running = new Set<Promise<void>>();
  const finished: Result[] = [];
  for await (const item of items) {
    const begun = work(item).then((result) => {
      running.delete(begun);
      finished.push(result);
    });
    running.add(begun);
    if (running.size >= atOnce) await Promise.race(running);
    yield* finished.splice(0);
  }
  while (running.size > 0) {
    await Promise.race(running);
    yield* finished.splice(0);
  }
  // The last ones may have ended while the caller was busy with a result.
  yield* finished;
}
