import type { Answer, Task } from '../task/task.ts';
import { beyondPairs, beyondPairsBut, droppedOf, type Content } from './dropped.ts';
import { equalLines, type Exporter } from './exporter.ts';
import { pairsOf, type Pair } from './pairs.ts';
import { answerTurns, promptTurns } from './turns.ts';

/** How a format writes prompts and answers: as texts or as lists of turns. */
interface Writing {
  readonly prompt: (task: Task) => unknown;
  readonly answer: (answer: Answer) => unknown;
  /** The contents that the format cannot hold. */
  readonly lacks: readonly Content[];
}

/** TRL's preference format with texts (https://huggingface.co/docs/trl/dataset_formats#preference). */
export const trlPreference: Exporter = {
  ...trlExporter({
    id: 'trl',
    title: 'TRL preference',
    description: 'prompt, chosen, rejected and margin as texts, for DPO and reward training',
    prompt: (task) => task.prompt,
    answer: ({ text }) => text,
    lacks: beyondPairs,
  }),
  columns: { prompt: 'STRING', chosen: 'STRING', rejected: 'STRING', margin: 'DOUBLE' },
};

/** The same with conversations. */
export const trlChat: Exporter = trlExporter({
  id: 'trl-chat',
  title: 'TRL preference, conversational',
  description: 'The same with prompt, chosen and rejected as messages',
  prompt: promptTurns,
  answer: answerTurns,
  lacks: beyondPairsBut(
    'turns of the prompt, which became one text',
    'turns of an answer, which became one text',
  ),
});

function trlExporter({
  prompt,
  answer,
  lacks,
  ...about
}: Omit<Exporter, 'fileExtension' | 'export'> & Writing): Exporter {
  return {
    ...about,
    fileExtension: 'jsonl',
    mergesEqual: true,
    export(data) {
      const { pairs, leftOut } = pairsOf(data);
      const dropped = droppedOf(pairs, lacks);
      const lines = pairs.map((pair) => line(pair, { prompt, answer }));
      const equal = equalLines(lines);
      return { lines, report: { target: about.title, exported: lines.length, leftOut, dropped, equal } };
    },
  };
}

function line(
  { task, chosen, rejected, strength }: Pair,
  { prompt, answer }: Pick<Writing, 'prompt' | 'answer'>,
): string {
  const texts = {
    prompt: prompt(task),
    chosen: answer(chosen),
    rejected: answer(rejected),
  };
  // Written with a fraction: readers that guess the column's type would otherwise read an integer.
  return `${JSON.stringify(texts).slice(0, -1)},"margin":${strength.toFixed(1)}}`;
}
