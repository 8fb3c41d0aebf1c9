import { exchangeReviews } from '../transfer/exchange.ts';
import { importCounts, isWhole } from '../transfer/import/importReport.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';
import { tellImport } from './import.ts';

const help: CommandHelp = {
  usage: 'FOLDER --as EVALUATOR [--db PATH]',
  description: [
    'Exchanges reviews through a folder that others also use: imports what is new in their files, and writes all ' +
      'reviews, inspections, settlements, gold verdicts and ideals of EVALUATOR, with their tasks, to a file of their own.',
    'A file that was altered, reordered or cut, or that lacks a record that was imported from it before, is refused as ' +
      'a whole, and its first faulty record is reported. The other files are imported.',
  ],
  options: [
    ['--as EVALUATOR', 'your evaluator id: the setting "tiebreak.evaluator" of the editor; required'],
    databaseRow,
  ],
  exitStatus: [
    ['0', 'every file was imported'],
    ['1', 'some files were refused, some lines were invalid, or some records were kept as they were'],
  ],
};

const options = { ...databaseOption, as: { type: 'string' } } as const;

export const exchangeCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('exchange', args, options);
    const [folder, more] = positionals;
    if (folder === undefined || more !== undefined) throw usageError('exchange', 'give exactly one folder');
    const author = values.as;
    if (!author) throw usageError('exchange', '--as is missing: give your evaluator id');
    const { imported, refused, written } = await withStore({ db: values.db }, (store) =>
      exchangeReviews(store, folder, author),
    );
    tellImport(imported, terminal);
    for (const { error } of refused) terminal.note(`error: ${error.message}`);
    await terminal.line(
      `${written} of your records written; ${importCounts(imported) || 'nothing to import'}`,
    );
    return isWhole(imported) && refused.length === 0 ? exitCodes.ok : exitCodes.findings;
  },
};
