import { beyondPairs, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { pairsOf } from './pairs.ts';
import { standingReviews } from './standing.ts';

/**
 * TRL's unpaired preference format, for KTO (https://huggingface.co/docs/trl/dataset_formats#unpaired-preference):
 * the better answer is labelled true and the worse one false; both bad gives two that are false.
 */
export const trlUnpaired: Exporter = {
  id: 'trl-unpaired',
  title: 'TRL unpaired preference',
  description: 'prompt, completion and label, each answer by itself, for KTO',
  fileExtension: 'jsonl',
  columns: { prompt: 'STRING', completion: 'STRING', label: 'BOOLEAN' },
  export(data) {
    const { pairs, leftOut } = pairsOf(data);
    const bad = standingReviews(data).standing.filter(({ preference }) => preference?.kind === 'both-bad');
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
      ...(pairs.length === 0 ? [] : [`which other answer it was held against (of ${pairs.length})`]),
      ...droppedOf([...pairs, ...bad], beyondPairs),
    ];
    return {
      lines: rows.map((row) => JSON.stringify(row)),
      report: {
        target: this.title,
        exported: rows.length,
        leftOut: leftOut.filter(({ reason }) => reason !== 'both bad'),
        dropped,
      },
    };
  },
};
