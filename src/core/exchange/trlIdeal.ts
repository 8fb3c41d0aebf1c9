import type { Exporter } from './exporter.ts';
import { droppedOfIdeals, standingIdeals } from './ideals.ts';

/** TRL's preference format with the ideal chosen over each answer that fails a case of its proof. */
export const trlIdeal: Exporter = {
  id: 'trl-ideal',
  title: 'TRL preference, ideal chosen',
  description: 'prompt, chosen (the ideal) and rejected (each answer that fails a case), for DPO',
  fileExtension: 'jsonl',
  columns: { prompt: 'STRING', chosen: 'STRING', rejected: 'STRING' },
  export(data) {
    const { ideals, leftOut } = standingIdeals(data);
    const read = ideals.map((standing) => {
      const failing = new Set(
        standing.ideal.runs
          .filter(({ results }) =>
            results.some(({ verdict }) => verdict !== 'pass' && verdict !== 'unsupported'),
          )
          .map(({ answerId }) => answerId),
      );
      const rejected = standing.task.answers.filter(({ id }) => failing.has(id));
      return { ...standing, rejected };
    });
    const rows = read.flatMap(({ task, text, rejected }) =>
      rejected.map((answer) => ({ prompt: task.prompt, chosen: text, rejected: answer.text })),
    );
    const unproved = read.filter(({ rejected }) => rejected.length === 0).map(({ ideal }) => ideal.id);
    const reason = 'no answer fails a case of the proof';
    return {
      lines: rows.map((row) => JSON.stringify(row)),
      report: {
        target: this.title,
        exported: rows.length,
        leftOut: [
          ...leftOut,
          ...(unproved.length === 0 ? [] : [{ reason, count: unproved.length, ids: unproved }]),
        ],
        dropped: droppedOfIdeals(read.filter(({ rejected }) => rejected.length > 0)),
      },
    };
  },
};
