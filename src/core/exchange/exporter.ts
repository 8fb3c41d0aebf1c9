import type { LedgerEntry } from '../records/ledger.ts';
import type { Review, Skip } from '../review/review.ts';
import type { Run } from '../run/run.ts';
import type { Task } from '../task/task.ts';
import { codeSpan, markdownDocument } from '../text/markdownDocument.ts';

/** All data for an export, in the order in which the store received it. */
export interface ExchangeData {
  readonly tasks: readonly Task[];
  readonly reviews: readonly Review[];
  readonly skips: readonly Skip[];
  /** Saved runs. A review also contains the runs that it is based on. */
  readonly runs?: readonly Run[];
  /** Inspections, settlements, gold verdicts and ideals. */
  readonly ledger?: readonly LedgerEntry[];
}

/** Records that an export left out for one reason. */
export interface LeftOut {
  /** A phrase that follows a count, such as "tie". */
  readonly reason: string;
  readonly count: number;
  /** Ids of the reviews, or of the task if the whole task was left out. */
  readonly ids: readonly string[];
}

/** What an export wrote, left out and dropped. */
export interface ExportReport {
  /** Title of the format. */
  readonly target: string;
  /** Number of lines written. */
  readonly exported: number;
  readonly leftOut: readonly LeftOut[];
  /** Contents of the written records that the format cannot hold, each with the number of affected records. */
  readonly dropped: readonly string[];
  /**
   * In a format whose lines are examples for training: the number of lines that equal an earlier line, such as when several
   * evaluators agree on a pair, and whether they were left out.
   */
  readonly equal?: { readonly count: number; readonly merged: boolean };
}

/** The columns of a flat format in order: name → Parquet type. */
export type ColumnTypes = Readonly<Record<string, 'STRING' | 'DOUBLE' | 'BOOLEAN'>>;

/** An export format, written line by line; most formats have one JSON object per line. */
export interface Exporter {
  readonly id: string;
  readonly title: string;
  /** One line for the picker: what the format is for. */
  readonly description: string;
  /** Without a dot. */
  readonly fileExtension: string;
  /** Present if every line is flat, so that the format can also be written as Parquet. */
  readonly columns?: ColumnTypes;
  /** Present if equal lines can be merged: each is an example for training and nothing else. The report counts them. */
  readonly mergesEqual?: true;
  /** Lines have no newline. */
  export(data: ExchangeData): { readonly lines: readonly string[]; readonly report: ExportReport };
}

/** For the report: how many lines equal an earlier line. */
export function equalLines(lines: readonly string[]): NonNullable<ExportReport['equal']> {
  return { count: lines.length - new Set(lines).size, merged: false };
}

/** A format that writes equal lines once. */
export function mergingEqual(exporter: Exporter): Exporter {
  return {
    ...exporter,
    export(data) {
      const { lines, report } = exporter.export(data);
      const distinct = [...new Set(lines)];
      const equal = { count: lines.length - distinct.length, merged: true };
      return { lines: distinct, report: { ...report, exported: distinct.length, equal } };
    },
  };
}

/** The report in one sentence. */
export function exportSummary({ target, exported, leftOut, equal }: ExportReport): string {
  const out = leftOut.reduce((total, { count }) => total + count, 0);
  const reasons = leftOut.map(({ reason, count }) => `${count} ${reason}`).join(', ');
  const records = `${exported.toLocaleString('en')} ${exported === 1 ? 'record' : 'records'}`;
  const parts = [
    `Exported ${records} as ${target}`,
    ...(out === 0 ? [] : [`${out} left out (${reasons})`]),
    ...(equal === undefined || equal.count === 0 ? [] : [equalNote(equal)]),
  ];
  return `${parts.join('; ')}.`;
}

function equalNote({ count, merged }: NonNullable<ExportReport['equal']>): string {
  const some = count.toLocaleString('en');
  if (merged) return `${some} equal ${count === 1 ? 'row was' : 'rows were'} merged`;
  return `${some} ${count === 1 ? 'row is' : 'rows are'} equal to others: several evaluators agree on the same pair`;
}

/** The whole report as a Markdown document. */
export function exportReportMarkdown(report: ExportReport, file: string): string {
  return markdownDocument('Export report', [
    ['', [exportSummary(report), `File: ${codeSpan(file)}`]],
    [
      'Left out',
      report.leftOut.map(({ reason, count, ids }) => `${count} ${reason}: ${ids.map(codeSpan).join(', ')}`),
    ],
    [`What ${report.target} cannot hold`, report.dropped],
  ]);
}

/** The whole report as lines for a log: what was written, left out and dropped. */
export function exportReportLines(report: ExportReport): string[] {
  return [
    exportSummary(report),
    ...report.leftOut.map(({ reason, count, ids }) => `  left out, ${reason} (${count}): ${ids.join(', ')}`),
    ...report.dropped.map((what) => `  ${report.target} cannot hold: ${what}`),
  ];
}
