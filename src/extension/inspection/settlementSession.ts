import { v7 as uuid } from 'uuid';
import { shownOrder } from '../../core/blind.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { ShownOrder } from '../../core/preference.ts';
import type { Review } from '../../core/review.ts';
import type { Settlement } from '../../core/settlement.ts';
import {
  buildSettlement,
  settlementDraftSchema,
  settlementObstacles,
  settlementSource,
  type SettlementDraft,
} from '../../core/settlementDraft.ts';
import type { Task } from '../../core/task.ts';
import type { PanelSettlement, SettlementEdit } from '../../protocol/inspection.ts';
import type { CompareBy, PanelState } from '../../protocol/webview.ts';
import type { PanelSession } from '../panel/panelSession.ts';
import { isOfAnswers } from '../session/draftEdits.ts';
import { DraftKeeper, type Saved } from '../session/draftKeeper.ts';
import { Evidence, type Submitted } from './evidence.ts';
import type { ReviewerServices } from './inspectionSession.ts';
import { Replays } from './replays.ts';
import { reviewNames, shownDifferences, shownReviews, standingReviews } from './settlementView.ts';

interface Opening {
  readonly task: Task;
  readonly reviews: readonly Review[];
  readonly order: ShownOrder;
  readonly evidence: Evidence;
  readonly draft: SettlementDraft;
  readonly submitted: Settlement | undefined;
}

/** Two or more reviews of one task side by side, and the draft of the verdict that settles it. */
export class SettlementSession implements PanelSession {
  readonly #services: ReviewerServices;
  readonly #reviews: readonly Review[];
  readonly #order: ShownOrder;
  readonly #evidence: Evidence;
  readonly #replays: Replays;
  readonly #keeper: DraftKeeper<SettlementDraft>;
  readonly #listeners = new Set<(sections: PanelState) => void>();
  readonly #names: readonly string[];
  #submitted: Settlement | undefined;
  #saved: Saved = { state: 'clean' };
  #place = { index: 0, total: 0 };
  #built: { version: number; record: ReturnType<typeof buildSettlement> } | undefined;

