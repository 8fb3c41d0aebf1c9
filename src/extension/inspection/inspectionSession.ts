import { v7 as uuid } from 'uuid';
import { reviewHash } from '../../core/chain.ts';
import { tiebreakError } from '../../core/errors.ts';
import { contentHash } from '../../core/hash.ts';
import { visibleInspections, type Inspection } from '../../core/inspection.ts';
import {
  buildInspection,
  inspectionDraftSchema,
  inspectionObstacles,
  newInspectionDraft,
  type InspectionDraft,
} from '../../core/inspectionDraft.ts';
import type { Draft, Review } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Task } from '../../core/task.ts';
import type { InspectionEdit, PanelInspection } from '../../protocol/inspection.ts';
import type { CompareBy, PanelIdeal, PanelState } from '../../protocol/webview.ts';
import type { UnfinishedKey } from '../../store/store.ts';
import type { PanelSession } from '../panel/panelSession.ts';
import { ActiveClock } from '../session/activeClock.ts';
import { isOfAnswers, openingDraft } from '../session/draftEdits.ts';
import { DraftKeeper, type Saved } from '../session/draftKeeper.ts';
import type { SessionServices } from '../session/services.ts';
import { Evidence } from './evidence.ts';
import { applyInspectionEdit } from './inspectionEdits.ts';
import { Replays } from './replays.ts';

/** What a reviewer's session needs beyond an evaluator's. */
export interface ReviewerServices extends SessionServices {
  /** Who inspects: an opaque id. */
  readonly reviewer: string;
  /** The rubric that rationales are scored by. */
  rationaleRubric(): Promise<Rubric>;
  /** Whether a reviewer may see who wrote what. */
  readonly showsEvaluators: boolean;
}

/** What is known of a review when it is opened. */
interface Opening {
  readonly task: Task;
  readonly review: Review;
  readonly rubric: Rubric;
  readonly evidence: Evidence;
  readonly draft: InspectionDraft;
  readonly inspections: readonly Inspection[];
  /** There is an inspection by this reviewer, and no work on another. */
  readonly submitted: boolean;
}

/**
 * One review under inspection: what was judged, shown as its evaluator saw it, and the draft of the inspection. Knows
 * nothing of VS Code; tells listeners which sections of the panel's state changed.
 */
export class InspectionSession implements PanelSession {
  readonly review: Review;
  readonly #services: ReviewerServices;
  readonly #rubric: Rubric;
  readonly #evidence: Evidence;
  readonly #replays: Replays;
  readonly #keeper: DraftKeeper<InspectionDraft>;
  readonly #clock: ActiveClock;
  readonly #listeners = new Set<(sections: PanelState) => void>();
  readonly #judged: Draft;
  #inspections: readonly Inspection[];
  #saved: Saved = { state: 'clean' };
  #submitted: boolean;
  #place = { index: 0, total: 0 };
  #built: { version: number; record: ReturnType<typeof buildInspection> } | undefined;

