import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, TiebreakError } from '../core/errors.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type CommandContext, type ExitCode } from './command.ts';
import { helpText, section, type HelpRow } from './commandHelp.ts';
import { commands } from './commands.ts';
import { Terminal } from './terminal.ts';

/** The meaning of the exit statuses, for every command. */
export const exitStatus: readonly HelpRow[] = [
  ['0', 'success'],
  ['1', 'findings, or only part of the work could be done'],
  ['2', 'invalid arguments'],
  ['3', 'failure'],
  ['130', 'interrupted'],
];

/**
 * Runs the command line with the arguments of this process, and sets its exit code. `folder` is that of the entry file,
 * two levels below the package.
 */
export async function runCommandLine(folder: string): Promise<void> {
  const stop = new AbortController();
  const terminal = new Terminal(() => stop.abort());
  // The first Ctrl+C stops the work in order; a second one has the default effect and ends the process.
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());

  let code: ExitCode;
  try {
    const context = { terminal, signal: stop.signal, ...shippedFolders(folder) };
    code = await main(process.argv.slice(2), context, join(folder, '../../package.json'));
  } catch (error) {
    // An interrupted command rejects because of the interruption.
    code = stop.signal.aborted ? exitCodes.interrupted : report(error, terminal);
  }
  if (terminal.isBroken) code = exitCodes.ok;
  else if (stop.signal.aborted) code = exitCodes.interrupted;
  process.exitCode = code;
}

async function main(
  args: readonly string[],
  context: CommandContext,
  manifestPath: string,
): Promise<ExitCode> {
  const { terminal } = context;
  const [name, ...rest] = args;
  if (name === undefined || name.startsWith('-')) return await withoutCommand(args, terminal, manifestPath);
  if (!Object.hasOwn(commands, name)) throw usageError('', `unknown command "${name}"`);
  const command = await commands[name]!.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.text(helpText(name, command.help));
    return exitCodes.ok;
  }
  return await command.run(rest, context);
}

async function withoutCommand(
  args: readonly string[],
  terminal: Terminal,
  manifestPath: string,
): Promise<ExitCode> {
  const options = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;
  const { values } = readArguments('', args, options);
  if (values.version === true) {
    const { version } = JSON.parse(await readFile(manifestPath, 'utf8')) as { version: string };
    await terminal.line(version);
  } else if (values.help === true) await terminal.text(overview());
  else throw usageError('', 'no command given');
  return exitCodes.ok;
}

function overview(): string {
  const list = Object.entries(commands).map(([name, { usage, summary }]): HelpRow => [
    `${name} ${usage}`.trimEnd(),
    summary,
  ]);
  const sections = [
    'Usage: tiebreak COMMAND [OPTIONS]',
    'Judge AI-written code from the command line, with the same database format,\n' +
      'sandbox and checks as in the editor.',
    section('Commands', list),
    section('Options', [
      ['--help', 'show this help; "tiebreak COMMAND --help" shows the help of a command'],
      ['--version', 'show the version'],
    ]),
    section('Exit status', exitStatus),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The parts that ship are next to the bundles. If run from source, the checkers are the packages in node_modules. */
function shippedFolders(folder: string): Pick<CommandContext, 'checkersRoot' | 'nativeRoot' | 'rubricsRoot'> {
  const beside = (path: string): string => join(folder, path);
  const rubricsRoot = beside('../../rubrics');
  return existsSync(beside('../checkers'))
    ? { checkersRoot: beside('../checkers'), nativeRoot: beside('../native'), rubricsRoot }
    : {
        checkersRoot: beside('../../node_modules'),
        nativeRoot: beside('../../node_modules/.cache/tiebreak/native'),
        rubricsRoot,
      };
}

/** Prints what went wrong; only a defect of Tiebreak itself shows its stack. */
function report(error: unknown, terminal: Terminal): ExitCode {
  if (!(error instanceof TiebreakError)) {
    const stack = error instanceof Error ? error.stack : undefined;
    for (const line of `tiebreak: ${stack ?? messageOf(error)}`.split('\n')) terminal.note(line);
    return exitCodes.failure;
  }
  terminal.note(`error: ${error.message}`);
  return error.code === 'usage' ? exitCodes.usage : exitCodes.failure;
}
