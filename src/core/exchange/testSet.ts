import { duplicateOf } from '../duplicate.ts';
import { contentHash } from '../hash.ts';
import type { Case, Task } from '../task.ts';
import { counted } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { standingIdeals } from './ideals.ts';
import { leftOutOf, reviewsInForce, type Reason, type ReviewInForce } from './standing.ts';

/** Sets the task's id apart from that of the task it was made of, which an import must not replace. */
const suffix = '/cases';
const longestId = 200;

/** What a task of the set starts from: the answers that were judged are no part of it. */
const start = { answers: [{ id: 'start', text: '' }], ask: ['ideal', 'cases'] } satisfies Partial<Task>;

/** Each task with all its cases, those that evaluators wrote too, as a file of tasks that asks for a solution. */
export const testSet: Exporter = {
  id: 'cases',
  title: 'Cases as a test set',
  description: 'Each task with its cases and those that evaluators wrote; a file of tasks, can be imported',
  fileExtension: 'jsonl',
  export(data) {
    const { inForce, without } = reviewsInForce(data);
    const reviews = Map.groupBy(inForce, ({ task }) => task.id);
    const ideals = new Map(standingIdeals(data).ideals.map(({ task, text }) => [task.id, text]));
    const tasks = data.tasks.filter((task) => duplicateOf(task) === undefined);
    const sets = tasks.map((task): TestSet => ({
      task,
      cases: allCases(task, reviews.get(task.id) ?? []),
      reviews: reviews.get(task.id) ?? [],
      reference: ideals.get(task.id) ?? task.reference,
    }));
    const filled = sets.filter(({ cases }) => cases.length > 0);
    const wrote = new Set(data.reviews.filter(({ cases }) => cases.length > 0).map(({ id }) => id));
    const leftOut: Reason[] = [
      ...sets
        .filter(({ cases }) => cases.length === 0)
        .map(({ task }) => ({ id: task.id, reason: 'without a case' })),
      ...without
        .filter(({ id }) => wrote.has(id))
        .map(({ id, reason }) => ({ id, reason: `with cases, ${reason}` })),
    ];
    return {
      lines: filled.map((set) => JSON.stringify(taskOf(set))),
      report: {
        target: this.title,
        exported: filled.length,
        leftOut: leftOutOf(leftOut),
        dropped: droppedOf(filled),
      },
    };
  },
};

interface TestSet {
  readonly task: Task;
  readonly cases: readonly Case[];
  readonly reviews: readonly ReviewInForce[];
  readonly reference: string | undefined;
}

function taskOf({ task, cases, reference }: TestSet): Task {
  const { rubric: _rubric, gold: _gold, reference: _reference, ...kept } = task;
  return {
    ...kept,
    id: `${task.id.slice(0, longestId - suffix.length)}${suffix}`,
    ...start,
    cases: [...cases],
    ...(reference === undefined ? {} : { reference }),
  };
}

/** The task's cases and those of its reviews: each content once, each under an id of its own. */
function allCases({ cases = [] }: Task, reviews: readonly ReviewInForce[]): Case[] {
  const byContent = new Map<string, Case>();
  const ids = new Set<string>();
  for (const testCase of [...cases, ...reviews.flatMap(({ review }) => review.cases)]) {
    const { id, title: _title, origin: _origin, ...content } = testCase;
    const key = contentHash(content);
    if (byContent.has(key)) continue;
    const own = freeId(id, ids);
    ids.add(own);
    // In a file of its own it is the task's, and nobody's who will work on that.
    byContent.set(key, { ...testCase, id: own, origin: 'task' });
  }
  return [...byContent.values()];
}

/** Evaluators number their cases alike. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? id : `${id.slice(0, 110)}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function droppedOf(sets: readonly TestSet[]): string[] {
  return counted(sets, {
    'the answers and all that was said of them': () => true,
    rubric: ({ task }) => task.rubric !== undefined,
    'known verdict': ({ task }) => task.gold !== undefined,
    'who wrote a case': ({ reviews }) => reviews.some(({ review }) => review.cases.length > 0),
  });
}
