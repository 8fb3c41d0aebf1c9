import type { CaseCodeField, UnsavedCase } from '../../core/review/caseForm.ts';
import type { CheckReport, Diagnostic } from '../../core/run/diagnostic.ts';
import type { IdealField } from '../../core/ideal/idealDraft.ts';
import type { Side } from '../../core/task/side.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import { lintRationale } from '../../core/rationale/lint.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import { problem, type Obstacle } from '../../core/review/obstacle.ts';
import type { Draft } from '../../core/review/review.ts';
import type { Step } from '../../core/review/trail.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { Case, Task } from '../../core/task/task.ts';
import { taskTitle } from '../../core/task/title.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';
import type { Edit } from '../../protocol/panel/edits.ts';
import type { CompareBy, PanelDiffFile, PanelIdeal, PanelState } from '../../protocol/panel/state.ts';
import { IdealWork } from '../ideal/idealWork.ts';
import { flushAll } from '../flushAll.ts';
import type { QueuePlace } from '../panelSession.ts';
import { PanelSections, type SectionName } from '../panelSections.ts';
import { SavedStatus, type Saved } from '../savedStatus.ts';
import { Tickets } from '../tickets.ts';
import type { ShownAnswer } from './answers.ts';
import { openingDraft } from './draftEdits.ts';
import { changedCases, changedSides, JudgedAnswers, type Judged } from './judgedAnswers.ts';
import { rationaleContext } from './rationaleContext.ts';
import { readOpening, type Opening } from './opening.ts';
import { readAnswers, type ReadAnswer } from './readAnswers.ts';
import { ReviewDraft } from './reviewDraft.ts';
import { reviewSections } from './reviewSections.ts';
import { ReviewSubmission } from './reviewSubmission.ts';
import type { RunBoard } from './runBoard.ts';
import type { OwnAction, SessionServices } from './services.ts';
import { obstacles } from './submission.ts';
import { TaskRuns, type RunChoice } from './taskRuns.ts';

/** Sections that change without an effect on the findings. What changes the judgement itself names the findings too. */
const withoutFindings: ReadonlySet<SectionName> = new Set(['draft', 'saved', 'trial', 'differences']);

/** Seconds between two saves of the time: a crash of the editor loses at most this time. */
const ticksBetweenSaves = 10;

/**
 * One task under judgement: its draft, runs, checks, ideal and submission, and the sections of the panel. Independent of VS
 * Code.
 */
export class Session {
  readonly task: Task;
  readonly order: readonly string[];
  readonly rubric: Rubric;
  readonly ideal: IdealWork;
  readonly #services: SessionServices;
  readonly #draft: ReviewDraft;
  readonly #runs: TaskRuns;
  readonly #submission: ReviewSubmission;
  readonly #answers: JudgedAnswers;
  readonly #sections: PanelSections;
  readonly #saved = new SavedStatus<'review' | 'ideal'>();
  readonly #refreshes = new Tickets();
  /** The evaluator's rationales for other tasks. */
  readonly #recent: readonly string[];
  #place: QueuePlace = { index: 0, total: 0 };
  #ticks = 0;
  /** `undefined` after a change on which findings may depend. */
  #findings: readonly Finding[] | undefined;
  /** What has changed about the task since it was last worked on; shown until the first change. */
  #change: string | undefined;

