import { tiebreakError } from '../core/errors.ts';
import { exportReportLines, mergingEqual, type ExchangeData } from '../core/exchange/exporter.ts';
import { exporters } from '../core/exchange/exporters.ts';
import { piecesOf, portfolio, portfolioWith } from '../core/exchange/portfolio.ts';
import { collectExchangeData, exportToFile } from '../transfer/exporting.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import type { CommandHelp, HelpRow } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';
import type { Terminal } from './terminal.ts';

const flat = exporters.flatMap(({ id, columns }) => (columns === undefined ? [] : [id])).join(', ');

const mergeable = exporters.flatMap(({ id, mergesEqual }) => (mergesEqual ? [id] : [])).join(', ');

const help: CommandHelp = {
  usage: '--to FORMAT [--out FILE] [--merge-equal] [--review ID]… [--db PATH]',
  description: [
    'Exports reviews as training data: one JSON object per line, except label-studio (one JSON list) and portfolio ' +
      '(Markdown). What the format cannot hold, and which records were left out and why, is reported on standard error.',
  ],
  choices: {
    title: 'Formats',
    rows: exporters.map(({ id, description }): HelpRow => [id, description]),
  },
  options: [
    ['--to FORMAT', 'the format; required'],
    [
      '--out FILE',
      'the file to write, completely or not at all; default: standard output. A name that ends in .parquet writes ' +
        `Parquet (${flat})`,
    ],
    ['--merge-equal', `write rows once that are equal because several evaluators agree (${mergeable})`],
    [
      '--review ID',
      'portfolio only: include this review, ideal or rubric; can be given several times; default: all',
    ],
    databaseRow,
  ],
  exitStatus: [['0', 'the export was written, even if records were left out']],
};

const options = {
  ...databaseOption,
  to: { type: 'string' },
  out: { type: 'string' },
  'merge-equal': { type: 'boolean' },
  review: { type: 'string', multiple: true },
} as const;

type Exporter = (typeof exporters)[number];

export const exportCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('export', args, options);
    if (positionals.length > 0) throw usageError('export', `unexpected argument "${positionals[0]}"`);
    const format = exporterOf(values.to);
    const { db, out } = values;
    const data = await withStore({ db, existing: true }, collectExchangeData);
    const chosen = chosenOf(format, values.review, data);
    const exporter = values['merge-equal'] === true ? merging(chosen) : chosen;
    const report =
      out === undefined
        ? await exportToOutput(data, exporter, terminal)
        : await exportToFile(data, exporter, out);
    for (const line of exportReportLines(report)) terminal.note(line);
    return exitCodes.ok;
  },
};

function exporterOf(id: string | undefined): Exporter {
  const known = exporters.map((exporter) => exporter.id).join(', ');
  if (id === undefined) throw usageError('export', `--to is missing: give a format (${known})`);
  const exporter = exporters.find((candidate) => candidate.id === id);
  if (exporter === undefined) throw usageError('export', `unknown format "${id}"; known formats: ${known}`);
  return exporter;
}

function merging(exporter: Exporter): Exporter {
  if (exporter.mergesEqual === true) return mergingEqual(exporter);
  throw usageError('export', `--merge-equal is valid only with --to ${mergeable}`);
}

/** The exporter, limited to the given records if there are any. */
function chosenOf(exporter: Exporter, ids: readonly string[] | undefined, data: ExchangeData): Exporter {
  if (ids === undefined) return exporter;
  if (exporter.id !== portfolio.id)
    throw usageError('export', `--review is valid only with --to ${portfolio.id}`);
  const known = new Set(piecesOf(data).pieces.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return portfolioWith(new Set(ids));
  throw tiebreakError('piece-unknown', {
    what: `there is no review, ideal or rubric "${unknown}", or it is not in effect`,
    remedy: 'Look up the ids in an export with --to tiebreak',
  });
}

async function exportToOutput(data: ExchangeData, exporter: Exporter, terminal: Terminal) {
  const { lines, report } = exporter.export(data);
  for (const line of lines) await terminal.data(`${line}\n`);
  return report;
}
