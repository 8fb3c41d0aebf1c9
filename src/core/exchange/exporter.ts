import type { LedgerEntry } from '../ledger.ts';
import type { Review, Skip } from '../review.ts';
import type { Run } from '../run.ts';
import type { Task } from '../task.ts';

/** All that can be exported, in the order in which it came into the store. */
export interface ExchangeData {
  readonly tasks: readonly Task[];
  readonly reviews: readonly Review[];
  readonly skips: readonly Skip[];
  /** Runs that were saved; those that a review was made on are in the review as well. */
  readonly runs?: readonly Run[];
  /** Inspections, settlements, gold verdicts and ideals. */
  readonly ledger?: readonly LedgerEntry[];
}

/** Records that a format has no place for. */
export interface LeftOut {
  /** A phrase that goes after a count, such as "tie". */
  readonly reason: string;
  readonly count: number;
  /** Ids of the reviews; of the task where it was skipped. */
  readonly ids: readonly string[];
}

/** What an export did, and what it could not keep. */
export interface ExportReport {
  /** Title of the format. */
  readonly target: string;
  /** How many lines were written. */
  readonly exported: number;
  readonly leftOut: readonly LeftOut[];
  /** What the format cannot hold of the records that were written, each with how many records had it. */
  readonly dropped: readonly string[];
}

/** The columns of a flat format, by name and in order, and what Parquet calls their types. */
export type ColumnTypes = Readonly<Record<string, 'STRING' | 'DOUBLE' | 'BOOLEAN'>>;

/** One format that what was judged can be written in, a line at a time: most have one JSON object a line. */
export interface Exporter {
  readonly id: string;
  readonly title: string;
  /** What the format is for, in one line, where a person chooses. */
  readonly description: string;
  /** Without the dot. */
  readonly fileExtension: string;
  /** Where every line is flat, so that the format can be written as Parquet too. */
  readonly columns?: ColumnTypes;
  /** Lines come without their newlines. */
  export(data: ExchangeData): { readonly lines: readonly string[]; readonly report: ExportReport };
}

/** The report in one sentence. */
export function exportSummary({ target, exported, leftOut }: ExportReport): string {
  const out = leftOut.reduce((total, { count }) => total + count, 0);
  const reasons = leftOut.map(({ reason, count }) => `${count} ${reason}`).join(', ');
  const records = `${exported.toLocaleString('en')} ${exported === 1 ? 'record' : 'records'}`;
  return `Exported ${records} as ${target}${out === 0 ? '' : `; ${out} left out (${reasons})`}.`;
}

/** The whole report as lines for a log: what was written, left out and dropped. */
export function exportReportLines(report: ExportReport): string[] {
  return [
    exportSummary(report),
    ...report.leftOut.map(({ reason, count, ids }) => `  left out, ${reason} (${count}): ${ids.join(', ')}`),
    ...report.dropped.map((what) => `  ${report.target} cannot hold: ${what}`),
  ];
}
