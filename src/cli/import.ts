import {
  importCounts,
  importNotes,
  isWhole,
  sumReports,
  type ImportReport,
} from '../transfer/import/importReport.ts';
import { importFiles, taskFilesOf } from '../transfer/import/importFiles.ts';
import type { ImportOptions } from '../transfer/import/importing.ts';
import type { Store } from '../store/store.ts';
import { readArguments, usageError } from './arguments.ts';
import { exitCodes, type Command, type CommandContext } from './command.ts';
import type { CommandHelp } from './commandHelp.ts';
import { databaseOption, databaseRow, withStore } from './database.ts';
import { problemLine } from './problems.ts';
import { clonesOption, clonesRow } from './tasks.ts';
import type { Terminal } from './terminal.ts';

const help: CommandHelp = {
  usage: 'FILE… [--end-inputs] [--clones DIR] [--db PATH]',
  description: [
    'Adds tasks to the queue. Files that were exported with "--to tiebreak" bring back everything they hold.',
    'FILE is a file with one JSON object per line, or a folder. In a folder, all files that end in .jsonl, .ndjson or ' +
      '.task.json are imported, including those in subfolders.',
    'An invalid line is reported as FILE:LINE: reason, and the other lines are imported. A task that is already in the ' +
      'queue is replaced, unless it was reviewed: then it stays as it was judged, and its id is reported. A file whose ' +
      'hash chain is broken is refused as a whole, and the other files are imported.',
    'Each file is stored as a whole: if the import is interrupted or fails, nothing of the file is stored. The files before stay.',
  ],
  options: [
    [
      '--end-inputs',
      'add a newline to each input of a case that does not end with one; ids stay, so an import without this option restores the input',
    ],
    clonesRow,
    databaseRow,
  ],
  exitStatus: [
    ['0', 'everything was imported'],
    ['1', 'some files were refused, some lines were invalid, or some records were kept as they were'],
  ],
};

export const importCommand: Command = {
  help,
  async run(args, context) {
    const { values, positionals } = readArguments('import', args, {
      ...databaseOption,
      ...clonesOption,
      'end-inputs': { type: 'boolean' },
    });
    if (positionals.length === 0) throw usageError('import', 'no file given');
    const { terminal } = context;
    const { files, refused } = await taskFilesOf(positionals);
    for (const { error } of refused) terminal.note(`error: ${error.message}`);
    if (files.length === 0) return exitCodes.failure;
    const reports = await withStore({ db: values.db }, (store) =>
      importAll(store, files, { clones: values.clones, endInputs: values['end-inputs'] ?? false }, context),
    );
    if (reports.length === 0) return exitCodes.failure;
    const report = sumReports(reports);
    await terminal.line(importCounts(report) || 'nothing to import');
    for (const note of importNotes(report)) terminal.note(note);
    const refusedCount = refused.length + files.length - reports.length;
    return isWhole(report) && refusedCount === 0 ? exitCodes.ok : exitCodes.findings;
  },
};

/** Imports the files and prints what was refused. Resolves with the reports of the other files. */
async function importAll(
  store: Store,
  files: readonly string[],
  options: Pick<ImportOptions, 'clones' | 'endInputs'>,
  { terminal, signal }: CommandContext,
): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  const onProgress = (file: string, { lines, share }: { lines: number; share: number }): void =>
    terminal.progress(`${file}: ${lines.toLocaleString('en')} lines, ${Math.floor(share * 100)}%`);
  for await (const outcome of importFiles(store, files, { signal, ...options, onProgress })) {
    if ('error' in outcome) {
      terminal.note(`error: ${outcome.error.message}`);
      continue;
    }
    tellImport(outcome.report, terminal);
    reports.push(outcome.report);
  }
  return reports;
}

/** Names each line and record that was not imported, and why. */
export function tellImport(report: ImportReport, terminal: Terminal): void {
  for (const problem of report.problems) terminal.note(problemLine(problem));
  for (const id of report.refused)
    terminal.note(`task "${id}" was already reviewed and stays as it was judged`);
  const others = {
    review: report.reviews,
    'skip of task': report.skips,
    run: report.runs,
    record: report.ledger,
  };
  for (const [kind, { refused }] of Object.entries(others)) {
    for (const id of refused)
      terminal.note(`${kind} "${id}" already exists with other content and stays as it is`);
  }
}
