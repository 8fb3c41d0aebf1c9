import type { LineProblem } from '../core/taskfile.ts';
import type { ImportCounts, RecordImportCounts } from './store.ts';

/** What an import did: counts of tasks, counts of the other records, and the lines that could not be used. */
export interface ImportReport extends ImportCounts {
  readonly reviews: RecordImportCounts;
  readonly skips: RecordImportCounts;
  readonly runs: RecordImportCounts;
  /** Inspections, settlements, gold verdicts and ideals. */
  readonly ledger: RecordImportCounts;
  readonly problems: readonly LineProblem[];
}

const nothing: RecordImportCounts = { added: 0, unchanged: 0, refused: [] };

/** Nothing was imported. */
export const emptyReport: ImportReport = {
  ...nothing,
  updated: 0,
  reviews: nothing,
  skips: nothing,
  runs: nothing,
  ledger: nothing,
  problems: [],
};

/** What several imports did together. */
export function sumReports(reports: readonly ImportReport[]): ImportReport {
  const sum = (pick: (report: ImportReport) => RecordImportCounts): RecordImportCounts => ({
    added: reports.reduce((total, report) => total + pick(report).added, 0),
    unchanged: reports.reduce((total, report) => total + pick(report).unchanged, 0),
    refused: reports.flatMap((report) => pick(report).refused),
  });
  return {
    ...sum((report) => report),
    updated: reports.reduce((total, report) => total + report.updated, 0),
    reviews: sum((report) => report.reviews),
    skips: sum((report) => report.skips),
    runs: sum((report) => report.runs),
    ledger: sum((report) => report.ledger),
    problems: reports.flatMap((report) => report.problems),
  };
}

/** What an import did, by count and words; what there was none of is left out. */
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
    [problems.length, problems.length === 1 ? 'line broken' : 'lines broken'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString('en')} ${what}`)
    .join(', ');
}

/** Whether every line was used and every record is in the store as the file has it. */
export function isWhole({ problems, refused, reviews, skips, runs, ledger }: ImportReport): boolean {
  const others = [reviews, skips, runs, ledger].map((counts) => counts.refused);
  return [problems, refused, ...others].every((list) => list.length === 0);
}