  private constructor(task: Task, services: SessionServices, opening: Opening, read: readonly ReadAnswer[]) {
    const { draft } = opening;
    this.task = task;
    this.rubric = opening.rubric;
    this.order = draft.shown;
    this.#services = services;
    this.#recent = opening.recent;
    this.#change = opening.change;
    this.#draft = new ReviewDraft(
      draft,
      services.store,
      (saved) => this.#onSaved('review', saved),
      services.now,
    );
    this.#submission = this.#reviewSubmission(opening);
    this.#answers = new JudgedAnswers(task, read, draft.readings, services, {
      diff: () => this.#send('task'),
      checks: () => this.#send('checks'),
    });
    this.#runs = this.#taskRuns(opening.blocked);
    this.ideal = this.#idealWork(opening);
    this.#sections = this.#panelSections(opening.feedback);
    this.#runs.restore(opening.runs);
    this.ideal.restore(opening.ideal.runs);
  }

  /** Opens a task with its saved draft and the results of unchanged code. */
  static async open(task: Task, services: SessionServices): Promise<Session> {
    const opening = await readOpening(task, services);
    const read = await readAnswers(task, opening.draft.shown, services.mainFile(task.language));
    return new Session(task, services, opening, read);
  }

  onDidChange(listener: (sections: PanelState) => void): () => void {
    return this.#sections.listen(listener);
  }

  get title(): string {
    return taskTitle(this.task);
  }

  get draft(): Draft {
    return this.#draft.upToDate;
  }

  get activeMs(): number {
    return this.#draft.activeMs;
  }

  get answers(): readonly ShownAnswer[] {
    return this.#answers.shown;
  }

  get diff(): readonly PanelDiffFile[] {
    return this.#answers.diff.whole;
  }

  get cases(): readonly Case[] {
    return [...(this.task.cases ?? []), ...this.#draft.current.cases];
  }

  get submitted(): boolean {
    return this.#submission.submitted;
  }

  get running(): boolean {
    return this.#runs.running;
  }

  /** Something runs or is checked that the person waits for. */
  get busy(): boolean {
    return this.running || this.#answers.isChecking || this.ideal.isChecking;
  }

  get board(): RunBoard {
    return this.#runs.board;
  }

  /** The ideal's files, if an ideal is written with the review. */
  get idealFiles(): PanelIdeal['files'] | undefined {
    return this.ideal.panel()?.files;
  }

  /** Found once for each state of the task: the panel, the language server and the submission all ask for them. */
  get findings(): readonly Finding[] {
    this.#findings ??= lintRationale(this.rationale(), this.context());
    return this.#findings;
  }

  rationale(): string {
    return this.#draft.current.rationale;
  }

  /** The context of the rationale's rules, completion and hover. */
  context(): RationaleContext {
    return rationaleContext({
      task: this.task,
      rubric: this.rubric,
      draft: this.#draft.current,
      answers: this.answers,
      diff: this.diff,
      cases: this.cases,
      results: (side) => this.board.results(side),
      reports: (side) => this.reports(side),
      recent: this.#recent,
    });
  }

  /** The reports of the checks with masked messages: a message can quote the answer. */
  reports(side: Side): readonly CheckReport[] {
    return this.#answers.reports(side);
  }

  /** The whole state; `place` is the task's place in the queue as it is filtered now. */
  state(place: QueuePlace): PanelState {
    this.#place = place;
    return this.#sections.all();
  }

  /** Adopts a newer draft of another window. A submission there ends the work here. */
  async refresh(): Promise<void> {
    const { store, evaluator } = this.#services;
    const ticket = this.#refreshes.take();
    await this.#submission.settled();
    const [kept, reviews] = await Promise.all([
      store.draft(this.task.id, evaluator),
      store.reviews({ taskId: this.task.id, evaluator }),
    ]);
    if (!ticket.isLatest || this.submitted) return;
    await this.ideal.refresh();
    if (!ticket.isLatest) return;
    const latest = reviews.at(-1);
    const closed = kept === undefined && latest !== undefined && latest.id !== this.#submission.revises;
    const draft = closed ? openingDraft(this.task, evaluator, undefined, latest) : kept;
    // A change that is not saved yet stays, and becomes a revision of the review submitted there.
    this.#submission.follow(latest?.id);
    const before = this.#judged;
    if (draft === undefined || !this.#draft.adopt(draft)) return;
    this.#submission.adopt(closed);
    this.#readAnew(before);
    this.#sendAll();
  }

  /** Applies an edit and sends the sections that follow from it. */
  edit(edit: Edit): void {
    if (this.submitted) return;
    this.#acted(needsMachine(edit) ? 'work' : 'typing');
    this.#change = undefined;
    const before = this.#judged;
    this.#draft.edit(edit);
    if (edit.kind === 'reading') {
      this.#readAnew(before);
      return this.#sendAll({ highlight: null });
    }
    if (edit.kind === 'case' || edit.kind === 'remove-case') {
      this.#forgetChanged(before);
      if (this.ideal.begun) this.#send('ideal');
    }
    this.#send(...sectionsAfter(edit), 'findings', 'saved');
  }

  /** Sets the rationale from its own document instead of the panel. */
  editRationale(text: string): void {
    if (this.submitted || text === this.rationale()) return;
    this.#acted('typing');
    this.#draft.editRationale(text);
    this.#send('draft', 'findings');
  }

  /** The forms of cases that are not saved. */
  get caseForms(): readonly UnsavedCase[] {
    return this.#draft.current.caseForms ?? [];
  }

  /** Sets code in the form of a case from its own document instead of the panel. */
  editCaseCode(form: string, field: CaseCodeField, text: string): void {
    if (this.submitted) return;
    this.#acted('typing');
    this.#draft.editCaseCode(form, field, text);
    this.#send('draft');
  }

  editIdeal(field: IdealField, text: string): void {
    if (this.submitted) return;
    this.#acted('typing');
    this.ideal.write(field, text);
  }

  setEditorDiagnostics(side: Side, diagnostics: readonly Diagnostic[]): void {
    this.#answers.checks.setEditorDiagnostics(side, diagnostics);
  }

  /** Records that the evaluator viewed, ran or decided something, for the trail of the review. */
  addStep(kind: Step['kind'], what?: string): void {
    if (!this.submitted) this.#draft.addStep(kind, what);
  }

  /** Changes the options of the comparison. Hunk numbers in anchors stay the same. */
  compareBy(by: CompareBy): void {
    this.#acted('work');
    this.#answers.diff.choose(by);
    this.#send('task', 'ideal');
  }

  /** Time is not counted after submission. */
  signOfLife(): void {
    if (this.submitted) return;
    this.#draft.signOfLife();
    this.#send('draft');
  }

  pause(): void {
    this.#draft.pause();
    void this.#draft.saveTime();
  }

  /** Called every second: shows the time, and saves it at intervals. */
  tick(): void {
    if (this.submitted) return;
    this.#send('draft');
    this.#ticks += 1;
    if (this.#ticks % ticksBetweenSaves === 0) void this.#draft.saveTime();
  }

  /** Runs the cases, or the chosen ones, on both answers and the ideal at once. Resolves when all have ended. */
  async run(choice: RunChoice = {}): Promise<void> {
    this.#acted('work');
    await Promise.all([this.#runs.run(choice), this.#repeatCrashedChecks()]);
  }

  /** Runs A and B in turn on a case, and keeps the result with the draft. Resolves when it has ended. */
  async compareTimes(caseId: string): Promise<void> {
    if (this.submitted) return;
    this.#acted('work');
    await this.#runs.compareTimes(caseId);
  }

  /** Runs both answers on an input and shows their outcomes, which are not stored. Resolves when both have ended. */
  async tryInput(testCase: Case): Promise<void> {
    this.#acted('work');
    await this.#runs.tryInput(testCase);
  }

  /** Searches for inputs on which the answers differ, and keeps the result with the draft. Resolves when it has ended. */
  async findDifferences(): Promise<void> {
    if (this.submitted) return;
    this.#acted('work');
    await this.#runs.findDifferences();
  }

  /** Stops the search for differences and keeps what it found. */
  stopSearch(): void {
    this.#runs.stopSearch();
  }

  /** Checks again whether anything can run here, and updates the panel. */
  async refreshBlocked(): Promise<void> {
    await this.#runs.checkBlocked();
  }

  cancelRun(): void {
    this.#runs.cancel();
  }

  /** Checks both answers, or one. Reports arrive as state. Never rejects. */
  async check(only?: Side): Promise<void> {
    this.#acted('work');
    await this.#answers.check(this.cases, only);
  }

  /**
   * Submits the review. Resolves with what is missing, or with an empty list once the review is committed; rejects with
   * the store's error. After an error, submitting again submits the same record.
   */
  async submit(): Promise<Obstacle[]> {
    this.#acted('work');
    return this.#submission.submit();
  }

  async skip(reason: string): Promise<void> {
    this.#acted('work');
    await this.#draft.autosave.flush();
    await this.#services.store.skip({
      taskId: this.task.id,
      evaluator: this.#services.evaluator,
      reason,
      at: new Date().toISOString(),
    });
  }

  /** Reopens a submitted review: the next submission is a new record that names the old one. */
  revise(): void {
    this.#refreshes.invalidate();
    this.#submission.revise();
    this.#send('task');
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    await flushAll([this.#draft.autosave.flush(), this.ideal.flush(), this.#draft.saveTime()]);
  }

  /** Ends the session. What is unsaved is lost: flush first. */
  dispose(): void {
    this.#refreshes.invalidate();
    this.#draft.autosave.close();
    this.ideal.dispose();
    this.#runs.close();
    this.#answers.checks.abort();
    this.#sections.close();
  }

  #acted(action: OwnAction): void {
    this.#services.onAction?.(action);
  }

  async #repeatCrashedChecks(): Promise<void> {
    await Promise.all([
      ...this.#answers.crashed.map((side) => this.check(side)),
      ...(this.ideal.hasCrashedCheck ? [this.ideal.check()] : []),
    ]);
  }

  get #judged(): Judged {
    return { answers: this.answers, cases: this.cases };
  }

  /** Reads the answers by the current readings of the draft. */
  #readAnew(before: Judged): void {
    this.#answers.read(this.#draft.current.readings);
    this.#forgetChanged(before);
  }

  /** Drops the results of changed answers and cases, and checks the changed answers again. */
  #forgetChanged(before: Judged): void {
    for (const id of changedCases(before, this.#judged)) this.#runs.forgetCase(id);
    for (const side of changedSides(before, this.#judged)) {
      this.#runs.forgetAnswer(side);
      void this.check(side);
    }
  }

  #onSaved(draft: 'review' | 'ideal', saved: Saved): void {
    this.#saved.set(draft, saved);
    this.#send('saved');
  }

  /** Tells listeners which sections of the panel's state changed. */
  #send(...names: readonly SectionName[]): void {
    if (!names.every((name) => withoutFindings.has(name))) this.#findings = undefined;
    // The proof of the ideal follows from the results.
    const proves = names.includes('cases') && !names.includes('draft') && this.ideal.begun;
    this.#sections.send(...names, ...(proves ? (['ideal'] as const) : []));
  }

  #sendAll(more: PanelState = {}): void {
    this.#findings = undefined;
    this.#sections.sendState({ ...this.#sections.all(), ...more });
  }

  #panelSections(feedback: PanelFeedback | null): PanelSections {
    return new PanelSections(
      reviewSections({
        kinds: this.#services.caseKinds(this.task.language),
        task: this.task,
        rubric: this.rubric,
        draft: this.#draft,
        diff: this.#answers.diff,
        runs: this.#runs,
        checks: this.#answers.checks,
        ideal: this.ideal,
        saved: this.#saved,
        submission: this.#submission,
        feedback,
        place: () => this.#place,
        answers: () => this.answers,
        findings: () => this.findings,
        reports: (side) => this.reports(side),
        change: () => this.#change,
      }),
    );
  }

  #taskRuns(blocked: string | undefined): TaskRuns {
    return new TaskRuns(
      {
        task: this.task,
        services: this.#services,
        answers: () => this.answers,
        cases: () => this.cases,
        ideal: () => this.ideal,
        onResult: () => this.#send('cases'),
        onTrial: () => this.#send('trial'),
        searches: () => this.#draft.current.searches ?? [],
        onSearching: () => this.#send('differences'),
        onSearch: (search) => {
          // A submitted review does not change.
          if (this.submitted) return;
          this.#draft.addSearch(search);
          this.#send('findings');
        },
        onRun: () => this.#send('cases', 'findings'),
        // A submitted review does not change.
        onTiming: (timing) => (this.submitted ? undefined : this.#draft.addTiming(timing)),
        onBegin: (kind, caseId) => this.addStep(kind, caseId),
      },
      blocked,
    );
  }

  #reviewSubmission(opening: Opening): ReviewSubmission {
    return new ReviewSubmission(
      {
        services: this.#services,
        draft: this.#draft,
        obstacles: () => [
          ...obstacles(this.task, this.rubric, this.#draft.current, this.findings),
          ...(this.task.ask?.includes('ideal') ? this.ideal.obstacles().map(problem) : []),
        ],
        version: () => `${this.#draft.autosave.version} ${this.ideal.version}`,
        flush: () => this.flush(),
        parts: () => ({
          task: this.task,
          draft: this.draft,
          rubric: this.rubric,
          runs: this.board.runs,
          reports: this.#answers.allReports(),
        }),
        submitIdeal: () => this.ideal.submit(),
        onCommit: () => {
          // A refresh that read the store before the commit is out of date.
          this.#refreshes.invalidate();
          this.pause();
        },
      },
      opening,
    );
  }

  #idealWork({ ideal }: Opening): IdealWork {
    return new IdealWork(
      {
        task: this.task,
        services: this.#services,
        order: this.order,
        answers: () => this.answers,
        cases: () => this.cases,
        runs: () => this.board.runs,
        compareBy: () => this.#answers.diff.by,
        rationaleContext: () => this.context(),
        activeMs: () => this.#draft.activeMs,
        changed: () => this.#send('ideal'),
        saved: (saved) => this.#onSaved('ideal', saved),
      },
      ideal,
    );
  }
}

/** Whether something runs or is checked again after an edit. */
function needsMachine({ kind }: Edit): boolean {
  return kind === 'reading' || kind === 'case' || kind === 'remove-case';
}

/** The changes that follow from an edit, apart from the findings. */
function sectionsAfter({ kind }: Edit): SectionName[] {
  if (kind === 'case') return ['draft', 'cases'];
  if (kind === 'remove-case') return ['draft', 'cases', 'differences'];
  if (kind === 'witness') return ['draft', 'differences'];
  return kind === 'score' ? ['draft', 'totals'] : ['draft'];
}
