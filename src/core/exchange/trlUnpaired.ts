import { beyondPairs, droppedOf } from './dropped.ts';
import { equalLines, type Exporter } from './exporter.ts';
import { pairsOf } from './pairs.ts';
import { pairReviewsInEffect } from './inEffect.ts';

/**
 * TRL's unpaired preference format, for KTO (https://huggingface.co/docs/trl/dataset_formats#unpaired-preference):
 * the better answer has the label true and the worse answer false; for "both bad" both answers have the label false.
 */
export const trlUnpaired: Exporter = {
  id: 'trl-unpaired',
  title: 'TRL unpaired preference',
  description: 'prompt, completion and label, each answer by itself, for KTO',
  fileExtension: 'jsonl',
  mergesEqual: true,
  columns: { prompt: 'STRING', completion: 'STRING', label: 'BOOLEAN' },
  export(data) {
    const { pairs, leftOut } = pairsOf(data);
    const bad = pairReviewsInEffect(data).inEffect.filter(
      ({ preference }) => preference?.kind === 'both-bad',
    );
    const rows = [
      ...pairs.flatMap(({ task, chosen, rejected }) => [
        { prompt: task.prompt, completion: chosen.text, label: true },
        { prompt: task.prompt, completion: rejected.text, label: false },
      ]),
      ...bad.flatMap(({ task, answers }) =>
        answers.map(({ text }) => ({ prompt: task.prompt, completion: text, label: false })),
      ),
    ];
    const dropped = [
      ...droppedOf(pairs, ['strength']),
      ...(pairs.length === 0 ? [] : [`the answer that it was compared with (of ${pairs.length})`]),
      ...droppedOf([...pairs, ...bad], beyondPairs),
    ];
    const lines = rows.map((row) => JSON.stringify(row));
    return {
      lines,
      report: {
        target: this.title,
        exported: rows.length,
        leftOut: leftOut.filter(({ reason }) => reason !== 'both bad'),
        dropped,
        equal: equalLines(lines),
      },
    };
  },
};
