import { beyondPairsBut, droppedOf } from './dropped.ts';
import { equalLines, type Exporter } from './exporter.ts';
import { pairsOf } from './pairs.ts';
import { promptTurns } from './turns.ts';

/**
 * OpenAI's preference format, with one assistant message per answer. Together and Fireworks also read it
 * (https://platform.openai.com/docs/guides/direct-preference-optimization).
 */
export const openaiDpo: Exporter = {
  id: 'openai-dpo',
  title: 'OpenAI DPO',
  description: 'input, preferred_output and non_preferred_output; also for Together and Fireworks',
  fileExtension: 'jsonl',
  mergesEqual: true,
  export(data) {
    const { pairs, leftOut } = pairsOf(data);
    const lines = pairs.map(({ task, chosen, rejected }) =>
      JSON.stringify({
        input: {
          messages: promptTurns(task),
          tools: [],
          parallel_tool_calls: true,
        },
        preferred_output: [{ role: 'assistant', content: chosen.text }],
        non_preferred_output: [{ role: 'assistant', content: rejected.text }],
      }),
    );
    const dropped = droppedOf(pairs, [
      'strength',
      ...beyondPairsBut('turns of the prompt, which became one text'),
    ]);
    const equal = equalLines(lines);
    return { lines, report: { target: this.title, exported: lines.length, leftOut, dropped, equal } };
  },
};
