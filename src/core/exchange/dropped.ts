import type { Review } from '../review.ts';
import type { Task } from '../task.ts';

/** What a review of a task has that a format may lack a field for. */
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
  diagnostics: ({ review }) => review.checks.some(({ diagnostics }) => diagnostics.length > 0),
  cases: ({ task, review }) => (task.cases ?? []).length + review.cases.length > 0,
  'ideal solution': ({ review }) => review.ideal !== undefined,
  'files of the task': ({ task }) => (task.files ?? []).length > 0,
  'names of the models': ({ task }) => task.answers.some(({ model }) => model !== undefined),
  'who judged, when and the chain of hashes': () => true,
  'the chain of hashes': () => true,
} as const satisfies Record<string, (judged: Judged) => boolean>;

export type Content = keyof typeof contents;

/** Everything that a format with a prompt, two texts and a winner lacks. */
export const beyondPairs: readonly Content[] = [
  'rationale',
  'scores',
  'flags',
  'runs',
  'diagnostics',
  'cases',
  'ideal solution',
  'files of the task',
  'names of the models',
  'who judged, when and the chain of hashes',
];

/** What of the records written the format has no field for, each with how many had it. */
export function droppedOf(records: readonly Judged[], lacking: readonly Content[]): string[] {
  return counted(records, Object.fromEntries(lacking.map((what) => [what, contents[what]])));
}

/** What at least one of the records has, each with how many do. */
export function counted<Record>(
  records: readonly Record[],
  kinds: Readonly<{ [what: string]: (record: Record) => boolean }>,
): string[] {
  return Object.entries(kinds).flatMap(([what, has]) => {
    const count = records.filter(has).length;
    return count === 0 ? [] : [`${what} (of ${count})`];
  });
}
