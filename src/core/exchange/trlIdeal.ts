import type { Exporter } from './exporter.ts';
import { droppedOfIdeals, idealsInEffect } from './ideals.ts';

/** TRL's preference format: the ideal is chosen over each answer that fails a case of the ideal's proof. */
export const trlIdeal: Exporter = {
  id: 'trl-ideal',
  title: 'TRL preference, ideal chosen',
  description: 'prompt, chosen (the ideal) and rejected (each answer that fails a case), for DPO',
  fileExtension: 'jsonl',
  columns: { prompt: 'STRING', chosen: 'STRING', rejected: 'STRING' },
  export(data) {
    const { ideals, leftOut } = idealsInEffect(data);
    const read = ideals.map((inEffect) => {
      const failing = new Set(
        inEffect.ideal.runs
          .filter(({ results }) =>
            results.some(({ verdict }) => verdict !== 'pass' && verdict !== 'unsupported'),
          )
          .map(({ answerId }) => answerId),
      );
      const rejected = inEffect.task.answers.filter(({ id }) => failing.has(id));
      return { ...inEffect, rejected };
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
