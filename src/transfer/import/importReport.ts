import { codeSpan, markdownDocument } from '../../core/text/markdownDocument.ts';
import type { LineProblem } from '../../core/files/taskfile.ts';
import type { ImportCounts, RecordImportCounts } from '../../store/store.ts';

/** The result of an import: counts of tasks, counts of other records, and the invalid lines. */
export interface ImportReport extends ImportCounts {
  readonly reviews: RecordImportCounts;
  readonly skips: RecordImportCounts;
  readonly runs: RecordImportCounts;
  /** Inspections, settlements, gold verdicts and ideals. */
  readonly ledger: RecordImportCounts;
  readonly problems: readonly LineProblem[];
  /** Id of the first task of the import that people judge; a calibration task is not named. */
  readonly firstTask?: string;
  /** Members of other programs' records that were not kept: name → number of records with this member. */
  readonly notKept: Readonly<Record<string, number>>;
  /** Path of the file whose import was cancelled: nothing of it was stored. */
  readonly cancelled?: string;
  /** Number of cases whose input does not end with a newline. */
  readonly unendedInputs: number;
}

const nothing: RecordImportCounts = { added: 0, unchanged: 0, refused: [] };

/** The report of an import of nothing. */
export const emptyReport: ImportReport = {
  ...nothing,
  updated: 0,
  reviews: nothing,
  skips: nothing,
  runs: nothing,
  ledger: nothing,
  problems: [],
  notKept: {},
  unendedInputs: 0,
};

/** The sum of several reports. */
export function sumReports(reports: readonly ImportReport[]): ImportReport {
  const sum = (pick: (report: ImportReport) => RecordImportCounts): RecordImportCounts => ({
    added: reports.reduce((total, report) => total + pick(report).added, 0),
    unchanged: reports.reduce((total, report) => total + pick(report).unchanged, 0),
    refused: reports.flatMap((report) => pick(report).refused),
  });
  const firstTask = reports.find((report) => report.firstTask !== undefined)?.firstTask;
  const cancelled = reports.find((report) => report.cancelled !== undefined)?.cancelled;
  return {
    ...sum((report) => report),
    ...(cancelled === undefined ? {} : { cancelled }),
    ...(firstTask === undefined ? {} : { firstTask }),
    updated: reports.reduce((total, report) => total + report.updated, 0),
    reviews: sum((report) => report.reviews),
    skips: sum((report) => report.skips),
    runs: sum((report) => report.runs),
    ledger: sum((report) => report.ledger),
    problems: reports.flatMap((report) => report.problems),
    notKept: reports.reduce<Record<string, number>>((total, { notKept }) => {
      for (const [name, count] of Object.entries(notKept)) total[name] = (total[name] ?? 0) + count;
      return total;
    }, {}),
    unendedInputs: reports.reduce((total, report) => total + report.unendedInputs, 0),
  };
}

/** What a person should know of an import besides its counts, each in a clause. */
export function importNotes(report: ImportReport): string[] {
  return [cancelledNote(report), notKeptNote(report), unendedNote(report)].filter(
    (note) => note !== undefined,
  );
}

function cancelledNote({ cancelled }: ImportReport): string | undefined {
  return cancelled === undefined ? undefined : `cancelled: nothing of ${cancelled} was imported`;
}

/** "not kept: url (of 3), difficulty (of 2)" */
function notKeptNote({ notKept }: ImportReport): string | undefined {
  const counts = Object.entries(notKept).toSorted(([, one], [, other]) => other - one);
  if (counts.length === 0) return undefined;
  return `not kept: ${counts.map(([name, count]) => `${name} (of ${count.toLocaleString('en')})`).join(', ')}`;
}

function unendedNote({ unendedInputs }: ImportReport): string | undefined {
  if (unendedInputs === 0) return undefined;
  const inputs = unendedInputs === 1 ? 'input does' : 'inputs do';
  return (
    `${unendedInputs.toLocaleString('en')} ${inputs} not end with a newline, and some programs lose the last line: ` +
    'import with `tiebreak import --end-inputs` to add it, or use “Add newline” at the case in the panel'
  );
}

/** The counts of an import in words, without counts of zero. */
export function importCounts(report: ImportReport): string {
  const { reviews, skips, runs, ledger, problems } = report;
  const others = [reviews, skips, runs, ledger];
  const counts: [number, string][] = [
    [report.added, report.added === 1 ? 'task added' : 'tasks added'],
    [report.updated, 'updated'],
    [report.unchanged, 'already there'],
    [report.refused.length, 'kept as reviewed'],
    [reviews.added, reviews.added === 1 ? 'review' : 'reviews'],
    [skips.added, skips.added === 1 ? 'skip' : 'skips'],
    [runs.added, runs.added === 1 ? 'run' : 'runs'],
    [ledger.added, ledger.added === 1 ? 'record of reviewers' : 'records of reviewers'],
    [others.reduce((total, { unchanged }) => total + unchanged, 0), 'records known'],
    [others.reduce((total, { refused }) => total + refused.length, 0), 'records kept as they were'],
    [problems.length, problems.length === 1 ? 'line invalid' : 'lines invalid'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString('en')} ${what}`)
    .join(', ');
}

/** The whole report as a Markdown document. */
export function importReportMarkdown(report: ImportReport, files: readonly string[]): string {
  const { problems, refused, notKept, reviews, skips, runs, ledger } = report;
  const others = [reviews, skips, runs, ledger].flatMap((counts) => counts.refused);
  return markdownDocument('Import report', [
    ['', [[importCounts(report) || 'Nothing to import', cancelledNote(report)].filter(Boolean).join('; ')]],
    ['Files', files.map(codeSpan)],
    [
      'Invalid lines',
      problems.map(({ file, line, reason, remedy }) => `${codeSpan(`${file}:${line}`)} ${reason}. ${remedy}`),
    ],
    ['Kept as they were reviewed', refused.map(codeSpan)],
    ['Records kept as they were', others.map(codeSpan)],
    [
      'Fields that were not kept',
      Object.entries(notKept).map(([name, count]) => `${codeSpan(name)} of ${count}`),
    ],
  ]);
}

/** Whether every line was valid and the store has every record as in the file. */
export function isWhole({
  problems,
  refused,
  reviews,
  skips,
  runs,
  ledger,
  cancelled,
}: ImportReport): boolean {
  const others = [reviews, skips, runs, ledger].map((counts) => counts.refused);
  return cancelled === undefined && [problems, refused, ...others].every((list) => list.length === 0);
}
