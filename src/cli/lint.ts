import { readFile } from 'node:fs/promises';
import { shownOrder } from '../core/blind.ts';
import { messageOf, tiebreakError } from '../core/errors.ts';
import { shownPreferenceSchema, type ShownPreference } from '../core/preference.ts';
import { lintRationale } from '../core/rationale/lint.ts';
import type { Finding } from '../core/rationale/rule.ts';
import type { Task } from '../core/task.ts';
import { createToolchains } from '../runner/toolchains.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import { databaseHelp, databaseOption, withStore } from './database.ts';
import { lintContext } from './lintContext.ts';
import { rubricOf } from './rubric.ts';
import { readTasks, taskOption } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help = `Usage: tiebreak lint RATIONALE.md --task ID [--from TASKS.jsonl] [--preference N] [--evaluator ID]

Says what a reviewer would object to in a rationale, as FILE:LINE:COLUMN: severity rule message. E blocks submitting,
W warns, I informs. What the rationale speaks of is looked up in the task; of runs and checks nothing is known here.

Options:
  --task ID         the task that was judged
  --from FILE       the file of tasks it is in; default: the database
  --preference N    what was chosen, -3 (A much better) to 3 (B much better), 0 for a tie, or both-bad
  --evaluator ID    A and B as this evaluator sees them; default: in the order of the task's answers
${databaseHelp}

Exit status: 0 there is nothing to object to; 1 there are findings of severity E or W.
`;

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
    if (file === undefined) throw usageError('lint', 'no rationale was named');
    if (extra !== undefined) throw usageError('lint', `"${extra}" is not expected: one rationale at a time`);
    if (values.task === undefined) throw usageError('lint', 'no task was named with --task');
    const shown = preferenceOf(values.preference);
    const text = await readText(file);
    const task = await taskOf(values.task, values, context.terminal);
    const findings = await lint(text, task, { shown, evaluator: values.evaluator }, context);
    for (const finding of findings) await context.terminal.out(findingLine(file, text, finding));
    return findings.every(({ severity }) => severity === 'I') ? exitCodes.ok : exitCodes.findings;
  },
};

/** "--preference -2" is what a person writes, and Node takes "-2" for an option. */
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
  throw usageError('lint', `"${text}" is no preference: it is a number from -3 to 3, or both-bad`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const facts = { what: messageOf(error), where: file, mend: 'Check the path and your rights on it' };
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
    mend: 'Check the id, or name the file of tasks with --from',
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
  const rubric = await rubricOf(task, rubricsRoot);
  const mainFile = createToolchains(checkersRoot).find(task.language)?.mainFile ?? `main.${task.language}`;
  return lintRationale(text, lintContext(task, order, { shown, rubric, mainFile }));
}

function findingLine(file: string, text: string, { rule, severity, start, message }: Finding): string {
  const before = text.slice(0, start).split('\n');
  return `${file}:${before.length}:${before.at(-1)!.length + 1}: ${severity} ${rule} ${message}\n`;
}
