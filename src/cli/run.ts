import { availableParallelism } from 'node:os';
import { TiebreakError } from '../core/errors.ts';
import { answerProgram } from '../core/programFiles.ts';
import { tally, type CaseResult, type Run, type Verdict } from '../core/run.ts';
import type { Runner } from '../runner/runner.ts';
import type { Toolchains } from '../runner/toolchains.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import { runnerOf } from './runner.ts';
import { answerJobs, clonesHelp, inOrder, readTasks, taskOption, type AnswerJob } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help = `Usage: tiebreak run TASKS.jsonl [--task ID] [--clones DIR] [--json]

Runs every answer of the tasks on the task's cases, in the sandbox. No database is read or written.

Options:
  --task ID      only this task
${clonesHelp}
  --json         run records as JSON, one a line

Exit status: 0 every answer could be run, whatever its verdicts; 1 some could not, or lines of the file were broken.
`;

const options = { ...taskOption, json: { type: 'boolean', default: false } } as const;

/** Reasons and values are cut to one line of this length. */
const longestReason = 160;

/** What became of one answer: a run, or why there is none. */
type Outcome = AnswerJob & ({ readonly run: Run } | { readonly error: unknown });

export const runCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('run', args, options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('run', 'no file of tasks was named');
    if (extra !== undefined) throw usageError('run', `"${extra}" is not expected: one file at a time`);
    const { terminal } = context;
    const { tasks, broken } = await readTasks(file, values, terminal);
    const jobs = answerJobs(tasks);
    const show = values.json ? jsonOf : tableOf(jobs, terminal);
    const failed = await runAll(jobs, show, context);
    return failed + broken === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

/** Runs the answers, shows each as soon as those before it are shown, and returns how many could not be run. */
async function runAll(
  jobs: readonly AnswerJob[],
  show: (run: Run) => string,
  context: CommandContext,
): Promise<number> {
  const { runner, toolchains } = runnerOf(context);
  const { terminal, signal } = context;
  let done = 0;
  let failed = 0;
  const outcomes = inOrder(jobs, 2 * availableParallelism(), (job) =>
    outcomeOf(job, runner, toolchains, signal),
  );
  for await (const outcome of outcomes) {
    if (signal.aborted) continue;
    done += 1;
    if ('run' in outcome) await terminal.out(show(outcome.run));
    else failed += tellFailure(outcome, terminal);
    terminal.progress(`${done} of ${jobs.length} answers`);
  }
  terminal.progress('');
  return failed;
}

async function outcomeOf(
  job: AnswerJob,
  runner: Runner,
  toolchains: Toolchains,
  signal: AbortSignal,
): Promise<Outcome> {
  const { task, answer } = job;
  try {
    signal.throwIfAborted();
    const { mainFile } = toolchains.toolchain(task.language);
    const request = {
      taskId: task.id,
      answerId: answer.id,
      language: task.language,
      ...answerProgram(task, answer, { mainFile }),
      cases: task.cases ?? [],
      ...(task.entry !== undefined && { entry: task.entry }),
      ...(task.limits !== undefined && { limits: task.limits }),
      ...(task.build !== undefined && { build: task.build }),
    };
    return { ...job, run: await runner.run(request, { signal }) };
  } catch (error) {
    return { ...job, error };
  }
}

/** Says why an answer could not be run. Without a sandbox none can, so that one failure ends the command. */
function tellFailure({ task, answer, error }: AnswerJob & { error: unknown }, terminal: Terminal): number {
  if (!(error instanceof TiebreakError) || error.code === 'sandbox-missing') throw error;
  terminal.note(`${task.id}, answer ${answer.id}: ${error.message}`);
  return 1;
}

function jsonOf(run: Run): string {
  return `${JSON.stringify(run)}\n`;
}

/** A row a run, and a line below it for each case that did not pass. */
function tableOf(jobs: readonly AnswerJob[], terminal: Terminal): (run: Run) => string {
  const taskWidth = Math.max(0, ...jobs.map(({ task }) => task.id.length));
  const answerWidth = Math.max(0, ...jobs.map(({ answer }) => answer.id.length));
  return (run) => {
    const { passed, total } = tally(run);
    const cells = [
      run.taskId.padEnd(taskWidth),
      run.answerId.padEnd(answerWidth),
      terminal.styled(passed === total ? 'green' : 'red', `${passed}/${total} passed`.padStart(13)),
      `${figure(run, sum(run.results.map((result) => result.wallMs)))} ms`.padStart(10),
      `${figure(run, Math.max(0, ...run.results.map((result) => result.peakBytes)) / 1e6)} MB`.padStart(10),
    ];
    const missed = run.results.filter((result) => result.verdict !== 'pass');
    return [cells.join('  '), ...missed.map((result) => caseLine(result, terminal))]
      .map((line) => `${line}\n`)
      .join('');
  };
}

function caseLine(result: CaseResult, terminal: Terminal): string {
  const line = `  ${result.caseId}: ${terminal.styled(styleOf(result.verdict), result.verdict)}`;
  const reason = reasonOf(result);
  return reason === '' ? line : `${line} – ${reason}`;
}

function reasonOf({ reason, expected, actual }: CaseResult): string {
  const values =
    actual === undefined ? '' : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
  const text = (reason ?? values).replaceAll(/\s+/g, ' ');
  return text.length <= longestReason ? text : `${text.slice(0, longestReason - 1)}…`;
}

function styleOf(verdict: Verdict): 'red' | 'yellow' {
  return verdict === 'unsupported' ? 'yellow' : 'red';
}

/** Figures from polling are marked as what they are. */
function figure(run: Run, value: number): string {
  return `${run.sandbox.approximate ? '~' : ''}${value.toFixed(value < 10 ? 1 : 0)}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
