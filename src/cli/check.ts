import { availableParallelism } from 'node:os';
import { checkRequest, isKnown, looksAt, type Check } from '../checks/check.ts';
import { createChecks } from '../checks/checks.ts';
import type { CheckReport, Diagnostic } from '../core/diagnostic.ts';
import { programFiles } from '../core/programFiles.ts';
import { createSandbox } from '../runner/sandboxes.ts';
import { createToolchains, type Toolchains } from '../runner/toolchains.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import { answerJobs, clonesHelp, inOrder, readTasks, taskOption, type AnswerJob } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help = `Usage: tiebreak check TASKS.jsonl [--task ID] [--clones DIR] [--json]

Says what compilers and type checkers find in the answers of the tasks. They run in the sandbox. No database is read or
written. Places are those of the answer's code: TASK/ANSWER/FILE:LINE:COLUMN.

Options:
  --task ID      only this task
${clonesHelp}
  --json         one report a check and answer as JSON, one a line

Exit status: 0 every answer was checked and nothing found; 1 there are errors or warnings, some answer could not be
checked, or lines of the file were broken.
`;

const options = { ...taskOption, json: { type: 'boolean', default: false } } as const;

interface Checked extends AnswerJob {
  readonly reports: readonly CheckReport[];
}

export const checkCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('check', args, options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('check', 'no file of tasks was named');
    if (extra !== undefined) throw usageError('check', `"${extra}" is not expected: one file at a time`);
    const { tasks, broken } = await readTasks(file, values, context.terminal);
    const isClean = await checkAll(answerJobs(tasks), values.json, context);
    return isClean && broken === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

/** Checks the answers and shows what was found, in the order of the file; whether nothing was. */
async function checkAll(
  jobs: readonly AnswerJob[],
  asJson: boolean,
  { terminal, signal, checkersRoot, nativeRoot }: CommandContext,
): Promise<boolean> {
  const toolchains = createToolchains(checkersRoot);
  // Calling the command is the person's consent to let the checkers see what the file holds.
  const checks = createChecks({
    sandbox: createSandbox({ nativeDir: nativeRoot }),
    checkersDir: checkersRoot,
    toolchains,
    trusted: () => true,
  });
  let done = 0;
  let isClean = true;
  const all = inOrder(jobs, availableParallelism(), (job) => checkOne(job, checks, toolchains, signal));
  for await (const checked of all) {
    if (signal.aborted) continue;
    done += 1;
    isClean = (await show(checked, asJson, terminal)) && isClean;
    terminal.progress(`${done} of ${jobs.length} answers`);
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
  return { ...job, reports: await Promise.all(fitting.map((check) => check.check(request, signal))) };
}

/** Prints what was found of one answer; whether it is clean. */
async function show(
  { task, answer, reports }: Checked,
  asJson: boolean,
  terminal: Terminal,
): Promise<boolean> {
  const name = `${task.id}/${answer.id}`;
  if (reports.length === 0) terminal.note(`${name}: there is no check for "${task.language}"`);
  // A linter that is not installed here leaves the answer to the others.
  let isClean = reports.some(({ status }) => status === 'done');
  for (const report of reports) {
    if (asJson) await terminal.out(`${JSON.stringify({ taskId: task.id, ...report })}\n`);
    else for (const found of report.diagnostics) await terminal.out(diagnosticLine(name, found, terminal));
    if (report.status !== 'done')
      terminal.note(`${name}: ${report.check}: ${report.reason ?? report.status}`);
    const isQuiet = report.diagnostics.every(({ severity }) => severity === 'info');
    isClean &&= isQuiet && (report.status === 'done' || report.status === 'missing');
  }
  return isClean;
}

function diagnosticLine(name: string, found: Diagnostic, terminal: Terminal): string {
  const { file, range, severity, code, source } = found;
  const style = severity === 'error' ? 'red' : 'yellow';
  const message = found.message.replaceAll(/\s+/g, ' ');
  const place = `${name}/${file}:${range.startLine}:${range.startColumn}`;
  return `${place}: ${terminal.styled(style, severity)}: ${message} (${source}${code === '' ? '' : ` ${code}`})\n`;
}
