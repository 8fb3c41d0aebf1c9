import { timeSheetCsv, timeSheetMarkdown, type Rate } from '../core/statistics/timeSheet.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';

const help: CommandHelp = {
  usage: '[--csv] [--as PERSON] [--rate N [--weeks N]] [--db PATH]',
  description: [
    'Prints active and idle time by day, task and record, as Markdown or CSV. The times stay in this database: no export has ' +
      'them, except those of submitted reviews.',
  ],
  options: [
    ['--csv', 'one line for each day and piece of work'],
    ['--as PERSON', 'only the time of this evaluator or reviewer'],
    ['--rate N', 'estimate earnings at N an hour; the rate is not stored'],
    ['--weeks N', 'how many weeks to estimate for; default: 1'],
    databaseRow,
  ],
  exitStatus: [['0', 'the time sheet was printed']],
};

const options = {
  ...databaseOption,
  csv: { type: 'boolean', default: false },
  as: { type: 'string' },
  rate: { type: 'string' },
  weeks: { type: 'string' },
} as const;

export const timesheetCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('timesheet', args, options);
    if (positionals.length > 0) throw usageError('timesheet', `unexpected argument "${positionals[0]}"`);
    const rate = rateOf(values);
    const entries = await withStore({ db: values.db, existing: true }, (store) =>
      store.worked(values.as === undefined ? {} : { person: values.as }),
    );
    await (values.csv
      ? terminal.data(timeSheetCsv(entries))
      : terminal.text(timeSheetMarkdown(entries, rate)));
    return exitCodes.ok;
  },
};

function rateOf({ rate, weeks = '1' }: { rate?: string; weeks?: string }): Rate | undefined {
  if (rate === undefined) return undefined;
  return { hourly: positive('--rate', rate), weeks: positive('--weeks', weeks) };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw usageError('timesheet', `invalid ${name} "${text}": give a number above 0`);
}
