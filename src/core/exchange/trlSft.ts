import { promptTurns } from './turns.ts';
import type { Exporter } from './exporter.ts';
import { droppedOfIdeals, idealsInEffect, type IdealInEffect } from './ideals.ts';

/** TRL's format for supervised fine-tuning: the ideal as the completion (https://huggingface.co/docs/trl/dataset_formats#prompt-completion). */
export const trlSft: Exporter = {
  ...sftExporter({
    id: 'trl-sft',
    title: 'TRL supervised',
    description: 'prompt and completion, which is the ideal solution, for fine-tuning',
    row: ({ task, text }) => ({ prompt: task.prompt, completion: text }),
  }),
  columns: { prompt: 'STRING', completion: 'STRING' },
};

/** The same as a conversation. */
export const trlSftChat: Exporter = sftExporter({
  id: 'trl-sft-chat',
  title: 'TRL supervised, conversational',
  description: 'The same as messages',
  row: ({ task, text }) => ({
    messages: [...promptTurns(task), { role: 'assistant', content: text }],
  }),
});

function sftExporter({
  row,
  ...about
}: Omit<Exporter, 'fileExtension' | 'export'> & { row: (ideal: IdealInEffect) => object }): Exporter {
  return {
    ...about,
    fileExtension: 'jsonl',
    export(data) {
      const { ideals, leftOut } = idealsInEffect(data);
      const answers = ideals.length === 0 ? [] : [`the other answers (of ${ideals.length})`];
      const dropped = [...answers, ...droppedOfIdeals(ideals)];
      return {
        lines: ideals.map((ideal) => JSON.stringify(row(ideal))),
        report: { target: about.title, exported: ideals.length, leftOut, dropped },
      };
    },
  };
}
