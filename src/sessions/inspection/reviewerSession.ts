import { problem, type Obstacle } from '../../core/review/obstacle.ts';
import type { LedgerRecord } from '../../core/records/ledger.ts';
import type { Inspection } from '../../core/inspection/inspection.ts';
import type { Task } from '../../core/task/task.ts';
import type { CompareBy, PanelIdeal, PanelState } from '../../protocol/panel/state.ts';
import type { UnfinishedKey } from '../../store/store.ts';
import { PanelSections, type SectionBuilders } from '../panelSections.ts';
import type { PanelSession, QueuePlace } from '../panelSession.ts';
import { RecordDraft, type Prepared, type RecordDraftFields } from '../recordDraft.ts';
import { ActiveClock } from '../review/activeClock.ts';
import { SavedStatus } from '../savedStatus.ts';
import { TimeLog } from '../timeLog.ts';
import type { Evidence } from './evidence.ts';
import { Replays } from './replays.ts';
import type { ReviewerServices } from './services.ts';

/** The records that reviewers make. */
type ReviewerKind = 'inspection' | 'settlement';

/** The draft of a reviewer's record, with the time that was spent on it. */
interface ReviewerDraftFields extends RecordDraftFields {
  readonly startedAt: string;
  readonly activeMs: number;
}

export interface ReviewerOpening<Kind extends ReviewerKind, Draft> {
  readonly key: UnfinishedKey & { readonly kind: Kind };
  readonly evidence: Evidence;
  readonly draft: Draft;
  /** The draft equals the record that was submitted last. */
  readonly isSubmitted: boolean;
  /** Results of earlier replays. */
  readonly replays: Inspection['replays'];
}

/**
 * A reviewer's work in the panel: the recorded judgement, read-only, and the draft of the reviewer's own record. Independent
 * of VS Code.
 */
export abstract class ReviewerSession<
  Kind extends ReviewerKind,
  Draft extends ReviewerDraftFields,
> implements PanelSession {
  protected readonly services: ReviewerServices;
  protected readonly evidence: Evidence;
  protected readonly replays: Replays;
  protected readonly draft: RecordDraft<Kind, Draft>;
  protected place: QueuePlace = { index: 0, total: 0 };
  readonly #kind: Kind;
  readonly #clock: ActiveClock;
  readonly #log: TimeLog;
  readonly #saved = new SavedStatus<Kind>();
  #builtPanel: PanelSections | undefined;

  protected constructor(services: ReviewerServices, opening: ReviewerOpening<Kind, Draft>) {
    const { key, evidence, draft, isSubmitted, replays } = opening;
    this.services = services;
    this.evidence = evidence;
    this.#kind = key.kind;
    this.replays = new Replays(evidence, services.runner, replays, () => this.#replayed());
    this.draft = new RecordDraft({
      store: services.store,
      key,
      draft,
      isSubmitted,
      latest: () => this.latestOwn(),
      onSaved: (saved) => {
        this.#saved.set(key.kind, saved);
        this.#panel.send('saved');
      },
    });
    this.#clock = new ActiveClock(draft.activeMs);
    this.#log = new TimeLog(services.store, this.#clock, () => ({
      person: key.author,
      taskId: this.task.id,
      work: key.kind,
      startedAt: this.draft.current.startedAt,
    }));
  }

  abstract get title(): string;

  /** All sections of the panel except `saved`. */
  protected abstract sections(): SectionBuilders;

  /** Id of the reviewer's latest record on the same subject in the store. */
  protected abstract latestOwn(): Promise<string | undefined>;

  /** What is missing before the draft can be submitted; or how to build the record. */
  protected abstract prepare(draft: Draft): Prepared<Kind>;

  /** The change of the draft that records the results of replays. */
  protected abstract changeOfReplays(results: Inspection['replays']): Partial<Draft>;

  /** The message for a second submission of the same draft. */
  protected abstract readonly alreadySubmitted: string;

  /** Called with each committed record. */
  protected onCommit(_record: LedgerRecord<Kind>): void {}

  get task(): Task {
    return this.evidence.task;
  }

  get answers(): Evidence['answers'] {
    return this.evidence.answers;
  }

  get diff(): Evidence['diff'] {
    return this.evidence.diff;
  }

  get submitted(): boolean {
    return this.draft.submitted;
  }

  get idealFiles(): PanelIdeal['files'] | undefined {
    return this.evidence.ideal()?.files;
  }

  onDidChange(listener: (sections: PanelState) => void): () => void {
    return this.#panel.listen(listener);
  }

  state(place: QueuePlace): PanelState {
    this.place = place;
    return this.#panel.all();
  }

  /** The review is read-only. */
  edit(): void {}

  compareBy(by: CompareBy): void {
    this.evidence.compareBy(by, () => this.#panel.send('task', 'ideal'));
  }

  signOfLife(): void {
    this.#clock.sign();
  }

  pause(): void {
    this.#clock.pause();
    void this.#log.save();
  }

  /** Replays every recorded run. */
  async run(): Promise<void> {
    const ticket = this.replays.begin();
    const blocked = await this.services.blocked(this.task.language);
    if (ticket.signal.aborted) return;
    if (blocked === undefined) await this.replays.all(ticket);
    else this.#panel.sendState({ notice: { severity: 'warning', text: blocked } });
  }

  cancelRun(): void {
    this.replays.cancel();
  }

  async submit(): Promise<Obstacle[]> {
    if (this.submitted) return [problem(this.alreadySubmitted)];
    const submission = await this.draft.submit((draft) => this.prepare(draft));
    if ('obstacles' in submission) return submission.obstacles.map(problem);
    this.onCommit(submission.record);
    this.#panel.send(this.#kind);
    return [];
  }

  /** Does not record anything: the work stays in the list. */
  skip(): Promise<void> {
    return Promise.resolve();
  }

  revise(): void {
    if (!this.submitted) return;
    this.change({});
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    await Promise.all([this.draft.flush(), this.#log.save()]);
  }

  /** Ends the session. What is unsaved is lost: flush first. */
  dispose(): void {
    this.draft.close();
    this.replays.cancel();
    this.#panel.close();
  }

  /** Active time on the record so far, in milliseconds. */
  protected get activeMs(): number {
    return this.#clock.totalMs;
  }

  /** Changes the draft and sends the sections that follow from it. A change after submission begins a revision. */
  protected change(change: Partial<Draft>): void {
    const begin = this.submitted ? this.#beginTimeOfRevision() : {};
    this.draft.update({ ...begin, ...change, activeMs: this.activeMs });
    this.#panel.send(this.#kind, 'saved');
  }

  /** A revision counts its own time. */
  #beginTimeOfRevision(): Partial<Draft> {
    void this.#log.save();
    this.#clock.restart();
    return { startedAt: new Date().toISOString() } as Partial<Draft>;
  }

  /** Keeps the results of replays in the draft, unless the draft is submitted. */
  #replayed(): void {
    const { results } = this.replays;
    if (!this.submitted && results.length > 0) this.draft.update(this.changeOfReplays(results));
    this.#panel.send(this.#kind);
  }

  /** Built on first use: the constructor of the subclass must have run. */
  get #panel(): PanelSections {
    this.#builtPanel ??= new PanelSections({
      ...this.sections(),
      saved: () => this.#saved.worst,
    });
    return this.#builtPanel;
  }
}
