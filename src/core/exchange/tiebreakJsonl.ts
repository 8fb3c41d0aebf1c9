import type { Exporter } from './exporter.ts';
import { recordLine, reviewRecord } from './record.ts';

/** Everything, with the version of the format in every line; imports back to the same bytes. */
export const tiebreakJsonl: Exporter = {
  id: 'tiebreak',
  title: 'Tiebreak JSONL',
  description: 'Everything, nothing dropped; can be imported again',
  fileExtension: 'jsonl',
  export({ tasks, reviews, skips, runs = [] }) {
    const lines = [
      ...tasks.map((task) => recordLine({ kind: 'task', task })),
      ...reviews.map((review) => recordLine(reviewRecord(review))),
      ...skips.map((skip) => recordLine({ kind: 'skip', skip })),
      ...runs.map((run) => recordLine({ kind: 'run', run })),
    ];
    return { lines, report: { target: this.title, exported: lines.length, leftOut: [], dropped: [] } };
  },
};
