import { v7 as uuid } from 'uuid';
import { shownOrder } from '../../core/task/blind.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { Inspection } from '../../core/inspection/inspection.ts';
import type { ShownOrder } from '../../core/task/preference.ts';
import type { Review } from '../../core/review/review.ts';
import type { Settlement } from '../../core/inspection/settlement.ts';
import {
  buildSettlement,
  settlementDraftSchema,
  settlementObstacles,
  settlementSource,
  type SettlementDraft,
} from '../../core/inspection/settlementDraft.ts';
import type { Task } from '../../core/task/task.ts';
import type { PanelSettlement, SettlementEdit } from '../../protocol/inspection.ts';
import type { SectionBuilders } from '../panelSections.ts';
import type { Prepared } from '../recordDraft.ts';
import { isOfAnswers } from '../review/draftEdits.ts';
import { Evidence, type Submitted } from './evidence.ts';
import { ReviewerSession } from './reviewerSession.ts';
import type { ReviewerServices } from './services.ts';
import { reviewNames, shownDifferences, shownReviews, pairReviewsInEffect } from './settlementView.ts';

interface Opening {
  readonly task: Task;
  readonly reviews: readonly Review[];
  readonly order: ShownOrder;
  readonly evidence: Evidence;
  readonly draft: SettlementDraft;
  readonly isSubmitted: boolean;
}

/** Two or more reviews of one task side by side, and the draft of the verdict that settles it. */
export class SettlementSession extends ReviewerSession<'settlement', SettlementDraft> {
  protected readonly alreadySubmitted =
    'You have already settled this task. To change the settlement, choose "Change"';
  readonly #reviews: readonly Review[];
  readonly #order: ShownOrder;
  readonly #names: readonly string[];

  private constructor(services: ReviewerServices, opening: Opening) {
    const { task, evidence, draft, isSubmitted, reviews, order } = opening;
    const key = { kind: 'settlement', author: services.reviewer, subject: task.id } as const;
    super(services, { key, evidence, draft, isSubmitted, replays: [] });
    this.#reviews = reviews;
    this.#order = order;
    this.#names = reviewNames(reviews, services.showsEvaluators);
  }

  /** Opens the reviews of a task. Rejects if fewer than two evaluators reviewed its current answers. */
  static async open(taskId: string, services: ReviewerServices): Promise<SettlementSession> {
    const { store, reviewer } = services;
    const [task, all, work, ledger] = await Promise.all([
      store.task(taskId),
      store.reviews({ taskId }),
      store.unfinished({ kind: 'settlement', author: reviewer, subject: taskId }),
      store.ledger({ kind: 'settlement', taskId, author: reviewer }),
    ]);
    const reviews = pairReviewsInEffect(all).filter(
      ({ shown }) => task !== undefined && shown.length === 2 && isOfAnswers(shown, task),
    );
    if (task === undefined || reviews.length < 2) throw tooFew(taskId);
    const order = shownOrder(task, reviewer);
    const rubric = await services.rubric(task);
    const latest = ledger.at(-1)?.record;
    const isSubmitted = work === undefined && latest !== undefined && settles(latest, reviews);
    const begun = isSubmitted ? draftOf(latest) : newDraft(latest?.id ?? null);
    return new SettlementSession(services, {
      task,
      reviews,
      order,
      evidence: await Evidence.of(task, rubric, order, mergedEvidence(reviews), services),
      draft: work === undefined ? begun : settlementDraftSchema.parse(work),
      isSubmitted,
    });
  }

  get title(): string {
    return `Settle: ${this.evidence.title}`;
  }

  editSettlement(edit: SettlementEdit): void {
    if (!this.submitted) this.change(changeOf(edit));
  }

  protected sections(): SectionBuilders {
    return {
      ...this.evidence.sections(() => this.place, undefined),
      inspection: () => null,
      settlement: () => this.#panelSettlement(),
    };
  }

  protected async latestOwn(): Promise<string | undefined> {
    const { reviewer: author, store } = this.services;
    return (await store.ledger({ kind: 'settlement', taskId: this.task.id, author })).at(-1)?.record.id;
  }

  protected prepare(draft: SettlementDraft): Prepared<'settlement'> {
    const { reviewer: author, toolVersion } = this.services;
    const obstacles = settlementObstacles(draft, this.#reviews, this.#order);
    if (obstacles.length > 0) return { obstacles };
    const parts = { task: this.task, reviews: this.#reviews, order: this.#order, author, toolVersion };
    return { build: () => buildSettlement({ ...draft, activeMs: this.activeMs }, parts) };
  }

  protected changeOfReplays(replays: Inspection['replays']): Partial<SettlementDraft> {
    return { replays: replays.map(({ runId }) => runId) };
  }

  #panelSettlement(): PanelSettlement {
    const { verdict, reason, on, about } = this.draft.current;
    const source = settlementSource(this.draft.current, this.#reviews, this.#order);
    return {
      submitted: this.submitted,
      verdict,
      reason,
      on,
      about,
      reviews: shownReviews(this.#reviews, this.#names, this.#order),
      ...shownDifferences(this.#reviews, this.#names, this.#order),
      ...(source === undefined ? {} : { source }),
      replays: this.replays.panel(),
    };
  }
}

function newDraft(revises: string | null): SettlementDraft {
  const now = new Date().toISOString();
  return {
    id: uuid(),
    verdict: null,
    reason: '',
    on: null,
    about: '',
    replays: [],
    revises,
    activeMs: 0,
    startedAt: now,
    updatedAt: now,
  };
}

/** The draft of a submitted settlement: empty, with the record's id and time. */
function draftOf({ id, startedAt, activeMs = 0 }: Settlement): SettlementDraft {
  return { ...newDraft(null), id, startedAt, activeMs };
}

function changeOf(edit: SettlementEdit): Partial<SettlementDraft> {
  switch (edit.kind) {
    case 'verdict':
      return { verdict: edit.value };
    case 'on':
      return { on: edit.value };
    case 'about':
      return { about: edit.text };
    case 'reason':
      return { reason: edit.text };
  }
}

/** The runs and cases of all reviews. Of two cases with the same id, the later one is kept. */
function mergedEvidence(reviews: readonly Review[]): Submitted {
  const cases = new Map(reviews.flatMap((review) => review.cases.map((one) => [one.id, one] as const)));
  return {
    cases: [...cases.values()],
    checks: reviews[0]!.checks,
    readings: reviews[0]!.readings,
    runs: reviews.flatMap(({ runs }) => runs),
  };
}

/** Whether a settlement covers exactly these reviews. After a revision, the task must be settled again. */
function settles(settlement: Settlement, reviews: readonly Review[]): boolean {
  const settled = new Set(settlement.reviews.map(({ id }) => id));
  return settled.size === reviews.length && reviews.every(({ id }) => settled.has(id));
}

function tooFew(taskId: string): Error {
  return tiebreakError('settle-too-few', {
    what: `Fewer than two evaluators have reviewed the task "${taskId}" as it is here`,
    remedy: 'Import the reviews of another evaluator, and the file of the task, then settle it',
  });
}
