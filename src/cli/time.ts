import { answerProgram } from '../core/programFiles.ts';
import type { Timing } from '../core/run.ts';
import type { Case, Task } from '../core/task.ts';
import { timingLines } from '../core/timingWords.ts';
import type { TimingRequest } from '../runner/runner.ts';
import type { Toolchains } from '../runner/toolchains.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import { runnerOf } from './runner.ts';
import { clonesHelp, readTasks, taskOption } from './tasks.ts';

const help = `Usage: tiebreak time TASKS.jsonl [--task ID] [--case ID] [--pairs N] [--clones DIR] [--json]

Compares the times of both answers of each task on its cases: they run in turn in the sandbox, never at once, and the
ratio is told with its interval, or that there is no difference within noise. Where a case has a generator, it is told
how each answer's time grows with n. No database is read or written. Close what else keeps the machine busy.

Options:
  --task ID      only this task
  --case ID      only this case
  --pairs N      how often each answer runs on each case: 5 or more, 11 unless said
${clonesHelp}
  --json         records of the times as JSON, one a line

Exit status: 0 all was compared; 1 some answer does not pass a case, or lines of the file were broken.
`;

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
    if (file === undefined) throw usageError('time', 'no file of tasks was named');
    if (extra !== undefined) throw usageError('time', `"${extra}" is not expected: one file at a time`);
    const pairs = values.pairs === undefined ? undefined : Number(values.pairs);
    if (pairs !== undefined && !(Number.isInteger(pairs) && pairs >= 5))
      throw usageError('time', `"${values.pairs}" is no number of pairs: it is a whole number from 5 on`);
    const { tasks, broken } = await readTasks(file, values, context.terminal);
    const duels = duelsOf(tasks, values.case);
    if (duels.length === 0) throw usageError('time', 'no case of a task with two answers is meant');
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

/** One after the other, since two at once would disturb each other. Returns in how many an answer did not pass. */
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
    const timing = await runner.time(requestOf(duel, toolchains, pairs), {
      signal,
      onProgress: ({ done, total }) => terminal.progress(`${name}: ${done} of ${total} runs`),
    });
    if (timing === undefined) break;
    if (timing.answers.some(({ problem }) => problem !== undefined)) unsound += 1;
    await terminal.out(json ? `${JSON.stringify(timing)}\n` : paragraph(name, timing));
  }
  terminal.progress('');
  return unsound;
}

function requestOf(
  { task, testCase }: Duel,
  toolchains: Toolchains,
  pairs: number | undefined,
): TimingRequest {
  const { id, language, entry, build, limits } = task;
  const { mainFile } = toolchains.toolchain(language);
  const [first, second] = task.answers.map((answer) => ({
    answerId: answer.id,
    ...answerProgram(task, answer, { mainFile }),
  }));
  return {
    taskId: id,
    language,
    testCase,
    answers: [first!, second!],
    ...(entry !== undefined && { entry }),
    ...(build !== undefined && { build }),
    ...(limits !== undefined && { limits }),
    ...(pairs !== undefined && { pairs }),
  };
}

function paragraph(name: string, timing: Timing): string {
  const [first, second] = timing.answers.map(({ answerId }) => answerId);
  return `${[name, ...timingLines(timing, [first!, second!]).map((line) => `  ${line}`)].join('\n')}\n`;
}
