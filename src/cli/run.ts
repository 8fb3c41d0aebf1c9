import { availableParallelism } from 'node:os';
import { answerProgram } from '../core/extraction/programFiles.ts';
import { visibleLine } from '../core/text/visible.ts';
import { tally, type CaseResult, type Run, type Verdict } from '../core/run/run.ts';
import { createFairQueue } from '../runner/queue.ts';
import { runRequest } from '../sessions/review/runRequest.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { runnerOf, tellFailure } from './runner.ts';
import { RunFile } from './runFile.ts';
import { RunProgress } from './runProgress.ts';
import { asFinished, clonesRow, inOrder, TaskReader, taskOption, taskRow, type AnswerJob } from './tasks.ts';
import type { Coloured, Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: 'TASKS.jsonl [--task ID] [--clones DIR] [--json] [--out FILE] [--resume]',
  description: [
    "Runs every answer on its task's cases in the sandbox. Each answer gets one line, followed by a line for each case " +
      'that it does not pass, or passes only within a tolerance. No database is read or written.',
    'With --out, run records are written to a file, each as soon as the answer has run. Their order varies. After an ' +
      'interruption, repeat the command with --resume: it keeps the records in the file, and runs the answers that have ' +
      'no record, whose code, cases, limits, toolchain or sandbox changed, or that had unsupported cases. At the end, ' +
      'the file has the same records as after a run without interruption. Two runs cannot write the same file at once.',
    'Tasks are read and records written one by one, so that the number of tasks does not matter for memory. Progress is ' +
      'shown in the last line of the terminal. If standard error is not a terminal, a line is printed every 30 seconds.',
  ],
  options: [
    taskRow,
    clonesRow,
    ['--json', 'print run records as JSON, one per line'],
    ['--out FILE', 'write run records as JSON to a new file instead, one per line'],
    ['--resume', 'continue the file of --out, or begin it if it does not exist'],
  ],
  exitStatus: [
    ['0', 'every answer was run, whether or not it passes'],
    ['1', 'some answers could not be run, or some lines of the file were invalid'],
  ],
};

const options = {
  ...taskOption,
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
  resume: { type: 'boolean', default: false },
} as const;

/** Reasons and values are cut to one line of this length. */
const longestReason = 160;

/** Answers that run together: enough to have a case for every processor, also if each answer has one case. */
const answersAtOnce = 2 * availableParallelism();
/** Answers that are begun or wait for the result of an earlier answer, if results are printed in order. */
const answersAhead = 16 * answersAtOnce;

/** An answer to run, and how many answers of its task have no result yet. */
interface RunJob extends AnswerJob {
  readonly unfinished: { answers: number; wasRun: boolean };
}

/** The result of one answer: a run, the error that prevented it, or nothing if the file already has its run. */
type RanAnswer = RunJob & ({ readonly run: Run } | { readonly error: unknown } | { readonly isKept: true });

