import { contentHash } from '../hash.ts';
import type { Review } from '../review.ts';
import type { Answer, Task } from '../task.ts';
import type { ExchangeData, LeftOut } from './exporter.ts';

/** A review that says which of two answers is better. */
export interface Pair {
  readonly task: Task;
  readonly review: Review;
  readonly chosen: Answer;
  readonly rejected: Answer;
  readonly strength: 1 | 2 | 3;
}

/** What the reviews are held against. */
interface Judged {
  readonly tasks: ReadonlyMap<string, Task>;
  /** Task id → its hash, filled as they are asked for. */
  readonly hashes: Map<string, string>;
  /** Ids of reviews that a later one replaces. */
  readonly revised: ReadonlySet<string>;
  /** Ids of tasks on whose winner the evaluators disagree. */
  readonly disputed: ReadonlySet<string>;
}

/** The pairs among what was judged, in the order of the reviews, and what gives none. */
export function pairsOf({ tasks, reviews, skips }: ExchangeData): { pairs: Pair[]; leftOut: LeftOut[] } {
  const revised = new Set(reviews.flatMap(({ revises }) => (revises === undefined ? [] : [revises])));
  const judged: Judged = {
    tasks: new Map(tasks.map((task) => [task.id, task])),
    hashes: new Map(),
    revised,
    disputed: disputedTasks(reviews.filter(({ id }) => !revised.has(id))),
  };
  const read = reviews.map((review) => ({ id: review.id, pair: pairOf(review, judged) }));
  const without = [
    ...read.flatMap(({ id, pair }) => (typeof pair === 'string' ? [{ id, reason: pair }] : [])),
    ...skips.map(({ taskId }) => ({ id: taskId, reason: 'skipped' })),
  ];
  const leftOut = [...Map.groupBy(without, ({ reason }) => reason)].map(([reason, records]) => ({
    reason,
    count: records.length,
    ids: records.map(({ id }) => id),
  }));
  return { pairs: read.flatMap(({ pair }) => (typeof pair === 'string' ? [] : [pair])), leftOut };
}

/** The pair that a review gives, or the reason why it gives none. */
function pairOf(review: Review, judged: Judged): Pair | string {
  const { preference, taskId } = review;
  if (judged.revised.has(review.id)) return 'replaced by a revision';
  if (review.shown.length < 2) return 'only one answer';
  if (preference === null) return 'without a ranking';
  if (preference.kind === 'tie') return 'tie';
  if (preference.kind === 'both-bad') return 'both bad';
  if (judged.disputed.has(taskId)) return 'unresolved (the evaluators disagree)';
  const task = judged.tasks.get(taskId);
  if (task === undefined) return 'without its task';
  if (hashOf(task, judged.hashes) !== review.taskHash) return 'on a task that was changed since';
  const chosen = task.answers.find(({ id }) => id === preference.winner);
  const rejected = task.answers.find(({ id }) => id !== preference.winner);
  if (chosen === undefined || rejected === undefined) return 'on an answer that the task does not have';
  return { task, review, chosen, rejected, strength: preference.strength };
}

/** Tasks for which one evaluator's winner is another's loser. A tie beside a winner is no such dispute. */
function disputedTasks(reviews: readonly Review[]): Set<string> {
  const winners = new Map<string, string>();
  const disputed = new Set<string>();
  for (const { taskId, preference } of reviews) {
    if (preference?.kind !== 'better') continue;
    const other = winners.get(taskId);
    if (other !== undefined && other !== preference.winner) disputed.add(taskId);
    winners.set(taskId, preference.winner);
  }
  return disputed;
}

function hashOf(task: Task, hashes: Map<string, string>): string {
  const known = hashes.get(task.id) ?? contentHash(task);
  hashes.set(task.id, known);
  return known;
}
