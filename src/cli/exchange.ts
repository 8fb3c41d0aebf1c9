import { exchangeReviews } from '../store/exchange.ts';
import { importCounts, isWhole } from '../store/importReport.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import { databaseHelp, databaseOption, withStore } from './database.ts';
import { tellImport } from './import.ts';

const help = `Usage: tiebreak exchange FOLDER --as EVALUATOR [--db PATH]

Exchanges reviews through a folder that others use as well: takes what is new in their files, and writes all reviews,
inspections, settlements, gold verdicts and ideals of EVALUATOR to a file of their own, with the tasks they are on.

A file that was altered, reordered or cut, or that lacks a record taken from it before, is refused as a whole, with the
first record named that does not hold; the others are taken.

Options:
  --as EVALUATOR  the id that one's own records carry: the setting "tiebreak.evaluator" of the editor
${databaseHelp}

Exit status: 0 every file was taken; 1 some were refused, some lines broken or some records kept as they were.
`;

const options = { ...databaseOption, as: { type: 'string' } } as const;

export const exchangeCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('exchange', args, options);
    const [folder, more] = positionals;
    if (folder === undefined || more !== undefined)
      throw usageError('exchange', 'exactly one folder is expected');
    const author = values.as;
    if (!author) throw usageError('exchange', 'nobody was named with --as');
    const { imported, refused, written } = await withStore({ db: values.db }, (store) =>
      exchangeReviews(store, folder, author),
    );
    tellImport(imported, terminal);
    for (const { error } of refused) terminal.note(error.message);
    await terminal.out(
      `${written} of your records written; ${importCounts(imported) || 'nothing to take'}\n`,
    );
    return isWhole(imported) && refused.length === 0 ? exitCodes.ok : exitCodes.findings;
  },
};
