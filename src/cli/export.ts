import { tiebreakError } from '../core/errors.ts';
import { exportReportLines, type ExchangeData } from '../core/exchange/exporter.ts';
import { exporters } from '../core/exchange/exporters.ts';
import { piecesOf, portfolio, portfolioWith } from '../core/exchange/portfolio.ts';
import { collectExchangeData, exportToFile } from '../store/exporting.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command } from './command.ts';
import { databaseHelp, databaseOption, withStore } from './database.ts';
import type { Terminal } from './terminal.ts';

const formats = exporters.map(({ id, description }) => `  ${id.padEnd(14)} ${description}`).join('\n');

const flat = exporters.flatMap(({ id, columns }) => (columns === undefined ? [] : [id])).join(', ');

const help = `Usage: tiebreak export --to FORMAT [--out FILE] [--review ID]… [--db PATH]

Writes what was judged as training data, one JSON object a line (label-studio: one list; portfolio: Markdown). What
the format cannot hold, and which records were left out and why, is told on the standard error output.

Formats:
${formats}

Options:
  --out FILE   write there, all of it or nothing; default: the standard output. A name that ends in .parquet
               gives Parquet: ${flat}
  --review ID  for a portfolio: this review, ideal or rubric; may be given several times; default: all
${databaseHelp}

Exit status: 0 it was exported, whatever was left out.
`;

const options = {
  ...databaseOption,
  to: { type: 'string' },
  out: { type: 'string' },
  review: { type: 'string', multiple: true },
} as const;

type Exporter = (typeof exporters)[number];

export const exportCommand: Command = {
  help,
  async run(args, { terminal }) {
    const { values, positionals } = readArguments('export', args, options);
    if (positionals.length > 0) throw usageError('export', `"${positionals[0]}" is not expected`);
    const format = exporterOf(values.to);
    const { db, out } = values;
    const data = await withStore({ db, existing: true }, collectExchangeData);
    const exporter = chosenOf(format, values.review, data);
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
  if (id === undefined) throw usageError('export', `no format was named with --to (${known})`);
  const exporter = exporters.find((candidate) => candidate.id === id);
  if (exporter === undefined) throw usageError('export', `there is no format "${id}" (there are ${known})`);
  return exporter;
}

/** The exporter of these pieces alone, where some were named. */
function chosenOf(exporter: Exporter, ids: readonly string[] | undefined, data: ExchangeData): Exporter {
  if (ids === undefined) return exporter;
  if (exporter.id !== portfolio.id)
    throw usageError('export', `--review goes with --to ${portfolio.id} only`);
  const known = new Set(piecesOf(data).pieces.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return portfolioWith(new Set(ids));
  throw tiebreakError('piece-unknown', {
    what: `there is no review, ideal or rubric "${unknown}", or it is not in force`,
    mend: 'Look the ids up in an export to "tiebreak"',
  });
}

async function exportToOutput(data: ExchangeData, exporter: Exporter, terminal: Terminal) {
  const { lines, report } = exporter.export(data);
  for (const line of lines) await terminal.out(`${line}\n`);
  return report;
}