  private constructor(services: ReviewerServices, opening: Opening) {
    const { task, review, draft } = opening;
    this.#services = services;
    this.review = review;
    this.#rubric = opening.rubric;
    this.#evidence = opening.evidence;
    this.#inspections = opening.inspections;
    this.#submitted = opening.submitted;
    this.#judged = openingDraft(task, review.evaluator, undefined, review);
    this.#replays = new Replays(this.#evidence, services.runner, draft.replays, () => this.#replayed());
    this.#clock = new ActiveClock(draft.activeMs);
    const key = keyOf(services.reviewer, review.id);
    this.#keeper = new DraftKeeper(
      draft,
      (work) => services.store.saveUnfinished(key, work),
      (saved) => this.#tell({ saved: (this.#saved = saved) }),
    );
  }

  /** Opens a review where its inspection was left. Rejects where its task is not here, or has other answers now. */
  static async open(reviewId: string, services: ReviewerServices): Promise<InspectionSession> {
    const { store, reviewer } = services;
    const [review] = await store.reviews({ id: reviewId });
    if (review === undefined) throw unknownReview(reviewId);
    const [task, work, ledger, ideals, rationaleRubric] = await Promise.all([
      store.task(review.taskId),
      store.unfinished(keyOf(reviewer, reviewId)),
      store.ledger({ kind: 'inspection', taskId: review.taskId }),
      store.ledger({ kind: 'ideal', taskId: review.taskId }),
      services.rationaleRubric(),
    ]);
    if (task === undefined || !isOfAnswers(review.shown, task)) throw goneTask(review.taskId);
    const inspections = ledger.map(({ record }) => record);
    const own = ownOf(inspections, reviewId, reviewer);
    const ideal = ideals.find(({ record }) => record.id === review.ideal)?.record;
    return new InspectionSession(services, {
      task,
      review,
      rubric: rationaleRubric,
      evidence: new Evidence(task, await services.rubric(task), review.shown, review, services, ideal),
      draft: work === undefined ? newInspectionDraft(review, uuid(), own) : inspectionDraftSchema.parse(work),
      inspections,
      submitted: work === undefined && own !== undefined,
    });
  }

  get task(): Task {
    return this.#evidence.task;
  }

  get title(): string {
    return `Inspect: ${this.#evidence.title}`;
  }

  get answers(): Evidence['answers'] {
    return this.#evidence.answers;
  }

  get diff(): Evidence['diff'] {
    return this.#evidence.diff;
  }

  get submitted(): boolean {
    return this.#submitted;
  }

  get idealFiles(): PanelIdeal['files'] | undefined {
    return this.#evidence.ideal()?.files;
  }

  onDidChange(listener: (sections: PanelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(place: { index: number; total: number }): PanelState {
    this.#place = place;
    const text =
      'The task was imported anew since this review was submitted: it is not quite as its evaluator saw it.';
    return {
      ...this.#evidence.state(place, this.#judged),
      saved: this.#saved,
      inspection: this.#panelInspection(),
      settlement: null,
      notice: this.review.taskHash === contentHash(this.task) ? null : { severity: 'warning', text },
    };
  }

  /** What was judged stays as it was submitted. */
  edit(): void {}

  /** Applies one change the reviewer made and tells what follows from it. */
  editInspection(reviewId: string, edit: InspectionEdit): void {
    if (this.#submitted || reviewId !== this.review.id) return;
    this.#saved = { state: 'saving' };
    const change = applyInspectionEdit(this.#keeper.draft, edit, this.review.rationale);
    this.#keeper.update({ ...change, activeMs: this.#clock.totalMs });
    this.#tell({ inspection: this.#panelInspection(), saved: this.#saved });
  }

  compareBy(by: CompareBy): void {
    this.#evidence.compareBy(by, () =>
      this.#tell({ task: this.#evidence.panelTask(this.#place), ideal: this.#evidence.ideal() }),
    );
  }

  signOfLife(): void {
    this.#clock.sign();
  }

  pause(): void {
    this.#clock.pause();
  }

  /** Replays every recorded run. */
  async run(): Promise<void> {
    const blocked = await this.#services.blocked(this.task.language);
    if (blocked !== undefined) return this.#tell({ notice: { severity: 'warning', text: blocked } });
    await this.#replays.all();
  }

  cancelRun(): void {
    this.#replays.cancel();
  }

  /** As an evaluator's submission: doing it again after an error submits the same record. */
  async submit(): Promise<string[]> {
    if (this.#submitted) return ['This review is inspected already; choose "Change" to inspect it anew'];
    const problems = inspectionObstacles(this.#keeper.draft, this.#rubric, this.review);
    if (problems.length > 0) return problems;
    await this.#follow();
    const { version } = this.#keeper;
    const record = await this.#services.store.record('inspection', this.#record());
    this.#inspections = [...this.#inspections, record];
    // What was decided in the meantime is no longer that record: one that takes its place is begun.
    this.#submitted = this.#keeper.version === version;
    if (this.#submitted) this.#keeper.close();
    else this.#keeper.update({ id: uuid(), revises: record.id });
    this.#tell({ inspection: this.#panelInspection() });
    return [];
  }

  /** What this reviewer recorded in another window since is what the next record takes the place of. */
  async #follow(): Promise<void> {
    const { reviewer, store } = this.#services;
    const { taskId } = this.review;
    const entries = await store.ledger({ kind: 'inspection', taskId, author: reviewer });
    const records = entries.map(({ record }) => record);
    const own = ownOf(records, this.review.id, reviewer);
    const { draft } = this.#keeper;
    if (own === undefined || [draft.revises, this.#built?.record.id].includes(own.id)) return;
    this.#keeper.update({ id: uuid(), revises: own.id });
  }

  /** A review that is not inspected now stays in the list: there is nothing to record. */
  skip(): Promise<void> {
    return Promise.resolve();
  }

  revise(): void {
    const own = ownOf(this.#inspections, this.review.id, this.#services.reviewer);
    if (!this.#submitted || own === undefined) return;
    this.#submitted = false;
    this.#keeper.reopen();
    this.#keeper.update({ id: uuid(), revises: own.id });
    this.#tell({ inspection: this.#panelInspection() });
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    if (!this.#submitted) await this.#keeper.flush();
  }

  /** Ends the session. What is unsaved is lost: flush first. */
  dispose(): void {
    this.#keeper.close();
    this.#replays.cancel();
    this.#listeners.clear();
  }

  #record(): ReturnType<typeof buildInspection> {
    const { version, draft } = this.#keeper;
    if (this.#built?.version !== version) {
      const record = buildInspection(
        { ...draft, activeMs: this.#clock.totalMs },
        {
          review: this.review,
          reviewHash: reviewHash(this.review),
          rubricHash: contentHash(this.#rubric),
          author: this.#services.reviewer,
          toolVersion: this.#services.toolVersion,
        },
      );
      this.#built = { version, record };
    }
    return this.#built.record;
  }

  /** What a replay gave is part of the draft: it is kept as it comes in. */
  #replayed(): void {
    const { results } = this.#replays;
    if (!this.#submitted && results.length > 0) this.#keeper.update({ replays: results });
    this.#tell({ inspection: this.#panelInspection() });
  }

  #tell(sections: PanelState): void {
    for (const listener of this.#listeners) listener(sections);
  }

  #panelInspection(): PanelInspection {
    const { scores, comments, decision, changes, reason, correction } = this.#keeper.draft;
    const { evaluator, submittedAt, activeMs, overrides, cases, revises, trail } = this.review;
    const { showsEvaluators } = this.#services;
    return {
      reviewId: this.review.id,
      rubric: this.#rubric,
      submitted: this.#submitted,
      scores,
      comments,
      decision,
      changes,
      reason,
      correction,
      facts: {
        ...(showsEvaluators ? { evaluator } : {}),
        submittedAt,
        activeMs,
        overrides,
        ...(trail === undefined ? {} : { trail }),
        casesAdded: cases.length,
        isRevision: revises !== undefined,
      },
      replays: this.#replays.panel(),
      others: this.#others(),
    };
  }

  /** What other reviewers last decided, once this one has. */
  #others(): PanelInspection['others'] {
    const { reviewer, showsEvaluators } = this.#services;
    const visible = visibleInspections(this.#inspections, this.review.id, reviewer);
    const last = new Map(visible.map((inspection) => [inspection.author, inspection]));
    return [...last.values()]
      .filter(({ author }) => author !== reviewer)
      .map(({ author, decision, scores }) => ({
        ...(showsEvaluators ? { reviewer: author } : {}),
        decision: decision.kind,
        said: saidBy(decision),
        scores,
      }));
  }
}

function keyOf(author: string, reviewId: string): UnfinishedKey {
  return { kind: 'inspection', author, subject: reviewId };
}

function ownOf(
  inspections: readonly Inspection[],
  reviewId: string,
  reviewer: string,
): Inspection | undefined {
  return inspections.findLast(
    (inspection) => inspection.reviewId === reviewId && inspection.author === reviewer,
  );
}

function saidBy(decision: Inspection['decision']): string {
  if (decision.kind === 'send-back') return decision.changes.join(' ');
  if (decision.kind === 'reject') return decision.reason;
  return decision.kind === 'correct' ? decision.rationale : '';
}

function unknownReview(reviewId: string): Error {
  return tiebreakError('review-unknown', {
    what: `There is no review "${reviewId}" here`,
    mend: 'Import its file again, or open another review',
  });
}

function goneTask(taskId: string): Error {
  return tiebreakError('task-unknown', {
    what: `The task "${taskId}" of this review is not in the queue as it was judged`,
    mend: 'Import the file of its task, then open the review again',
  });
}
