import { duplicateOf } from '../../core/duplicate.ts';
import { recentRationales } from '../../core/rationale/context.ts';
import type { Draft } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Run } from '../../core/run.ts';
import type { Task } from '../../core/task.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';
import { idealPast, type IdealPast } from '../ideal/idealDraft.ts';
import { feedbackOf } from '../inspection/feedback.ts';
import { changeSince, isOfAnswers, openingDraft } from './draftEdits.ts';
import type { SessionServices } from './services.ts';

/** What is known of a task when it is opened. */
export interface Past {
  readonly rubric: Rubric;
  readonly draft: Draft;
  readonly submitted: boolean;
  /** Id of the review that the next submission takes the place of. */
  readonly revises: string | undefined;
  /** Why nothing can be run here. */
  readonly blocked: string | undefined;
  /** What is different about the task since it was last worked on. */
  readonly change: string | undefined;
  /** What reviewers want changed in what was submitted. */
  readonly feedback: PanelFeedback | null;
  /** What the evaluator wrote of other tasks lately. */
  readonly recent: readonly string[];
  /** Runs whose results may still hold. */
  readonly runs: readonly Run[];
  /** With the runs of it whose results may still hold. */
  readonly ideal: IdealPast & { readonly runs: readonly Run[] };
}

/** Reads where a task was left. */
export async function readPast(task: Task, services: SessionServices): Promise<Past> {
  const { evaluator, store } = services;
  const [kept, latest, rubric, blocked, runs, written, ideal, sentBack, reserve] = await Promise.all([
    store.draft(task.id, evaluator),
    store.reviews({ taskId: task.id, evaluator }).then((reviews) => reviews.at(-1)),
    services.rubric(task),
    services.blocked(task.language),
    store.latestRuns(task.id),
    store.reviews({ evaluator, latest: recentRationales }),
    idealPast(store, task.id, evaluator),
    store.sentBack(task.id, evaluator),
    store.reserve(),
  ]);
  const twins = new Set(reserve.flatMap(({ taskId, repeats }) => (repeats === task.id ? [taskId] : [])));
  const reviewed = kept === undefined && latest !== undefined && isOfAnswers(latest.shown, task);
  return {
    rubric,
    draft: openingDraft(task, evaluator, kept, latest),
    // What was sent back is to be revised at once.
    submitted: reviewed && sentBack.length === 0,
    revises: latest?.id,
    blocked,
    change: changeSince(task, kept ?? latest),
    feedback: feedbackOf(sentBack),
    // A revision may well say what its first version said, and one time of a task what another said.
    recent: written
      .filter(({ taskId }) => ![task.id, duplicateOf(task)].includes(taskId) && !twins.has(taskId))
      .map(({ rationale }) => rationale),
    runs: reviewed ? latest.runs : runs,
    ideal: { ...ideal, runs: [...(ideal.recorded?.runs ?? []), ...runs] },
  };
}
