import { v7 as uuid } from 'uuid';
import { recordHash } from '../../core/records/chain.ts';
import { tiebreakError } from '../../core/errors.ts';
import { contentHash } from '../../core/text/hash.ts';
import { visibleInspections, type Inspection } from '../../core/inspection/inspection.ts';
import {
  buildInspection,
  inspectionDraftSchema,
  inspectionObstacles,
  newInspectionDraft,
  type InspectionDraft,
} from '../../core/inspection/inspectionDraft.ts';
import type { Review } from '../../core/review/review.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { InspectionEdit, PanelInspection } from '../../protocol/inspection.ts';
import type { UnfinishedKey } from '../../store/store.ts';
import type { SectionBuilders } from '../panelSections.ts';
import type { Prepared } from '../recordDraft.ts';
import { isOfAnswers, openingDraft } from '../review/draftEdits.ts';
import { Evidence } from './evidence.ts';
import { applyInspectionEdit } from './inspectionEdits.ts';
import { ReviewerSession } from './reviewerSession.ts';
import type { ReviewerServices } from './services.ts';

interface Opening {
  readonly review: Review;
  readonly rationaleRubric: Rubric;
  readonly evidence: Evidence;
  readonly draft: InspectionDraft;
  readonly inspections: readonly Inspection[];
  /** The reviewer has inspected the review and has not begun a revision. */
  readonly isSubmitted: boolean;
}

/** One review under inspection: the judgement as its evaluator saw it, and the draft of the inspection. */
export class InspectionSession extends ReviewerSession<'inspection', InspectionDraft> {
  readonly review: Review;
  protected readonly alreadySubmitted =
    'You have already inspected this review. To change your inspection, choose "Change"';
  readonly #rationaleRubric: Rubric;
  #inspections: readonly Inspection[];

  private constructor(services: ReviewerServices, opening: Opening) {
    const { review, draft, evidence, isSubmitted } = opening;
    const key = keyOf(services.reviewer, review.id);
    super(services, { key, evidence, draft, isSubmitted, replays: draft.replays });
    this.review = review;
    this.#rationaleRubric = opening.rationaleRubric;
    this.#inspections = opening.inspections;
  }

  /** Opens a review with the draft of its inspection. Rejects if its task is missing or has other answers now. */
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
      review,
      rationaleRubric,
      evidence: await Evidence.of(task, await services.rubric(task), review.shown, review, services, ideal),
      draft:
        work === undefined
          ? newInspectionDraft(review, own?.id ?? uuid(), own)
          : inspectionDraftSchema.parse(work),
      inspections,
      isSubmitted: work === undefined && own !== undefined,
    });
  }

  get title(): string {
    return `Inspect: ${this.evidence.title}`;
  }

  /** Applies an edit and sends the sections that follow from it. */
  editInspection(reviewId: string, edit: InspectionEdit): void {
    if (this.submitted || reviewId !== this.review.id) return;
    this.change(applyInspectionEdit(this.draft.current, edit, this.review.rationale));
  }

  protected sections(): SectionBuilders {
    const { review, task } = this;
    const text =
      'The task was imported again after this review was submitted. It may differ from what its evaluator saw.';
    const isSame = review.taskHash === contentHash(task);
    return {
      ...this.evidence.sections(() => this.place, openingDraft(task, review.evaluator, undefined, review)),
      inspection: () => this.#panelInspection(),
      settlement: () => null,
      notice: () => (isSame ? null : { severity: 'warning', text }),
    };
  }

  protected async latestOwn(): Promise<string | undefined> {
    const { reviewer, store } = this.services;
    const entries = await store.ledger({
      kind: 'inspection',
      taskId: this.review.taskId,
      author: reviewer,
    });
    const records = entries.map(({ record }) => record);
    return ownOf(records, this.review.id, reviewer)?.id;
  }

  protected prepare(draft: InspectionDraft): Prepared<'inspection'> {
    const { review, services } = this;
    const obstacles = inspectionObstacles(draft, this.#rationaleRubric, review);
    if (obstacles.length > 0) return { obstacles };
    const parts = {
      review,
      reviewHash: recordHash(review),
      rubricHash: contentHash(this.#rationaleRubric),
      author: services.reviewer,
      toolVersion: services.toolVersion,
    };
    return { build: () => buildInspection({ ...draft, activeMs: this.activeMs }, parts) };
  }

  protected changeOfReplays(replays: Inspection['replays']): Partial<InspectionDraft> {
    return { replays };
  }

  protected override onCommit(record: Inspection): void {
    this.#inspections = [...this.#inspections, record];
  }

  #panelInspection(): PanelInspection {
    const { scores, comments, decision, changes, reason, correction } = this.draft.current;
    const { evaluator, submittedAt, activeMs, overrides, cases, revises, trail } = this.review;
    const { showsEvaluators } = this.services;
    return {
      reviewId: this.review.id,
      rubric: this.#rationaleRubric,
      submitted: this.submitted,
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
      replays: this.replays.panel(),
      others: this.#others(),
    };
  }

  /** The latest decisions of other reviewers; empty until this reviewer has decided. */
  #others(): PanelInspection['others'] {
    const { reviewer, showsEvaluators } = this.services;
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

function keyOf(author: string, reviewId: string): UnfinishedKey & { readonly kind: 'inspection' } {
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
    remedy: 'Import its file again, or open another review',
  });
}

function goneTask(taskId: string): Error {
  return tiebreakError('task-unknown', {
    what: `The task "${taskId}" of this review is not in the queue as it was judged`,
    remedy: 'Import the file of its task, then open the review again',
  });
}
