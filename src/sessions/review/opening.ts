import { duplicateOf } from '../../core/task/duplicate.ts';
import { recentRationales } from '../../core/rationale/context.ts';
import type { Draft } from '../../core/review/review.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { Run } from '../../core/run/run.ts';
import type { Task } from '../../core/task/task.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';
import { readIdealOpening, type IdealOpening } from '../ideal/idealDraft.ts';
import { feedbackOf } from '../inspection/feedback.ts';
import { changeSince, isOfAnswers, openingDraft, revisionOf, withTimeSpent } from './draftEdits.ts';
import type { SessionServices } from './services.ts';

/** The stored data of a task when it is opened. */
export interface Opening {
  readonly rubric: Rubric;
  readonly draft: Draft;
  readonly submitted: boolean;
  /** Id of the review that the next submission revises. */
  readonly revises: string | undefined;
  /** Why nothing can be run here. */
  readonly blocked: string | undefined;
  /** What has changed about the task since it was last worked on. */
  readonly change: string | undefined;
  /** The changes that reviewers request in the submitted review. */
  readonly feedback: PanelFeedback | null;
  /** The evaluator's recent rationales for other tasks. */
  readonly recent: readonly string[];
  /** Runs whose results may still be valid. */
  readonly runs: readonly Run[];
  /** The ideal, with those of its runs whose results may still be valid. */
  readonly ideal: IdealOpening & { readonly runs: readonly Run[] };
}

/** Reads the state in which a task was left. */
export async function readOpening(task: Task, services: SessionServices): Promise<Opening> {
  const { evaluator, store } = services;
  const [kept, latest, rubric, blocked, runs, written, ideal, sentBack, reserve, worked] = await Promise.all([
    store.draft(task.id, evaluator),
    store.reviews({ taskId: task.id, evaluator }).then((reviews) => reviews.at(-1)),
    services.rubric(task),
    services.blocked(task.language),
    store.latestRuns(task.id),
    store.reviews({ evaluator, latest: recentRationales }),
    readIdealOpening(store, task.id, evaluator),
    store.sentBack(task.id, evaluator),
    store.reserve(),
    store.worked({ person: evaluator, taskId: task.id }),
  ]);
  const twins = new Set(reserve.flatMap(({ taskId, repeats }) => (repeats === task.id ? [taskId] : [])));
  const reviewed = kept === undefined && latest !== undefined && isOfAnswers(latest.shown, task);
  // A review that was sent back is opened as a revision.
  const submitted = reviewed && sentBack.length === 0;
  const opened = openingDraft(task, evaluator, kept, latest);
  return {
    rubric,
    draft: submitted ? opened : withTimeSpent(reviewed ? revisionOf(opened) : opened, worked),
    submitted,
    revises: latest?.id,
    blocked,
    change: changeSince(task, kept ?? latest),
    feedback: feedbackOf(sentBack),
    // A revision may repeat its first version, and a hidden duplicate the review of its original.
    recent: written
      .filter(({ taskId }) => ![task.id, duplicateOf(task)].includes(taskId) && !twins.has(taskId))
      .map(({ rationale }) => rationale),
    // A submitted review shows its own results; unfinished work has the newest results.
    runs: submitted ? latest.runs : oldestFirst([...(latest?.runs ?? []), ...runs]),
    ideal: { ...ideal, runs: [...(ideal.recorded?.runs ?? []), ...runs] },
  };
}

/** Each run once, in the order of their creation. */
function oldestFirst(runs: readonly Run[]): Run[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return [...byId.values()].toSorted((one, other) => one.at.localeCompare(other.at));
}
