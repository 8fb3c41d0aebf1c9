import { v7 as uuid } from 'uuid';
import { shownOrder } from '../../core/blind.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { GoldDecided } from '../../core/gold.ts';
import { contentHash } from '../../core/hash.ts';
import type { Preference } from '../../core/preference.ts';
import { current } from '../../core/statistics/judged.ts';
import type { Task } from '../../core/task.ts';
import { referencesOn } from '../../store/references.ts';
import type { Store } from '../../store/store.ts';

/** A verdict that may become the reference of its task, and where it is from. */
export interface GoldSource {
  readonly task: Task;
  readonly preference: Preference;
  readonly rationale: string;
  /** The order of the answers in which the rationale calls them A and B. */
  readonly shown: readonly string[];
  readonly settlement?: string;
}

/** Who decides, what it is to be for, and why the verdict is what it is. */
export interface GoldDecision {
  readonly author: string;
  readonly use: GoldDecided;
  readonly rationale: string;
  readonly toolVersion: string;
}

/** Ids of the tasks that have a settled verdict, the last settled first. */
export async function settledTasks(store: Store): Promise<string[]> {
  const settlements = (await store.ledger({ kind: 'settlement' })).map(({ record }) => record);
  const settled = current(settlements).filter(({ verdict }) => verdict !== null);
  return [...new Set(settled.toReversed().map(({ taskId }) => taskId))];
}

/**
 * The verdict to keep of a task: what was settled last, else what a review says, as a reviewer has corrected it.
 * Rejects with `gold-unsettled` where there is none on the task as it is.
 */
export async function goldSource(store: Store, taskId: string, reviewId?: string): Promise<GoldSource> {
  const task = await store.task(taskId);
  const found =
    task && ((await settledVerdict(store, task)) ?? (reviewId && (await reviewed(store, task, reviewId))));
  if (found) return found;
  throw tiebreakError('gold-unsettled', {
    what: 'Nothing says what the right verdict on this task is',
    where: `task "${taskId}"`,
    mend: 'Settle it, or choose a review of it in the Inspect view that ranks its answers',
  });
}

/** Whether the task has a reference, kept here or brought along. */
export async function isGold(store: Store, taskId: string): Promise<boolean> {
  return (await referencesOn(store, [taskId])).has(taskId);
}

/** Records the verdict as the reference of its task, or that there is none; it takes the place of the one before. */
export async function keepGold(
  store: Store,
  { task, preference, shown, settlement }: GoldSource,
  { author, use, rationale, toolVersion }: GoldDecision,
): Promise<void> {
  const revises = (await store.ledger({ kind: 'gold', taskId: task.id })).at(-1)?.record.id;
  await store.record('gold', {
    id: uuid(),
    taskId: task.id,
    taskHash: contentHash(task),
    author,
    preference,
    rationale,
    shown: [...shown],
    use,
    ...(settlement === undefined ? {} : { settlement }),
    ...(revises === undefined ? {} : { revises }),
    submittedAt: new Date().toISOString(),
    toolVersion,
  });
}

async function settledVerdict(store: Store, task: Task): Promise<GoldSource | undefined> {
  const hash = contentHash(task);
  const records = (await store.ledger({ kind: 'settlement', taskId: task.id })).map(({ record }) => record);
  const settlement = current(records).findLast(
    ({ verdict, taskHash }) => verdict !== null && taskHash === hash,
  );
  if (!settlement?.verdict) return undefined;
  const { id, author, verdict, reason } = settlement;
  // Whoever settles sees the answers in their own order.
  return {
    task,
    preference: verdict,
    rationale: reason,
    shown: shownOrder(task, author),
    settlement: id,
  };
}

async function reviewed(store: Store, task: Task, reviewId: string): Promise<GoldSource | undefined> {
  const [review] = await store.reviews({ id: reviewId });
  if (review?.taskHash !== contentHash(task)) return undefined;
  const inspections = (await store.ledger({ kind: 'inspection', taskId: task.id })).map(
    ({ record }) => record,
  );
  const decision = current(inspections).findLast((inspection) => inspection.reviewId === reviewId)?.decision;
  const { preference, rationale } = decision?.kind === 'correct' ? decision : review;
  return preference === null ? undefined : { task, preference, rationale, shown: review.shown };
}
