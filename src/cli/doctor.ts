import { examineSetup, isUsable, type SetupPart, type SetupReport } from '../sessions/setup/examineSetup.ts';
import { createSetupTools } from '../sessions/setup/setupTools.ts';
import { setupSummary, stateWords } from '../sessions/setup/setupText.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import type { Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: '[--json]',
  description: [
    'Shows which sandboxes, languages and checks work on this machine, and how to get the others. Each language is tried ' +
      'with a small program in the sandbox, and its checks are tried on that program. Nothing is installed, and no ' +
      'database is read or written.',
  ],
  options: [['--json', 'print the report as JSON']],
  exitStatus: [
    ['0', 'a sandbox and at least one language work'],
    ['1', 'answers cannot be run'],
  ],
};

const options = { json: { type: 'boolean', default: false } } as const;

export const doctorCommand: Command = {
  help,
  async run(args, { terminal, signal, checkersRoot, nativeRoot }) {
    const { values, positionals } = readArguments('doctor', args, options);
    if (positionals.length > 0) throw usageError('doctor', `unexpected argument "${positionals[0]}"`);
    const report = await examineSetup(createSetupTools(checkersRoot, { nativeDir: nativeRoot }), {
      signal,
      onProgress: (done, total) => terminal.progress(`${done} of ${total} languages`),
    });
    terminal.progress('');
    if (values.json) await terminal.json(report);
    else await showReport(report, terminal);
    return isUsable(report) ? exitCodes.ok : exitCodes.findings;
  },
};

async function showReport(report: SetupReport, terminal: Terminal): Promise<void> {
  await terminal.line('Sandboxes');
  for (const part of report.sandboxes) await showPart(part, '  ', terminal);
  await terminal.line('Languages');
  for (const { checks, ...part } of report.languages) {
    await showPart(part, '  ', terminal);
    for (const check of checks) await showPart(check, '    ', terminal);
  }
  await terminal.line(`${setupSummary(report)}.`);
}

async function showPart({ name, state, text }: SetupPart, indent: string, terminal: Terminal): Promise<void> {
  const colour = state === 'works' ? 'green' : state === 'fails' ? 'red' : 'yellow';
  await terminal.line(
    `${indent}${name} `,
    { colour, text: stateWords[state] },
    text === '' ? '' : `: ${text}`,
  );
}
