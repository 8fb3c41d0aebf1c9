import { importCounts, isWhole, sumReports, type ImportReport } from '../store/importReport.ts';
import type { Store } from '../store/store.ts';
import { taskFilesAt } from '../store/taskFolder.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import { databaseHelp, databaseOption, withStore } from './database.ts';
import { problemLine } from './problems.ts';
import { clonesHelp, clonesOption } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help = `Usage: tiebreak import FILE… [--clones DIR] [--db PATH]

Puts tasks into the queue, and takes back what was exported with --to tiebreak. FILE is a file with one JSON object a
line, or a folder whose *.jsonl, *.ndjson and *.task.json files are imported, those of its folders too.

A line that is broken is reported as FILE:LINE: reason, and the others are kept. A task that is there already is
replaced, unless it was reviewed: then it is kept as it was judged, and named. Reviews whose chain of hashes does not
hold are refused with their file.

Options:
${clonesHelp}
${databaseHelp}

Exit status: 0 everything was imported; 1 some lines were broken or some records kept as they were.
`;

export const importCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('import', args, { ...databaseOption, ...clonesOption });
    if (positionals.length === 0) throw usageError('import', 'no file was named');
    const files = (await Promise.all(positionals.map(taskFilesAt))).flat();
    const report = await withStore({ db: values.db }, (store) =>
      importAll(store, files, values.clones, context),
    );
    await context.terminal.out(`${importCounts(report) || 'nothing to import'}\n`);
    return isWhole(report) ? exitCodes.ok : exitCodes.findings;
  },
};

async function importAll(
  store: Store,
  files: readonly string[],
  clones: string | undefined,
  { terminal, signal }: CommandContext,
): Promise<ImportReport> {
  const { importFile } = await import('../store/importing.ts');
  const reports: ImportReport[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    const onProgress = ({ lines, share }: { lines: number; share: number }): void =>
      terminal.progress(`${file}: ${lines.toLocaleString('en')} lines, ${Math.floor(share * 100)}%`);
    const report = await importFile(store, file, { signal, clones, onProgress });
    tellImport(report, terminal);
    reports.push(report);
  }
  return sumReports(reports);
}

/** Names each line and record that was not taken, and why. */
export function tellImport(report: ImportReport, terminal: Terminal): void {
  for (const problem of report.problems) terminal.note(problemLine(problem));
  for (const id of report.refused)
    terminal.note(`task "${id}" was reviewed already and is kept as it was judged`);
  const others = {
    review: report.reviews,
    'skip of task': report.skips,
    run: report.runs,
    record: report.ledger,
  };
  for (const [kind, { refused }] of Object.entries(others)) {
    for (const id of refused)
      terminal.note(`${kind} "${id}" is there with other content and is kept as it was`);
  }
}