  private constructor(services: ReviewerServices, opening: Opening) {
    this.#services = services;
    this.#reviews = opening.reviews;
    this.#order = opening.order;
    this.#evidence = opening.evidence;
    this.#submitted = opening.submitted;
    this.#names = reviewNames(opening.reviews, services.showsEvaluators);
    this.#replays = new Replays(opening.evidence, services.runner, [], () => this.#replayed());
    const key = { kind: 'settlement' as const, author: services.reviewer, subject: opening.task.id };
    this.#keeper = new DraftKeeper(
      opening.draft,
      (work) => services.store.saveUnfinished(key, work),
      (saved) => this.#tell({ saved: (this.#saved = saved) }),
    );
  }

  /** Opens the reviews of a task. Rejects where fewer than two evaluators have reviewed it as it is now. */
  static async open(taskId: string, services: ReviewerServices): Promise<SettlementSession> {
    const { store, reviewer } = services;
    const [task, all, work, ledger] = await Promise.all([
      store.task(taskId),
      store.reviews({ taskId }),
      store.unfinished({ kind: 'settlement', author: reviewer, subject: taskId }),
      store.ledger({ kind: 'settlement', taskId, author: reviewer }),
    ]);
    const reviews = standingReviews(all).filter(
      ({ shown }) => task !== undefined && shown.length === 2 && isOfAnswers(shown, task),
    );
    if (task === undefined || reviews.length < 2) throw tooFew(taskId);
    const order = shownOrder(task, reviewer);
    const rubric = await services.rubric(task);
    const submitted = ledger.at(-1)?.record;
    return new SettlementSession(services, {
      task,
      reviews,
      order,
      evidence: new Evidence(task, rubric, order, together(reviews), services),
      draft: work === undefined ? newDraft(submitted?.id ?? null) : settlementDraftSchema.parse(work),
      submitted:
        work === undefined && submitted !== undefined && settles(submitted, reviews) ? submitted : undefined,
    });
  }

  get task(): Task {
    return this.#evidence.task;
  }

  get title(): string {
    return `Settle: ${this.#evidence.title}`;
  }

  get answers(): Evidence['answers'] {
    return this.#evidence.answers;
  }

  get diff(): Evidence['diff'] {
    return this.#evidence.diff;
  }

  onDidChange(listener: (sections: PanelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(place: { index: number; total: number }): PanelState {
    this.#place = place;
    return {
      ...this.#evidence.state(place, undefined),
      saved: this.#saved,
      inspection: null,
      settlement: this.#panelSettlement(),
    };
  }

  /** What was judged stays as it was submitted. */
  edit(): void {}

  editSettlement(edit: SettlementEdit): void {
    if (this.#submitted !== undefined) return;
    this.#saved = { state: 'saving' };
    this.#keeper.update(changeOf(edit));
    this.#tell({ settlement: this.#panelSettlement(), saved: this.#saved });
  }

  compareBy(by: CompareBy): void {
    this.#evidence.compareBy(by, () => this.#tell({ task: this.#evidence.panelTask(this.#place) }));
  }

  /** A settlement records no active time. */
  signOfLife(): void {}
  pause(): void {}

  /** Replays every recorded run: what is a fact is decided by it. */
  async run(): Promise<void> {
    const blocked = await this.#services.blocked(this.task.language);
    if (blocked !== undefined) return this.#tell({ notice: { severity: 'warning', text: blocked } });
    await this.#replays.all();
  }

  cancelRun(): void {
    this.#replays.cancel();
  }

  async submit(): Promise<string[]> {
    if (this.#submitted !== undefined)
      return ['This task is settled already; choose "Change" to settle it anew'];
    const problems = settlementObstacles(this.#keeper.draft, this.#reviews, this.#order);
    if (problems.length > 0) return problems;
    await this.#follow();
    const { version } = this.#keeper;
    const settlement = await this.#services.store.record('settlement', this.#record());
    // What was typed in the meantime is no longer that record: one that takes its place is begun.
    this.#submitted = this.#keeper.version === version ? settlement : undefined;
    if (this.#submitted !== undefined) this.#keeper.close();
    else this.#keeper.update({ id: uuid(), revises: settlement.id });
    this.#tell({ settlement: this.#panelSettlement() });
    return [];
  }

  /** What this reviewer settled in another window since is what the next record takes the place of. */
  async #follow(): Promise<void> {
    const { reviewer: author, store } = this.#services;
    const own = (await store.ledger({ kind: 'settlement', taskId: this.task.id, author })).at(-1)?.record;
    const { draft } = this.#keeper;
    if (own === undefined || [draft.revises, this.#built?.record.id].includes(own.id)) return;
    this.#keeper.update({ id: uuid(), revises: own.id });
  }

  skip(): Promise<void> {
    return Promise.resolve();
  }

  revise(): void {
    if (this.#submitted === undefined) return;
    this.#keeper.reopen();
    this.#keeper.update({ id: uuid(), revises: this.#submitted.id });
    this.#submitted = undefined;
    this.#tell({ settlement: this.#panelSettlement() });
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    if (this.#submitted === undefined) await this.#keeper.flush();
  }

  dispose(): void {
    this.#keeper.close();
    this.#replays.cancel();
    this.#listeners.clear();
  }

  /** The same record for the same draft, so that a repeated submission is recognised as one. */
  #record(): ReturnType<typeof buildSettlement> {
    const { version, draft } = this.#keeper;
    if (this.#built?.version !== version) {
      const { reviewer: author, toolVersion } = this.#services;
      const parts = { task: this.task, reviews: this.#reviews, order: this.#order, author, toolVersion };
      this.#built = { version, record: buildSettlement(draft, parts) };
    }
    return this.#built.record;
  }

  #replayed(): void {
    const replays = this.#replays.results.map(({ runId }) => runId);
    if (this.#submitted === undefined && replays.length > 0) this.#keeper.update({ replays });
    this.#tell({ settlement: this.#panelSettlement() });
  }

  #tell(sections: PanelState): void {
    for (const listener of this.#listeners) listener(sections);
  }

  #panelSettlement(): PanelSettlement {
    const { verdict, reason, on, about } = this.#keeper.draft;
    const source = settlementSource(this.#keeper.draft, this.#reviews, this.#order);
    return {
      submitted: this.#submitted !== undefined,
      verdict,
      reason,
      on,
      about,
      reviews: shownReviews(this.#reviews, this.#names, this.#order),
      ...shownDifferences(this.#reviews, this.#names, this.#order),
      ...(source === undefined ? {} : { source }),
      replays: this.#replays.panel(),
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
    startedAt: now,
    updatedAt: now,
  };
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

/** What the evaluators ran and added, laid together; of two cases with one id the later stands. */
function together(reviews: readonly Review[]): Submitted {
  const cases = new Map(reviews.flatMap((review) => review.cases.map((one) => [one.id, one] as const)));
  return {
    cases: [...cases.values()],
    checks: reviews[0]!.checks,
    readings: reviews[0]!.readings,
    runs: reviews.flatMap(({ runs }) => runs),
  };
}

/** Whether a settlement was made of these very reviews: a revision since asks for a new one. */
function settles(settlement: Settlement, reviews: readonly Review[]): boolean {
  const settled = new Set(settlement.reviews.map(({ id }) => id));
  return settled.size === reviews.length && reviews.every(({ id }) => settled.has(id));
}

function tooFew(taskId: string): Error {
  return tiebreakError('settle-too-few', {
    what: `Fewer than two evaluators have reviewed the task "${taskId}" as it is here`,
    mend: 'Import the reviews of another evaluator, and the file of the task, then settle it',
  });
}
