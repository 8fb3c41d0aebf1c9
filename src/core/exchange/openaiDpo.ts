import { beyondPairs, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { pairsOf } from './pairs.ts';

/**
 * OpenAI's preference format, which Together and Fireworks read too: one assistant message each
 * (https://platform.openai.com/docs/guides/direct-preference-optimization).
 */
export const openaiDpo: Exporter = {
  id: 'openai-dpo',
  title: 'OpenAI DPO',
  description: 'input, preferred_output and non_preferred_output; also for Together and Fireworks',
  fileExtension: 'jsonl',
  export(data) {
    const { pairs, leftOut } = pairsOf(data);
    const lines = pairs.map(({ task, chosen, rejected }) =>
      JSON.stringify({
        input: {
          messages: [{ role: 'user', content: task.prompt }],
          tools: [],
          parallel_tool_calls: true,
        },
        preferred_output: [{ role: 'assistant', content: chosen.text }],
        non_preferred_output: [{ role: 'assistant', content: rejected.text }],
      }),
    );
    const dropped = droppedOf(pairs, ['strength', ...beyondPairs]);
    return { lines, report: { target: this.title, exported: pairs.length, leftOut, dropped } };
  },
};
