import type { Exporter } from './exporter.ts';
import { pairsOf, type Pair } from './pairs.ts';

/** What a TRL trainer calls a text: the text itself, or a conversation that consists of it. */
type AsText = (role: 'user' | 'assistant', content: string) => unknown;

/** TRL's preference format with texts (https://huggingface.co/docs/trl/dataset_formats#preference). */
export const trlPreference: Exporter = trlExporter({
  id: 'trl',
  title: 'TRL preference',
  description: 'prompt, chosen, rejected and margin as texts, for DPO and reward training',
  asText: (_role, content) => content,
});

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
      const report = { target: about.title, exported: pairs.length, leftOut, dropped: droppedOf(pairs) };
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

/** What TRL has no field for, and whether a pair has it. */
const beyond: Readonly<Record<string, (pair: Pair) => boolean>> = {
  rationale: ({ review }) => review.rationale.trim() !== '',
  scores: ({ review }) => Object.values(review.scores).some((scores) => Object.keys(scores).length > 0),
  flags: ({ review }) => review.flags.length > 0,
  runs: ({ review }) => review.runs.length > 0,
  diagnostics: ({ review }) => review.checks.some(({ diagnostics }) => diagnostics.length > 0),
  cases: ({ task, review }) => (task.cases ?? []).length + review.cases.length > 0,
  'ideal solution': ({ review }) => review.ideal !== undefined,
  'files of the task': ({ task }) => (task.files ?? []).length > 0,
  'names of the models': ({ chosen, rejected }) => (chosen.model ?? rejected.model) !== undefined,
  'who judged, when and the chain of hashes': () => true,
};

function droppedOf(pairs: readonly Pair[]): string[] {
  return Object.entries(beyond).flatMap(([what, has]) => {
    const count = pairs.filter(has).length;
    return count === 0 ? [] : [`${what} (of ${count})`];
  });
}
