import { v7 as uuid } from 'uuid';
import { shownOrder } from '../../core/task/blind.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { GoldDecided } from '../../core/calibration/gold.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { Preference } from '../../core/task/preference.ts';
import { current } from '../../core/statistics/judged.ts';
import type { Task } from '../../core/task/task.ts';
import { goldReferencesOf } from './references.ts';
import type { Store } from '../../store/store.ts';

/** A verdict that can become the gold verdict of its task, and its origin. */
export interface GoldSource {
  readonly task: Task;
  readonly preference: Preference;
  readonly rationale: string;
  /** The order of the answers in which the rationale calls them A and B. */
  readonly shown: readonly string[];
  readonly settlement?: string;
}

/** The decision to keep a gold verdict: by whom, for which use, and with which rationale. */
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
 * The verdict to keep for a task: the latest settlement, or else the review, with the correction of its reviewer.
 * Rejects with `gold-unsettled` if there is no verdict on the current version of the task.
 */
export async function goldSource(store: Store, taskId: string, reviewId?: string): Promise<GoldSource> {
  const task = await store.task(taskId);
  const found =
    task && ((await settledVerdict(store, task)) ?? (reviewId && (await reviewed(store, task, reviewId))));
  if (found) return found;
  throw tiebreakError('gold-unsettled', {
    what: 'This task has no verdict to keep',
    where: `task "${taskId}"`,
    remedy: 'Settle it, or choose a review of it in the Inspect view that ranks its answers',
  });
}

/** Whether the task has a gold verdict, kept here or imported with the task. */
export async function isGold(store: Store, taskId: string): Promise<boolean> {
  return (await goldReferencesOf(store, [taskId])).has(taskId);
}

/** Records the gold verdict of a task, or its withdrawal (`use: none`). Replaces the earlier record. */
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
  // The author of a settlement saw the answers in the order of their own id.
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
