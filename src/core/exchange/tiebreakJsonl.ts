import type { Exporter } from './exporter.ts';
import { ledgerRecord, recordLine, reviewRecord } from './record.ts';
import { sealOf } from './seal.ts';

/**
 * All data, with the version of the format in every line. The last line is a seal that detects a truncated or reordered
 * file. A re-import and re-export gives the same bytes.
 */
export const tiebreakJsonl: Exporter = {
  id: 'tiebreak',
  title: 'Tiebreak JSONL',
  description: 'Everything; can be imported again',
  fileExtension: 'jsonl',
  export({ tasks, reviews, skips, runs = [], ledger = [] }) {
    const lines = [
      ...tasks.map((task) => recordLine({ kind: 'task', task })),
      ...reviews.map((review) => recordLine(reviewRecord(review))),
      ...ledger.map((entry) => recordLine(ledgerRecord(entry))),
      ...skips.map((skip) => recordLine({ kind: 'skip', skip })),
      ...runs.map((run) => recordLine({ kind: 'run', run })),
    ];
    const sealed = lines.length === 0 ? lines : [...lines, recordLine(sealOf(lines))];
    return {
      lines: sealed,
      report: { target: this.title, exported: lines.length, leftOut: [], dropped: [] },
    };
  },
};
