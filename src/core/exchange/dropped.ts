import type { Review } from '../review/review.ts';
import type { Task } from '../task/task.ts';

/** A review with its task: the input for the checks of what a format drops. */
interface Judged {
  readonly task: Task;
  readonly review: Review;
}

const contents = {
  strength: ({ review }) => review.preference?.kind === 'better',
  rationale: ({ review }) => review.rationale.trim() !== '',
  scores: ({ review }) => Object.values(review.scores).some((scores) => Object.keys(scores).length > 0),
  flags: ({ review }) => review.flags.length > 0,
  runs: ({ review }) => review.runs.length > 0,
  'searches for differences': ({ review }) => (review.searches ?? []).length > 0,
  diagnostics: ({ review }) => review.checks.some(({ diagnostics }) => diagnostics.length > 0),
  cases: ({ task, review }) => (task.cases ?? []).length + review.cases.length > 0,
  'ideal solution': ({ review }) => review.ideal !== undefined,
  'files of the task': ({ task }) => (task.files ?? []).length > 0,
  'turns of the prompt, which became one text': ({ task }) => task.messages !== undefined,
  'turns of an answer, which became one text': ({ task }) =>
    task.answers.some(({ messages }) => messages !== undefined),
  'names of the models': ({ task }) => task.answers.some(({ model }) => model !== undefined),
  'who judged, when and the chain of hashes': () => true,
  'the chain of hashes': () => true,
} as const satisfies Record<string, (judged: Judged) => boolean>;

export type Content = keyof typeof contents;

/** The contents that a format with only a prompt, two texts and a winner lacks. */
export const beyondPairs: readonly Content[] = [
  'rationale',
  'scores',
  'flags',
  'runs',
  'searches for differences',
  'diagnostics',
  'cases',
  'ideal solution',
  'files of the task',
  'turns of the prompt, which became one text',
  'turns of an answer, which became one text',
  'names of the models',
  'who judged, when and the chain of hashes',
];

/** `beyondPairs` without the contents that the format holds. */
export function beyondPairsBut(...held: readonly Content[]): Content[] {
  return beyondPairs.filter((content) => !held.includes(content));
}

/** The contents that the formats of annotation tools lack. Their records have responses per user, including scores. */
export const annotationsLack: readonly Content[] = [
  ...beyondPairsBut('rationale', 'scores', 'names of the models', 'who judged, when and the chain of hashes'),
  'the chain of hashes',
];

/** The contents of the written records for which the format has no field, each with the number of affected records. */
export function droppedOf(records: readonly Judged[], lacking: readonly Content[]): string[] {
  return counted(records, Object.fromEntries(lacking.map((what) => [what, contents[what]])));
}

/** The contents that at least one record has, each with the number of records that have it. */
export function counted<Record>(
  records: readonly Record[],
  kinds: Readonly<{ [what: string]: (record: Record) => boolean }>,
): string[] {
  return Object.entries(kinds).flatMap(([what, has]) => {
    const count = records.filter(has).length;
    return count === 0 ? [] : [`${what} (of ${count})`];
  });
}