export const runCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('run', args, options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('run', 'no file of tasks given');
    if (extra !== undefined)
      throw usageError('run', `unexpected argument "${extra}": give one file at a time`);
    const { out, resume, json } = values;
    if (resume && out === undefined)
      throw usageError('run', '--resume needs --out, the file with the results so far');
    if (json && out !== undefined)
      throw usageError('run', '--json and --out exclude each other: --out writes JSON');
    const reader = new TaskReader(file, values, context.terminal);
    const failed =
      out === undefined
        ? await runToTerminal(reader, json, context)
        : await runToFile(reader, { out, resume, task: values.task }, context);
    return failed + reader.broken === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

/** Runs the answers, prints each in the order of the file, and returns how many could not be run. */
async function runToTerminal(reader: TaskReader, json: boolean, context: CommandContext): Promise<number> {
  const { terminal, signal } = context;
  const table = tableOf(terminal);
  const { failed } = await runAll(reader, context, async (run) =>
    json ? await terminal.json(run) : await table(run),
  );
  if (signal.aborted) terminal.note('interrupted. With --out FILE, a run can be continued with --resume');
  return failed;
}

/** Runs the answers that the file does not have yet, and returns how many could not be run. */
async function runToFile(
  reader: TaskReader,
  {
    out,
    resume,
    task,
  }: { readonly out: string; readonly resume: boolean; readonly task: string | undefined },
  context: CommandContext,
): Promise<number> {
  const { terminal, signal } = context;
  const records = await RunFile.open(out, { resume });
  try {
    const { failed, run, kept } = await runAll(reader, context, (one) => records.append(one), records);
    if (signal.aborted) {
      terminal.note(
        `interrupted: ${answers(run + kept)} in ${out}. To continue, repeat the command with --resume`,
      );
      return failed;
    }
    const removed = await records.removeStale(task);
    await terminal.line(
      [
        `${answers(run)} run`,
        ...(kept > 0 ? [`${answers(kept)} kept from before`] : []),
        ...(removed > 0 ? [`${removed.toLocaleString('en')} outdated removed`] : []),
      ].join(', '),
    );
    return failed;
  } finally {
    await records.close();
  }
}

/** How many answers were run, had a result from before, and could not be run. */
interface Counts {
  run: number;
  kept: number;
  failed: number;
}

/**
 * Runs the answers and passes each run on: in the order of the file, or, if the runs go to a file of records, as soon as
 * each is known. Ends early when the person interrupts it.
 */
async function runAll(
  reader: TaskReader,
  context: CommandContext,
  use: (run: Run) => Promise<void>,
  records?: RunFile,
): Promise<Counts> {
  const { terminal, signal } = context;
  const failure = new AbortController();
  const progress = new RunProgress(terminal, () => reader.total);
  const work = jobRunner(runnerOf(context), AbortSignal.any([signal, failure.signal]), {
    records,
    onResult: () => progress.caseEnded(),
  });
  const jobs = jobsOf(reader, signal);
  const counts: Counts = { run: 0, kept: 0, failed: 0 };
  try {
    const all =
      records === undefined
        ? inOrder(jobs, answersAhead, inTurn(work))
        : asFinished(jobs, answersAtOnce, work);
    for await (const ran of all) {
      if ('run' in ran && !ran.run.cancelled) {
        await use(ran.run);
        counts.run += 1;
      } else if ('isKept' in ran) counts.kept += 1;
      else if (signal.aborted) continue;
      else if ('error' in ran) {
        counts.failed += tellFailure(`${ran.task.id}, answer ${ran.answer.id}`, ran.error, terminal);
        records?.spare({ taskId: ran.task.id, answerId: ran.answer.id });
      }
      tellEnd(ran, progress);
    }
  } catch (error) {
    // What still runs would be lost.
    failure.abort();
    throw error;
  } finally {
    progress.end();
  }
  return counts;
}

/** Limits how many answers are run at once, so that those whose turn comes first have their results first. */
function inTurn(work: (job: RunJob) => Promise<RanAnswer>): (job: RunJob) => Promise<RanAnswer> {
  const queue = createFairQueue(answersAtOnce);
  const lane = {};
  return (job) => queue.add(lane, () => work(job));
}

async function* jobsOf(reader: TaskReader, signal: AbortSignal): AsyncGenerator<RunJob> {
  for await (const task of reader.tasks()) {
    const unfinished = { answers: task.answers.length, wasRun: false };
    for (const answer of task.answers) {
      if (signal.aborted) return;
      yield { task, answer, unfinished };
    }
  }
}

function tellEnd(ran: RanAnswer, progress: RunProgress): void {
  const { unfinished } = ran;
  unfinished.answers -= 1;
  unfinished.wasRun ||= 'run' in ran;
  if (unfinished.answers === 0) progress.taskEnded(unfinished.wasRun);
  progress.show();
}

function jobRunner(
  { runner, toolchains, keyOf }: ReturnType<typeof runnerOf>,
  signal: AbortSignal,
  { records, onResult }: { readonly records: RunFile | undefined; readonly onResult: () => void },
): (job: RunJob) => Promise<RanAnswer> {
  return async (job) => {
    const { task, answer } = job;
    try {
      signal.throwIfAborted();
      const { mainFile } = toolchains.toolchain(task.language);
      const program = { answerId: answer.id, ...answerProgram(task, answer, { mainFile }) };
      const request = runRequest(task, program, task.cases ?? []);
      if (records?.isContinued === true && records.keep(request, await keyOf(request)))
        return { ...job, isKept: true };
      return { ...job, run: await runner.run(request, { signal, onResult }) };
    } catch (error) {
      return { ...job, error };
    }
  };
}

function answers(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'answer' : 'answers'}`;
}

/** Prints one row per run, followed by a line for each case that did not pass, or that passed with a remark. */
function tableOf(terminal: Terminal): (run: Run) => Promise<void> {
  // The later tasks are not known yet: a column becomes wider with the first name that needs it.
  let taskWidth = 0;
  let answerWidth = 0;
  return async (run) => {
    const { passed, total } = tally(run);
    const task = visibleLine(run.taskId);
    const answer = visibleLine(run.answerId);
    taskWidth = Math.max(taskWidth, task.length);
    answerWidth = Math.max(answerWidth, answer.length);
    const names = `${task.padEnd(taskWidth)}  ${answer.padEnd(answerWidth)}`;
    const counts = `${passed}/${total} passed`.padStart(13);
    const times = `${figure(run, sum(run.results.map((result) => result.wallMs)))} ms`.padStart(10);
    const memory = `${figure(run, Math.max(0, ...run.results.map((result) => result.peakBytes)) / 1e6)} MB`;
    await terminal.line(
      `${names}  `,
      { colour: passed === total ? 'green' : 'red', text: counts },
      `  ${times}  ${memory.padStart(10)}`,
    );
    const shown = run.results.filter(({ verdict, reason }) => verdict !== 'pass' || reason !== undefined);
    for (const result of shown) await terminal.line(...caseLine(result));
  };
}

function caseLine(result: CaseResult): (string | Coloured)[] {
  const reason = reasonOf(result);
  return [
    `  ${result.caseId}: `,
    { colour: colourOf(result.verdict), text: result.verdict },
    reason === '' ? '' : ` – ${reason}`,
  ];
}

function reasonOf({ reason, expected, actual }: CaseResult): string {
  const values =
    actual === undefined ? '' : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
  const text = (reason ?? values).replaceAll(/\s+/g, ' ');
  return text.length <= longestReason ? text : `${text.slice(0, longestReason - 1)}…`;
}

function colourOf(verdict: Verdict): Coloured['colour'] {
  if (verdict === 'pass') return 'green';
  return verdict === 'unsupported' ? 'yellow' : 'red';
}

/** Figures from polling are approximate and are marked with "~". */
function figure(run: Run, value: number): string {
  return `${run.sandbox.approximate ? '~' : ''}${value.toFixed(value < 10 ? 1 : 0)}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
