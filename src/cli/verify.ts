import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';

const help: CommandHelp = {
  usage: '[--db PATH]',
  description: [
    'Verifies the hash chains of all reviews, inspections, settlements, gold verdicts and ideals, and reports the first ' +
      'record that was changed or is missing, or whose link is broken.',
  ],
  options: [databaseRow],
  exitStatus: [
    ['0', 'every link is valid'],
    ['1', 'a link is broken'],
  ],
};

export const verifyCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('verify', args, databaseOption);
    if (positionals.length > 0) throw usageError('verify', `unexpected argument "${positionals[0]}"`);
    const fault = await withStore({ db: values.db, existing: true }, async (store) => {
      const found = await store.verify();
      if (found === undefined) {
        const count = (await store.reviews()).length;
        await terminal.line(`${count} ${count === 1 ? 'review' : 'reviews'}: every link is valid`);
      }
      return found;
    });
    if (fault === undefined) return exitCodes.ok;
    const { kind, recordId, index, reason } = fault;
    await terminal.line(`${kind} ${recordId} (number ${index} of its chain): ${reason}`);
    return exitCodes.findings;
  },
};
