import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, TiebreakError } from '../core/errors.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext, type ExitCode } from './command.ts';
import { Terminal } from './terminal.ts';

/** Every command, loaded when it is called: the help of all must not wait for any. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./import.ts')).importCommand,
  run: async () => (await import('./run.ts')).runCommand,
  time: async () => (await import('./time.ts')).timeCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  lint: async () => (await import('./lint.ts')).lintCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  exchange: async () => (await import('./exchange.ts')).exchangeCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
};

const help = `Usage: tiebreak COMMAND [OPTIONS]

Judging AI-written code from the command line, with the same store, sandbox and checks as the editor.

Commands:
  import FILE…           put tasks into the queue
  run TASKS.jsonl        run the answers of tasks on their cases, in the sandbox
  time TASKS.jsonl       compare the times of two answers, and tell how they grow
  check TASKS.jsonl      say what compilers and type checkers find in the answers
  lint RATIONALE.md      say what a reviewer would object to in a rationale
  export --to FORMAT     write what was judged as training data
  exchange FOLDER        share reviews with others who use the folder
  verify                 walk the chain of submitted reviews

Options:
  --help       this text; "tiebreak COMMAND --help" for one command
  --version    the version

Exit status: 0 all well; 1 something was found, or only part could be done; 2 the command was called wrongly;
3 it failed; 130 it was interrupted.
`;

/** Runs one call of the command line; the first argument that is not an option names the command. */
async function main(
  args: readonly string[],
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name.startsWith('-')) return await withoutCommand(args, terminal);
  if (!Object.hasOwn(commands, name)) throw usageError('', `there is no command "${name}"`);
  const command = await commands[name]!();
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.out(command.help);
    return exitCodes.ok;
  }
  return await command.run(rest, { terminal, signal, ...shippedFolders(), rubricsRoot });
}

async function withoutCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;
  const { values } = readArguments('', args, options);
  if (values.version === true) await terminal.out(`${await version()}\n`);
  else if (values.help === true) await terminal.out(help);
  else throw usageError('', 'no command was given');
  return exitCodes.ok;
}

/** The package's version; this file lies two folders below it, as source and as bundle. */
async function version(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Two folders up from this file, as source and as bundle. */
const rubricsRoot = join(import.meta.dirname, '../../rubrics');

/** What ships lies beside the bundle; the sources use the packages, and what the set-up compiled. */
function shippedFolders(): Pick<CommandContext, 'checkersRoot' | 'nativeRoot'> {
  const beside = (path: string): string => join(import.meta.dirname, path);
  return existsSync(beside('../checkers'))
    ? { checkersRoot: beside('../checkers'), nativeRoot: beside('../native') }
    : {
        checkersRoot: beside('../../node_modules'),
        nativeRoot: beside('../../node_modules/.cache/tiebreak/native'),
      };
}

/** Says what went wrong; only a fault of Tiebreak's own shows its stack. */
function report(error: unknown, terminal: Terminal): ExitCode {
  if (!(error instanceof TiebreakError)) {
    const stack = error instanceof Error ? error.stack : undefined;
    terminal.note(`tiebreak: ${stack ?? messageOf(error)}`);
    return exitCodes.failure;
  }
  terminal.note(`error: ${error.message}`);
  return error.code === 'usage' ? exitCodes.usage : exitCodes.failure;
}

const stop = new AbortController();
const terminal = new Terminal(process.stdout, process.stderr, () => stop.abort());
// The first Ctrl+C stops the work in order; a second one finds the default handling and ends the process.
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

let code: ExitCode;
try {
  code = await main(process.argv.slice(2), { terminal, signal: stop.signal });
} catch (error) {
  // What an interrupted command rejects with is the interruption itself.
  code = stop.signal.aborted ? exitCodes.interrupted : report(error, terminal);
}
if (terminal.isBroken) code = exitCodes.ok;
else if (stop.signal.aborted) code = exitCodes.interrupted;
process.exitCode = code;
