import { beyondPairs, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { pairsOf, type Pair } from './pairs.ts';

/** What a TRL trainer calls a text: the text itself, or a conversation that consists of it. */
type AsText = (role: 'user' | 'assistant', content: string) => unknown;

/** TRL's preference format with texts (https://huggingface.co/docs/trl/dataset_formats#preference). */
export const trlPreference: Exporter = {
  ...trlExporter({
    id: 'trl',
    title: 'TRL preference',
    description: 'prompt, chosen, rejected and margin as texts, for DPO and reward training',
    asText: (_role, content) => content,
  }),
  columns: { prompt: 'STRING', chosen: 'STRING', rejected: 'STRING', margin: 'DOUBLE' },
};

/** The same with conversations of one message. */
export const trlChat: Exporter = trlExporter({
  id: 'trl-chat',
  title: 'TRL preference, conversational',
  description: 'The same with prompt, chosen and rejected as messages',
  asText: (role, content) => [{ role, content }],
});

function trlExporter({
  asText,
  ...about
}: Omit<Exporter, 'fileExtension' | 'export'> & { asText: AsText }): Exporter {
  return {
    ...about,
    fileExtension: 'jsonl',
    export(data) {
      const { pairs, leftOut } = pairsOf(data);
      const dropped = droppedOf(pairs, beyondPairs);
      const report = { target: about.title, exported: pairs.length, leftOut, dropped };
      return { lines: pairs.map((pair) => line(pair, asText)), report };
    },
  };
}

function line({ task, chosen, rejected, strength }: Pair, asText: AsText): string {
  const texts = {
    prompt: asText('user', task.prompt),
    chosen: asText('assistant', chosen.text),
    rejected: asText('assistant', rejected.text),
  };
  // With a fraction: readers that guess a column's type from the text would otherwise take it for an integer.
  return `${JSON.stringify(texts).slice(0, -1)},"margin":${strength.toFixed(1)}}`;
}
