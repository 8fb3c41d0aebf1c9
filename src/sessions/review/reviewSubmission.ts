import { problem, type Obstacle } from '../../core/review/obstacle.ts';
import type { UnchainedReview } from '../../core/review/review.ts';
import type { ReviewDraft } from './reviewDraft.ts';
import type { SessionServices } from './services.ts';
import { buildReview } from './submission.ts';

/** What a submission needs from its session. */
export interface SubmissionContext {
  readonly services: Pick<SessionServices, 'store' | 'toolVersion'>;
  readonly draft: ReviewDraft;
  /** Why a submission is refused. */
  readonly obstacles: () => Obstacle[];
  /** Changes with every change of the work. */
  readonly version: () => string;
  /** Saves all of the work. */
  readonly flush: () => Promise<void>;
  /** The contents of the review, except for what the submission itself adds. */
  readonly parts: () => Omit<Parameters<typeof buildReview>[0], 'toolVersion' | 'revises' | 'ideal'>;
  /** Submits the ideal, if there is one, and returns its id. */
  readonly submitIdeal: () => Promise<string | undefined>;
  readonly onCommit: () => void;
}

/** The submission of a review: whether the work is submitted, and which review the next submission revises. */
export class ReviewSubmission {
  readonly #context: SubmissionContext;
  #submitted: boolean;
  #revises: string | undefined;
  #built: { readonly key: string; readonly review: UnchainedReview } | undefined;
  #submitting: Promise<Obstacle[]> | undefined;

  constructor(
    context: SubmissionContext,
    opening: { readonly submitted: boolean; readonly revises: string | undefined },
  ) {
    this.#context = context;
    this.#submitted = opening.submitted;
    this.#revises = opening.revises;
  }

  get submitted(): boolean {
    return this.#submitted;
  }

  /** Id of the review that the next submission revises. */
  get revises(): string | undefined {
    return this.#revises;
  }

  /** Resolves once no submission is under way. */
  async settled(): Promise<void> {
    await this.#submitting?.catch(() => undefined);
  }

  /**
   * Saves the work and commits the review. Resolves with what is missing, or with an empty list once the review is
   * committed; rejects with the store's error. After an error, submitting again submits the same record.
   */
  submit(): Promise<Obstacle[]> {
    this.#submitting ??= this.#submit().finally(() => {
      this.#submitting = undefined;
    });
    return this.#submitting;
  }

  /** Revises the latest review in the store from now on, if another window submitted it. */
  follow(latestId: string | undefined): void {
    if (this.#built?.review.id !== latestId) this.#revises = latestId;
  }

  /** Sets whether the draft that was adopted from another window is submitted there. */
  adopt(submitted: boolean): void {
    this.#submitted = submitted;
  }

  /** Begins a revision: the next submission is a new record that names the old one. */
  revise(): void {
    this.#submitted = false;
    this.#beginRevision();
  }

  async #submit(): Promise<Obstacle[]> {
    if (this.#submitted)
      return [problem('You have already submitted this task. To change the review, choose "Revise"')];
    const { obstacles, version, flush } = this.#context;
    for (;;) {
      const found = obstacles();
      if (found.length > 0) return found;
      const checked = version();
      await flush();
      // Check and save again what was typed while the work was saved.
      if (version() === checked) break;
    }
    await this.#commit();
    return [];
  }

  async #commit(): Promise<void> {
    const { services, draft, parts, submitIdeal, onCommit } = this.#context;
    const { version } = draft.autosave;
    const checked = parts();
    const ideal = await submitIdeal();
    const key = [version, checked.runs.length, ideal].join(' ');
    if (this.#built?.key !== key) {
      const { toolVersion } = services;
      this.#built = {
        key,
        review: buildReview({ ...checked, toolVersion, revises: this.#revises, ideal }),
      };
    }
    const { review } = this.#built;
    const { id } = await draft.autosave.commit(version, () => services.store.submit(review));
    this.#revises = id;
    onCommit();
    // A change made during the commit is not in that review. It begins a revision.
    this.#submitted = draft.autosave.version === version;
    if (!this.#submitted) this.#beginRevision();
  }

  #beginRevision(): void {
    void this.#context.draft.beginRevision();
  }
}
