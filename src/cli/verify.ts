import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import { databaseHelp, databaseOption, withStore } from './database.ts';

const help = `Usage: tiebreak verify [--db PATH]

Walks the chains of hashes of reviews, inspections, settlements, gold verdicts and ideals, and names the first record
that was changed, that is missing, or whose link does not hold.

Options:
${databaseHelp}

Exit status: 0 all links hold; 1 one does not.
`;

export const verifyCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('verify', args, databaseOption);
    if (positionals.length > 0) throw usageError('verify', `"${positionals[0]}" is not expected`);
    const fault = await withStore({ db: values.db, existing: true }, async (store) => {
      const found = await store.verify();
      if (found === undefined) {
        const count = (await store.reviews()).length;
        await terminal.out(`${count} ${count === 1 ? 'review' : 'reviews'}: every link holds\n`);
      }
      return found;
    });
    if (fault === undefined) return exitCodes.ok;
    const { kind, recordId, index, reason } = fault;
    await terminal.out(`${kind} ${recordId} (number ${index} of its chain): ${reason}\n`);
    return exitCodes.findings;
  },
};
