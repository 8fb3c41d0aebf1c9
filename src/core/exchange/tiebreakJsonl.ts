import type { Exporter } from './exporter.ts';
import { ledgerRecord, recordLine, reviewRecord } from './record.ts';
import { sealOf } from './seal.ts';

/**
 * Everything, with the version of the format in every line and a last line by which a file that was cut or reordered is
 * told; imports back to the same bytes.
 */
export const tiebreakJsonl: Exporter = {
  id: 'tiebreak',
  title: 'Tiebreak JSONL',
  description: 'Everything, nothing dropped; can be imported again',
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
