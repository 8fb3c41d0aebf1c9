import { availableParallelism } from 'node:os';
import { checkRequest, isKnown, looksAt, type Check } from '../checks/check.ts';
import { createChecks } from '../checks/checks.ts';
import { createWarmCheckers } from '../checks/warm/warmCheckers.ts';
import type { CheckReport, Diagnostic } from '../core/run/diagnostic.ts';
import { programFiles } from '../core/extraction/programFiles.ts';
import { createSandbox } from '../runner/sandbox/choose.ts';
import { createToolchains, type Toolchains } from '../runner/toolchains/toolchains.ts';
import { reportOf } from '../sessions/review/programChecks.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { answerJobs, clonesRow, inOrder, readTasks, taskOption, taskRow, type AnswerJob } from './tasks.ts';
import type { Coloured, Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: 'TASKS.jsonl [--task ID] [--clones DIR] [--json]',
  description: [
    'Shows what compilers, type checkers and linters report on the answers. The tools run in the sandbox. No database ' +
      'is read or written.',
    "Each finding starts with its position in the answer's code: TASK/ANSWER/FILE:LINE:COLUMN.",
  ],
  options: [taskRow, clonesRow, ['--json', 'print reports as JSON, one per line, check and answer']],
  exitStatus: [
    ['0', 'every answer was checked, and there are no errors or warnings'],
    [
      '1',
      'there are errors or warnings, some answers could not be checked, or some lines of the file were invalid',
    ],
  ],
};

const options = { ...taskOption, json: { type: 'boolean', default: false } } as const;

interface Checked extends AnswerJob {
  readonly reports: readonly CheckReport[];
}

export const checkCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('check', args, options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('check', 'no file of tasks given');
    if (extra !== undefined)
      throw usageError('check', `unexpected argument "${extra}": give one file at a time`);
    const { tasks, broken } = await readTasks(file, values, context.terminal);
    const isClean = await checkAll(answerJobs(tasks), values.json, context);
    return isClean && broken === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

/** Checks the answers and prints the findings in the order of the file. Resolves with `true` if nothing was found. */
async function checkAll(
  jobs: readonly AnswerJob[],
  asJson: boolean,
  { terminal, signal, checkersRoot, nativeRoot }: CommandContext,
): Promise<boolean> {
  const toolchains = createToolchains(checkersRoot);
  const sandbox = createSandbox({ nativeDir: nativeRoot });
  const warm = createWarmCheckers(sandbox);
  // By calling the command, the person consents to checking the answers in the file.
  const checks = createChecks({
    sandbox,
    checkersDir: checkersRoot,
    toolchains,
    trusted: () => true,
    warm,
  });
  let done = 0;
  let isClean = true;
  const all = inOrder(jobs, availableParallelism(), (job) => checkOne(job, checks, toolchains, signal));
  try {
    for await (const checked of all) {
      if (signal.aborted) continue;
      done += 1;
      isClean = (await show(checked, asJson, terminal)) && isClean;
      terminal.progress(`${done} of ${jobs.length} answers`);
    }
  } finally {
    await warm.dispose();
  }
  terminal.progress('');
  return isClean;
}

async function checkOne(
  job: AnswerJob,
  checks: readonly Check[],
  toolchains: Toolchains,
  signal: AbortSignal,
): Promise<Checked> {
  const { task, answer } = job;
  const { language } = task;
  const mainFile = toolchains.find(language)?.mainFile;
  if (mainFile === undefined || signal.aborted || !isKnown(language, checks)) return { ...job, reports: [] };
  const files = programFiles(task, answer, { mainFile });
  const request = checkRequest(answer.id, language, files, task.cases ?? []);
  const fitting = checks.filter((check) => looksAt(check, language));
  const ended = await Promise.all(fitting.map((check) => reportOf(check, request, signal)));
  return { ...job, reports: ended.map(({ report }) => report) };
}

/** Prints the findings on one answer. Resolves with `true` if nothing was found. */
async function show(
  { task, answer, reports }: Checked,
  asJson: boolean,
  terminal: Terminal,
): Promise<boolean> {
  const name = `${task.id}/${answer.id}`;
  if (reports.length === 0) terminal.note(`${name}: there is no check for "${task.language}"`);
  // A linter that is not installed does not matter as long as another one checked the answer.
  let isClean = reports.some(({ status }) => status === 'done');
  for (const report of reports) {
    if (asJson) await terminal.json({ taskId: task.id, ...report });
    else for (const found of report.diagnostics) await terminal.line(...diagnosticLine(name, found));
    if (report.status !== 'done')
      terminal.note(`${name}: ${report.check}: ${report.reason ?? report.status}`);
    const isQuiet = report.diagnostics.every(({ severity }) => severity === 'info');
    isClean &&= isQuiet && (report.status === 'done' || report.status === 'missing');
  }
  return isClean;
}

function diagnosticLine(name: string, found: Diagnostic): (string | Coloured)[] {
  const { file, range, severity, code, source } = found;
  const colour = severity === 'error' ? 'red' : 'yellow';
  const message = found.message.replaceAll(/\s+/g, ' ');
  const place = `${name}/${file}:${range.startLine}:${range.startColumn}`;
  const rule = code === '' ? source : `${source} ${code}`;
  return [`${place}: `, { colour, text: severity }, `: ${message} (${rule})`];
}
