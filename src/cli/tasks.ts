import { tiebreakError } from '../core/errors.ts';
import type { Answer, Task } from '../core/task.ts';
import { readStretches } from '../store/fileLines.ts';
import { withFiles } from '../store/taskSource.ts';
import { problemLine } from './problems.ts';
import type { Terminal } from './terminal.ts';

/** One answer of one task: the piece of work of `run` and `check`. */
export interface AnswerJob {
  readonly task: Task;
  readonly answer: Answer;
}

/** Where the clones lie that tasks name revisions of. */
export const clonesOption = { clones: { type: 'string' } } as const;
/** The options of every command that works on a file of tasks. */
export const taskOption = { task: { type: 'string' }, ...clonesOption } as const;

/** The lines of the help for them. */
export const clonesHelp = `  --clones DIR   the folder of local clones that tasks name revisions of; beside the file of tasks where not given`;

/**
 * The tasks of a file, or the one of that id. Broken lines are told and counted. Rejects with `task-missing` when no
 * task has the id and `file-unreadable` when the file cannot be read.
 */
export async function readTasks(
  file: string,
  { task: taskId, clones }: { readonly task?: string | undefined; readonly clones?: string | undefined },
  terminal: Terminal,
): Promise<{ tasks: Task[]; broken: number }> {
  const tasks: Task[] = [];
  let broken = 0;
  for await (const { items } of readStretches(file, soleText(taskId))) {
    for (const line of items) {
      if (line.kind === 'task' && taskId !== undefined && line.task.id !== taskId) continue;
      const item = await withFiles(line, file, clones);
      if (item.kind === 'task') tasks.push(item.task);
      if (item.kind !== 'problem') continue;
      terminal.note(problemLine(item.problem));
      broken += 1;
    }
  }
  if (taskId === undefined || tasks.length > 0) return { tasks, broken };
  throw tiebreakError('task-missing', {
    what: `there is no task "${taskId}"`,
    where: file,
    mend: 'Check the id, and the broken lines if any were named',
  });
}

/** A text that the line of the wanted task surely holds: an id that JSON writes in one way only. */
function soleText(taskId: string | undefined): string | undefined {
  return taskId !== undefined && /^[\w.-]+$/.test(taskId) ? taskId : undefined;
}

/** Every answer of the tasks, those of one task next to each other. */
export function answerJobs(tasks: readonly Task[]): AnswerJob[] {
  return tasks.flatMap((task) => task.answers.map((answer) => ({ task, answer })));
}

/**
 * Does work on several items at a time and gives the results in the order of the items. `work` must not reject: what
 * went wrong is part of its result.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    running.push(work(item));
    if (running.length >= atOnce) yield await running.shift()!;
  }
  for (const result of running) yield await result;
}
