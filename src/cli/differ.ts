import type { Differences, Witness } from '../core/differing/record.ts';
import type { Task } from '../core/task/task.ts';
import { differencesOf, findDifferences, programsOf } from '../sessions/differing/findDifferences.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { runnerOf, tellFailure } from './runner.ts';
import { clonesRow, inOrder, TaskReader, taskOption, taskRow } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: 'TASKS.jsonl [--task ID] [--seed N] [--budget 10s] [--clones DIR] [--json]',
  description: [
    'Searches for inputs on which the two answers of a task differ, and shows at most five, the smallest of each kind, with ' +
      "what both answers do. A difference does not show which answer is right. Each was confirmed in a fresh sandbox, as the task's cases run.",
    'Inputs are made from the cases of the task, the examples and bounds of its prompt, and the literals of both answers. No ' +
      'model is asked, and no database is read or written. Two tasks are searched at a time.',
  ],
  options: [
    taskRow,
    clonesRow,
    ['--seed N', 'the start of the random numbers; the same seed tries the same inputs. Default: 1'],
    ['--budget 10s', 'how long to search each task, in seconds (s) or minutes (m). Default: 10s'],
    ['--json', 'print one line of JSON per task'],
  ],
  exitStatus: [
    ['0', 'every task was searched, whether or not a difference was found'],
    ['1', 'some tasks could not be searched, or some lines of the file were invalid'],
  ],
};

const options = {
  ...taskOption,
  seed: { type: 'string', default: '1' },
  budget: { type: 'string', default: '10s' },
  json: { type: 'boolean', default: false },
} as const;

const tasksAtOnce = 2;

type Searched = { readonly task: Task } & ({ readonly found: Differences } | { readonly error: unknown });

export const differCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('differ', args, options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('differ', 'no file of tasks given');
    if (extra !== undefined)
      throw usageError('differ', `unexpected argument "${extra}": give one file at a time`);
    const search = searcherOf(context, { seed: seedIn(values.seed), ms: budgetIn(values.budget) });
    const reader = new TaskReader(file, values, context.terminal);
    let failed = 0;
    for await (const searched of inOrder(reader.tasks(), tasksAtOnce, search)) {
      if (context.signal.aborted) break;
      if ('error' in searched) failed += tellFailure(searched.task.id, searched.error, context.terminal);
      else if (values.json) await context.terminal.json(searched.found);
      else await show(searched.found, context.terminal);
    }
    context.terminal.progress('');
    return failed + reader.broken === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

function searcherOf(
  context: CommandContext,
  { seed, ms }: { readonly seed: number; readonly ms: number },
): (task: Task) => Promise<Searched> {
  const services = runnerOf(context);
  const { signal, terminal } = context;
  return async (task) => {
    try {
      signal.throwIfAborted();
      const programs = programsOf(task, services.toolchains);
      const found = await findDifferences(
        services,
        { task, programs },
        {
          seed,
          budget: { ms },
          signal,
          onProgress: ({ pairs, differences }) =>
            terminal.progress(
              `${task.id}: ${pairs.toLocaleString('en')} inputs, ${differences} kinds of differences`,
            ),
        },
      );
      return { task, found: differencesOf(task.id, found) };
    } catch (error) {
      return { task, error };
    }
  };
}

function seedIn(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError('differ', `"${text}" is no seed: give a whole number of at most nine digits`);
}

function budgetIn(text: string): number {
  const [, digits, unit] = /^(\d{1,4})(s|m)$/.exec(text) ?? [];
  const ms = Number(digits) * (unit === 'm' ? 60_000 : 1000);
  if (ms > 0) return ms;
  throw usageError('differ', `"${text}" is no budget: give seconds or minutes, such as 10s or 2m`);
}

async function show({ taskId, pairs, seed, ms, witnesses }: Differences, terminal: Terminal): Promise<void> {
  const counts = `${pairs.toLocaleString('en')} inputs, seed ${seed}, ${(ms / 1000).toFixed(1)} s`;
  const found =
    witnesses.length === 0
      ? 'no difference'
      : `${witnesses.length} ${witnesses.length === 1 ? 'difference' : 'differences'}`;
  await terminal.line(
    `${taskId}: `,
    { colour: witnesses.length === 0 ? 'yellow' : 'green', text: found },
    ` (${counts})`,
  );
  for (const witness of witnesses) await showWitness(witness, terminal);
}

async function showWitness(witness: Witness, terminal: Terminal): Promise<void> {
  const { input, args, withinBounds, a, b } = witness;
  const outside = withinBounds ? '' : ' (outside of what the prompt and the cases suggest)';
  await terminal.line(`  input ${JSON.stringify(input ?? args)}${outside}`);
  await terminal.line(`    A: ${JSON.stringify(a)}`);
  await terminal.line(`    B: ${JSON.stringify(b)}`);
}
