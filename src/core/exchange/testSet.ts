import { duplicateOf } from '../task/duplicate.ts';
import { contentHash } from '../text/hash.ts';
import type { Case, Task } from '../task/task.ts';
import { counted } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { idealsInEffect } from './ideals.ts';
import { leftOutOf, reviewsInEffect, type Reason, type ReviewInEffect } from './inEffect.ts';

/** Distinguishes the new task's id from the id of the original task, which an import must not replace. */
const suffix = '/cases';
const longestId = 200;

/** The start of each task in the set; the judged answers are left out. */
const start = { answers: [{ id: 'start', text: '' }], ask: ['ideal', 'cases'] } satisfies Partial<Task>;

/** Each task with its own cases and the evaluators' cases, as a task file that asks for a solution. */
export const testSet: Exporter = {
  id: 'cases',
  title: 'Cases as a test set',
  description: 'Each task with its cases and those that evaluators wrote; a file of tasks, can be imported',
  fileExtension: 'jsonl',
  export(data) {
    const { inEffect, without } = reviewsInEffect(data);
    const reviews = Map.groupBy(inEffect, ({ task }) => task.id);
    const ideals = new Map(idealsInEffect(data).ideals.map(({ task, text }) => [task.id, text]));
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
  readonly reviews: readonly ReviewInEffect[];
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

/** The cases of the task and of its reviews: distinct by content, each with a unique id. */
function allCases({ cases = [] }: Task, reviews: readonly ReviewInEffect[]): Case[] {
  const byContent = new Map<string, Case>();
  const ids = new Set<string>();
  for (const testCase of [...cases, ...reviews.flatMap(({ review }) => review.cases)]) {
    const { id, title: _title, origin: _origin, ...content } = testCase;
    const key = contentHash(content);
    if (byContent.has(key)) continue;
    const own = freeId(id, ids);
    ids.add(own);
    // In the new task the case belongs to the task, not to its evaluator.
    byContent.set(key, { ...testCase, id: own, origin: 'task' });
  }
  return [...byContent.values()];
}

/** A unique id: the cases of two evaluators often have the same numbers. */
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
