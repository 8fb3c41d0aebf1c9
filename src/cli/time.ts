import { answerProgram } from '../core/extraction/programFiles.ts';
import type { Timing } from '../core/run/run.ts';
import type { Case, Task } from '../core/task/task.ts';
import { timingLines } from '../core/run/timingWords.ts';
import type { TimingRequest } from '../runner/runner.ts';
import type { Toolchains } from '../runner/toolchains/toolchains.ts';
import { timingRequest } from '../sessions/review/runRequest.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { runnerOf, tellFailure } from './runner.ts';
import { clonesRow, readTasks, taskOption, taskRow } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: 'TASKS.jsonl [--task ID] [--case ID] [--pairs N] [--clones DIR] [--json]',
  description: [
    'Compares the running times of the two answers of each task on its cases. The answers run alternately in the ' +
      'sandbox, never at the same time. The result is the ratio of their times with its interval, or "no difference ' +
      'within noise". For a case with a generator, it also shows how the time of each answer grows with n.',
    'No database is read or written. For reliable results, close other programs that keep the machine busy.',
  ],
  options: [
    taskRow,
    ['--case ID', 'only this case'],
    ['--pairs N', 'how often each answer runs on each case; at least 5, default: 11'],
    clonesRow,
    ['--json', 'print the records of the times as JSON, one per line'],
  ],
  exitStatus: [
    ['0', 'all cases were compared'],
    ['1', 'some answers do not pass a case or cannot be run, or some lines of the file were invalid'],
  ],
};

const options = {
  ...taskOption,
  case: { type: 'string' },
  pairs: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** One case of one task with two answers. */
interface Duel {
  readonly task: Task;
  readonly testCase: Case;
}

export const timeCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('time', args, options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('time', 'no file of tasks given');
    if (extra !== undefined)
      throw usageError('time', `unexpected argument "${extra}": give one file at a time`);
    const pairs = values.pairs === undefined ? undefined : Number(values.pairs);
    if (pairs !== undefined && !(Number.isInteger(pairs) && pairs >= 5))
      throw usageError('time', `invalid --pairs "${values.pairs}": give a whole number, 5 or more`);
    const { tasks, broken } = await readTasks(file, values, context.terminal);
    const duels = duelsOf(tasks, values.case);
    if (duels.length === 0) throw usageError('time', 'no task with two answers has such a case');
    const unsound = await timeAll(duels, { pairs, json: values.json }, context);
    return unsound + broken === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

function duelsOf(tasks: readonly Task[], caseId: string | undefined): Duel[] {
  return tasks
    .filter((task) => task.answers.length === 2)
    .flatMap((task) => (task.cases ?? []).map((testCase) => ({ task, testCase })))
    .filter(({ testCase }) => caseId === undefined || testCase.id === caseId);
}

/**
 * Times one case after the other, because two at once would disturb each other. Returns the number of cases that an answer
 * does not pass or that cannot be run.
 */
async function timeAll(
  duels: readonly Duel[],
  { pairs, json }: { readonly pairs: number | undefined; readonly json: boolean },
  context: CommandContext,
): Promise<number> {
  const { runner, toolchains } = runnerOf(context);
  const { terminal, signal } = context;
  let unsound = 0;
  for (const duel of duels) {
    const name = `${duel.task.id}, case ${duel.testCase.id}`;
    let timing: Timing | undefined;
    try {
      timing = await runner.time(requestOf(duel, toolchains, pairs), {
        signal,
        onProgress: ({ done, total }) => terminal.progress(`${name}: ${done} of ${total} runs`),
      });
    } catch (error) {
      unsound += tellFailure(name, error, terminal);
      continue;
    }
    if (timing === undefined) break;
    if (timing.answers.some(({ problem }) => problem !== undefined)) unsound += 1;
    if (json) await terminal.json(timing);
    else await showTiming(name, timing, terminal);
  }
  terminal.progress('');
  return unsound;
}

function requestOf(
  { task, testCase }: Duel,
  toolchains: Toolchains,
  pairs: number | undefined,
): TimingRequest {
  const { mainFile } = toolchains.toolchain(task.language);
  const [first, second] = task.answers.map((answer) => ({
    answerId: answer.id,
    ...answerProgram(task, answer, { mainFile }),
  }));
  return timingRequest(task, testCase, [first!, second!], pairs);
}

async function showTiming(name: string, timing: Timing, terminal: Terminal): Promise<void> {
  const [first, second] = timing.answers.map(({ answerId }) => answerId);
  await terminal.line(name);
  for (const line of timingLines(timing, [first!, second!])) await terminal.line(`  ${line}`);
}
