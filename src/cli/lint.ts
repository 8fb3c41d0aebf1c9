import { readFile } from 'node:fs/promises';
import { shownOrder } from '../core/task/blind.ts';
import { messageOf, tiebreakError } from '../core/errors.ts';
import { shownPreferenceSchema, type ShownPreference } from '../core/task/preference.ts';
import { lintRationale } from '../core/rationale/lint.ts';
import type { Finding } from '../core/rationale/rule.ts';
import type { Task } from '../core/task/task.ts';
import { createToolchains } from '../runner/toolchains/toolchains.ts';
import { contextOfTask } from '../sessions/review/rationaleContext.ts';
import { ShippedRubrics } from '../sessions/rubrics.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';
import { clonesRow, readTasks, taskOption } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: 'RATIONALE.md --task ID [--from FILE] [--preference N] [--evaluator ID] [--db PATH]',
  description: [
    'Shows what a reviewer would object to in a rationale, as FILE:LINE:COLUMN: severity rule message. The severity E ' +
      'blocks submitting, W warns and I informs.',
    'The rationale is checked against its task only: results of runs and checks are not known here.',
  ],
  options: [
    ['--task ID', 'the task that was judged; required'],
    ['--from FILE', 'the file of tasks with this task; default: the database'],
    ['--preference N', 'the preference: -3 (A is much better) to 3 (B is much better), 0 (tie) or both-bad'],
    [
      '--evaluator ID',
      "A and B in the order that this evaluator sees; default: in the order of the task's answers",
    ],
    clonesRow,
    databaseRow,
  ],
  exitStatus: [
    ['0', 'no findings of severity E or W'],
    ['1', 'there are findings of severity E or W'],
  ],
};

const options = {
  ...databaseOption,
  ...taskOption,
  from: { type: 'string' },
  preference: { type: 'string' },
  evaluator: { type: 'string' },
} as const;

export const lintCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('lint', withSignedValue(args), options);
    const [file, extra] = positionals;
    if (file === undefined) throw usageError('lint', 'no rationale file given');
    if (extra !== undefined)
      throw usageError('lint', `unexpected argument "${extra}": give one rationale at a time`);
    if (values.task === undefined) throw usageError('lint', '--task is missing: give the id of the task');
    const shown = preferenceOf(values.preference);
    const text = await readText(file);
    const task = await taskOf(values.task, values, context.terminal);
    const findings = await lint(text, task, { shown, evaluator: values.evaluator }, context);
    for (const finding of findings) await context.terminal.line(findingLine(file, text, finding));
    return findings.every(({ severity }) => severity === 'I') ? exitCodes.ok : exitCodes.findings;
  },
};

/** Joins "--preference -2" to one argument: Node would read "-2" as an option. */
function withSignedValue(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (args[index - 1] === '--preference' && /^-\d$/.test(arg)) return [];
    const value = args[index + 1];
    return arg === '--preference' && /^-\d$/.test(value ?? '') ? [`${arg}=${value}`] : [arg];
  });
}

function preferenceOf(text: string | undefined): ShownPreference | null {
  if (text === undefined) return null;
  const parsed = shownPreferenceSchema.safeParse(/^-?\d$/.test(text) ? Number(text) : text);
  if (parsed.success) return parsed.data;
  throw usageError('lint', `invalid --preference "${text}": give a number from -3 to 3, or both-bad`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const facts = { what: messageOf(error), where: file, remedy: 'Check the path and its permissions' };
    throw tiebreakError('file-unreadable', facts, { cause: error });
  }
}

async function taskOf(
  id: string,
  { from, db }: { from?: string | undefined; db?: string | undefined },
  terminal: Terminal,
): Promise<Task> {
  if (from !== undefined) return (await readTasks(from, { task: id }, terminal)).tasks[0]!;
  const task = await withStore({ db, existing: true }, (store) => store.task(id));
  if (task !== undefined) return task;
  throw tiebreakError('task-missing', {
    what: `there is no task "${id}" in the database`,
    remedy: 'Check the id, or give the file of tasks with --from',
  });
}

async function lint(
  text: string,
  task: Task,
  { shown, evaluator }: { shown: ShownPreference | null; evaluator: string | undefined },
  { checkersRoot, rubricsRoot }: CommandContext,
): Promise<Finding[]> {
  const order =
    evaluator === undefined ? task.answers.map((answer) => answer.id) : shownOrder(task, evaluator);
  const rubric = await new ShippedRubrics(rubricsRoot).of(task);
  const mainFile = createToolchains(checkersRoot).find(task.language)?.mainFile ?? `main.${task.language}`;
  return lintRationale(text, contextOfTask(task, { order, preference: shown, rubric, mainFile }));
}

function findingLine(file: string, text: string, { rule, severity, start, message }: Finding): string {
  const before = text.slice(0, start).split('\n');
  return `${file}:${before.length}:${before.at(-1)!.length + 1}: ${severity} ${rule} ${message}`;
}
