import type { CheckReport, Diagnostic } from '../../core/diagnostic.ts';
import type { IdealField } from '../../core/idealDraft.ts';
import { sides, type Side } from '../../core/preference.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import { lintRationale } from '../../core/rationale/lint.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Draft } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Timing } from '../../core/run.ts';
import type { Case, Task } from '../../core/task.ts';
import { taskTitle } from '../../core/title.ts';
import { withStep, type Step, type Trail } from '../../core/trail.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';
import type { CompareBy, Edit, PanelDiffFile, PanelIdeal, PanelState } from '../../protocol/webview.ts';
import { IdealWork } from '../ideal/idealWork.ts';
import { ActiveClock } from './activeClock.ts';
import { AnswerRuns } from './answerRuns.ts';
import { showAnswers, type ShownAnswer } from './answers.ts';
import { CheckBoard } from './checkBoard.ts';
import { Comparison } from './comparison.ts';
import { conceal, concealReports } from './conceal.ts';
import { DraftKeeper, type Saved } from './draftKeeper.ts';
import { applyEdit, openingDraft, panelDraft, weightedMeans } from './draftEdits.ts';
import { rationaleContext } from './findings.ts';
import { panelTask } from './panelTask.ts';
import { readPast, type Past } from './past.ts';
import type { RunBoard } from './runBoard.ts';
import type { SessionServices } from './services.ts';
import { obstacles, buildReview } from './submission.ts';
import { Timings, withTiming } from './timings.ts';

/** Whom the cases are run for: the columns of the matrix. */
export type RunColumn = Side | 'ideal';

/** Which part of the matrix to run; all of it where nothing is said. */
export interface RunChoice {
  readonly fresh?: boolean;
  readonly caseIds?: readonly string[];
  readonly columns?: readonly RunColumn[];
}

/**
 * One task under judgement: the draft, the runs, the checks and the findings, and what the panel shows of them.
 * Knows nothing of VS Code; tells listeners which sections of the panel's state changed.
 */
export class Session {
  readonly task: Task;
  readonly order: readonly string[];
  readonly rubric: Rubric;
  readonly ideal: IdealWork;
  readonly #services: SessionServices;
  readonly #keeper: DraftKeeper<Draft>;
  readonly #clock: ActiveClock;
  readonly #runs: AnswerRuns;
  readonly #timings: Timings;
  readonly #checks: CheckBoard;
  readonly #comparison: Comparison;
  readonly #listeners = new Set<(sections: PanelState) => void>();
  #answers: ShownAnswer[];
  #abort: AbortController | undefined;
  #blocked: string | undefined;
  /** What the evaluator wrote of other tasks. */
  readonly #recent: readonly string[];
  #saved: Saved = { state: 'clean' };
  #submitted: boolean;
  #revises: string | undefined;
  readonly #feedback: PanelFeedback | null;
  #built: { version: number; runs: number; review: ReturnType<typeof buildReview> } | undefined;
  /** Id of the ideal that goes with the review. */
  #ideal: string | undefined;
  /** What was looked at and run: of itself it makes no draft of a task. */
  #trail: Trail;
  #rationaleFrom: 'store' | 'panel' | 'document' = 'store';
  #place = { index: 0, total: 0 };
  #disposed = false;
  /** What is different about the task since it was last worked on; said until work goes on. */
  #change: string | undefined;

  private constructor(task: Task, services: SessionServices, past: Past) {
    const { draft } = past;
    this.task = task;
    this.rubric = past.rubric;
    this.order = draft.shown;
    this.#services = services;
    this.#clock = new ActiveClock(draft.activeMs);
    this.#trail = draft.trail ?? [];
    this.#answers = this.#read(draft);
    this.#comparison = new Comparison(this.#answers, task.language, services.formatter, () =>
      this.#tell({ task: this.#panelTask() }),
    );
    this.#checks = new CheckBoard(task, services.checks, () => this.#tell({ checks: this.#panelChecks() }));
    this.#submitted = past.submitted;
    this.#revises = past.revises;
    this.#feedback = past.feedback;
    this.#runs = new AnswerRuns(task, services.runner, {
      result: () => this.#tell({ cases: this.#panelCases() }),
      changed: () => this.#tell({ cases: this.#panelCases(), findings: this.findings }),
      conceal: (side, text) => this.#conceal(side, text),
    });
    this.#timings = new Timings(task, services.runner, {
      changed: () => this.#tell({ cases: this.#panelCases() }),
      keep: (timing) => this.#keepTiming(timing),
      conceal: (text) => this.#shownSides().reduce((shown, side) => this.#conceal(side, shown), text),
    });
    this.#blocked = past.blocked;
    this.#change = past.change;
    this.#recent = past.recent;
    this.#keeper = new DraftKeeper(
      draft,
      (current) => services.store.saveDraft(current),
      (saved) => this.#set(saved),
    );
    this.ideal = new IdealWork(
      {
        task,
        services,
        order: this.order,
        answers: () => this.#answers,
        cases: () => this.cases,
        runs: () => this.#runs.board.runs,
        compareBy: () => this.#comparison.by,
        context: () => this.context(),
        activeMs: () => this.#clock.totalMs,
        changed: () => this.#tell({ ideal: this.ideal.panel() }),
        saved: (saved) => this.#set(saved),
      },
      past.ideal,
    );
    this.#runs.restore(past.runs, this.#answers, this.cases);
    this.ideal.restore(past.ideal.runs);
  }

  /** Opens a task where it was left: its draft and the results of unchanged code come back. */
  static async open(task: Task, services: SessionServices): Promise<Session> {
    return new Session(task, services, await readPast(task, services));
  }

  onDidChange(listener: (sections: PanelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get title(): string {
    return taskTitle(this.task);
  }

  get draft(): Draft {
    return { ...this.#keeper.draft, ...this.#conduct() };
  }

  get answers(): readonly ShownAnswer[] {
    return this.#answers;
  }

  get diff(): readonly PanelDiffFile[] {
    return this.#comparison.whole;
  }

  get cases(): readonly Case[] {
    return [...(this.task.cases ?? []), ...this.#keeper.draft.cases];
  }

  get submitted(): boolean {
    return this.#submitted;
  }

  get running(): boolean {
    return this.#runs.board.running || this.#timings.running || this.ideal.runs.running;
  }

  get board(): RunBoard {
    return this.#runs.board;
  }

  /** What the checks said, as it may be shown: a message quotes the answer, names and all. */
  reports(side: Side): readonly CheckReport[] {
    return concealReports(this.#answers, side, this.#checks.reports(side));
  }

  get findings(): Finding[] {
    return lintRationale(this.rationale(), this.context());
  }

  rationale(): string {
    return this.#keeper.draft.rationale;
  }

  /** What the rationale's rules, completion and hover look things up in. */
  context(): RationaleContext {
    return rationaleContext({
      task: this.task,
      rubric: this.rubric,
      draft: this.#keeper.draft,
      answers: this.#answers,
      diff: this.diff,
      cases: this.cases,
      results: (side) => this.#runs.board.results(side),
      reports: (side) => this.reports(side),
      recent: this.#recent,
    });
  }

  /** The whole state; `place` is the task's place in the queue as it is filtered now. */
  state(place: { index: number; total: number }): PanelState {
    this.#place = place;
    return {
      task: this.#panelTask(),
      empty: null,
      draft: this.#panelDraft(),
      totals: this.#totals(),
      cases: this.#panelCases(),
      checks: this.#panelChecks(),
      ideal: this.ideal.panel(),
      findings: this.findings,
      saved: this.#saved,
      feedback: this.#submitted ? null : this.#feedback,
      notice: this.#change === undefined ? null : { severity: 'warning', text: this.#change },
    };
  }

  /** Looks at what another window did to the same task: its newer draft is taken over, its submission closes this one. */
  async refresh(): Promise<void> {
    const { store, evaluator } = this.#services;
    const [kept, reviews] = await Promise.all([
      store.draft(this.task.id, evaluator),
      store.reviews({ taskId: this.task.id, evaluator }),
    ]);
    if (this.#submitted || this.#disposed) return;
    await this.ideal.refresh();
    const latest = reviews.at(-1);
    const closed = kept === undefined && latest !== undefined && latest.id !== this.#revises;
    const draft = closed ? openingDraft(this.task, evaluator, undefined, latest) : kept;
    // What is typed here and not yet saved stays; it becomes a revision of what was submitted there.
    if (this.#built?.review.id !== latest?.id) this.#revises = latest?.id;
    if (draft === undefined || !this.#keeper.adopt(draft)) return;
    this.#submitted = closed;
    this.#rationaleFrom = 'store';
    this.#trail = draft.trail ?? [];
    this.#answers = this.#read(draft);
    this.#comparison.read(this.#answers);
    this.#tell(this.state(this.#place));
  }

  /** Applies one change the person made and tells what follows from it. */
  edit(edit: Edit): void {
    if (this.#submitted) return;
    const before = this.#keeper.draft;
    const change = applyEdit(before, edit, this.order);
    this.#change = undefined;
    this.#saved = { state: 'saving' };
    if (edit.kind === 'preference') this.looked('preference');
    this.#keeper.update({ ...change, ...this.#conduct() });
    if (edit.kind === 'rationale') this.#rationaleFrom = 'panel';
    if (edit.kind === 'reading') return this.#reread(edit.side);
    if (edit.kind === 'case' || edit.kind === 'remove-case') {
      const id = edit.kind === 'case' ? edit.case.id : edit.id;
      this.#runs.board.forget(id);
      this.ideal.runs.forget(id);
      if (this.ideal.begun) this.#tell({ ideal: this.ideal.panel() });
    }
    this.#tell({
      draft: this.#panelDraft(),
      totals: this.#totals(),
      cases: this.#panelCases(),
      findings: this.findings,
      saved: this.#saved,
    });
  }

  /** The rationale was typed in its document instead of the panel. */
  editRationale(text: string): void {
    if (this.#submitted || text === this.rationale()) return;
    this.#rationaleFrom = 'document';
    this.#keeper.update({ rationale: text, ...this.#conduct() });
    this.#tell({ draft: this.#panelDraft(), findings: this.findings });
  }

  setEditorDiagnostics(side: Side, diagnostics: readonly Diagnostic[]): void {
    this.#checks.setEditorDiagnostics(side, diagnostics);
  }

  /** Notes what the person looked at, had run or decided, for the record of how they came to their review. */
  looked(kind: Step['kind'], what?: string): void {
    const step = { kind, ...(what === undefined ? {} : { what }), activeMs: this.#clock.totalMs };
    if (!this.#submitted) this.#trail = withStep(this.#trail, step);
  }

  /** Shows the difference by other rules; what a rationale cites of it stays as it is. */
  compareBy(by: CompareBy): void {
    this.#comparison.choose(by);
    this.#tell({ task: this.#panelTask(), ideal: this.ideal.panel() });
  }

  signOfLife(): void {
    this.#clock.sign();
    this.#tell({ draft: this.#panelDraft() });
  }

  pause(): void {
    this.#clock.pause();
  }

  /** Runs the cases for both answers and the ideal at once, or those chosen. Resolves when all have ended. */
  async run(options: RunChoice = {}): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#blocked = await this.#services.blocked(this.task.language);
    const cases = this.cases.filter((testCase) => options.caseIds?.includes(testCase.id) ?? true);
    if (this.#blocked !== undefined || cases.length === 0) return this.#tell({ cases: this.#panelCases() });
    this.looked('run');
    const isWanted = (column: RunColumn) => options.columns?.includes(column) ?? true;
    const answers = this.#answers.filter(({ side }) => isWanted(side));
    const fresh = options.fresh ?? false;
    await Promise.all([
      ...answers.map((answer) => this.#runs.run(answer, cases, { signal: abort.signal, fresh })),
      ...(isWanted('ideal') ? [this.ideal.run(cases, abort.signal, fresh)] : []),
    ]);
  }

  /** Finds out anew whether anything can be run here, and tells the panel. */
  async lookAgain(): Promise<void> {
    this.#blocked = await this.#services.blocked(this.task.language);
    this.#tell({ cases: this.#panelCases() });
  }

  /** Runs A and B in turn on a case, and keeps what comes of it with the draft. Resolves when it has ended. */
  async compareTimes(caseId: string): Promise<void> {
    const testCase = this.cases.find(({ id }) => id === caseId);
    const [first, second] = this.#answers;
    if (this.#submitted || testCase === undefined || first === undefined || second === undefined) return;
    this.#blocked = await this.#services.blocked(this.task.language);
    if (this.#blocked !== undefined) return this.#tell({ cases: this.#panelCases() });
    this.looked('times', caseId);
    await this.#timings.compare(testCase, [first, second]);
  }

  /** The ideal's files, where one is written with the review. */
  get idealFiles(): PanelIdeal['files'] | undefined {
    return this.ideal.panel()?.files;
  }

  editIdeal(field: IdealField, text: string): void {
    if (!this.#submitted) this.ideal.write(field, text);
  }

  cancelRun(): void {
    this.#abort?.abort();
    this.#timings.cancel();
  }

  /** Checks both answers; results arrive as state. A tool that is slow holds nothing up. */
  async check(only?: Side): Promise<void> {
    const answers = this.#answers.filter((answer) => only === undefined || answer.side === only);
    await Promise.all(answers.map((answer) => this.#checks.check(answer, this.cases)));
  }

  /**
   * Submits the review. Resolves with what stands in the way, or with nothing once the review is committed;
   * rejects with the store's error. Doing it again after an error submits the same record.
   */
  async submit(): Promise<string[]> {
    if (this.#submitted) return ['This task is submitted already; choose "Revise" to change the review'];
    const problems = [
      ...obstacles(this.task, this.rubric, this.#keeper.draft, this.findings),
      ...(this.task.ask?.includes('ideal') ? this.ideal.obstacles() : []),
    ];
    if (problems.length > 0) return problems;
    this.#ideal = await this.ideal.submit();
    const { version } = this.#keeper;
    const { id } = await this.#services.store.submit(this.#review());
    this.#revises = id;
    this.ideal.close();
    // What was typed in the meantime is no longer that review: a revision of it is begun.
    if (this.#keeper.version !== version) return [];
    this.#keeper.close();
    this.#submitted = true;
    return [];
  }

  async skip(reason: string): Promise<void> {
    await this.#keeper.flush();
    await this.#services.store.skip({
      taskId: this.task.id,
      evaluator: this.#services.evaluator,
      reason,
      at: new Date().toISOString(),
    });
  }

  /** Takes a submitted review up again: the next submission is a new record that names the old. */
  revise(): void {
    this.#submitted = false;
    this.#keeper.reopen();
    this.ideal.reopen();
    this.#tell({ task: this.#panelTask() });
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    await Promise.all([this.#keeper.flush(), this.ideal.flush()]);
  }

  /** Ends the session. What is unsaved is lost: flush first. */
  dispose(): void {
    this.#disposed = true;
    this.#keeper.close();
    this.ideal.dispose();
    this.cancelRun();
    this.#checks.abort();
    this.#listeners.clear();
  }

  /** The same record for the same draft, so that a repeated submission is recognised as one. */
  #review(): ReturnType<typeof buildReview> {
    const version = this.#keeper.version;
    const runs = this.#runs.board.runs.length;
    if (
      this.#built?.version !== version ||
      this.#built.runs !== runs ||
      this.#built.review.ideal !== this.#ideal
    ) {
      const review = buildReview({
        task: this.task,
        draft: this.draft,
        rubric: this.rubric,
        runs: this.#runs.board.runs,
        reports: sides.flatMap((side) => this.#checks.reports(side)),
        toolVersion: this.#services.toolVersion,
        revises: this.#revises,
        ideal: this.#ideal,
      });
      this.#built = { version, runs, review };
    }
    return this.#built.review;
  }

  /** How the person works, as it goes into the draft with each change. */
  #conduct(): Pick<Draft, 'activeMs' | 'trail'> {
    return { activeMs: this.#clock.totalMs, trail: this.#trail };
  }

  #keepTiming(timing: Timing): void {
    // A review that was submitted meanwhile is as it was judged.
    if (this.#submitted) return;
    this.#keeper.update({ timings: withTiming(this.#keeper.draft.timings, timing) });
  }

  /** Another reading of an answer: other files, so its results and diagnostics start anew. */
  #reread(side: Side): void {
    this.#answers = this.#read(this.#keeper.draft);
    this.#comparison.read(this.#answers);
    this.#runs.board.clear(side);
    this.#tell({ ...this.state(this.#place), highlight: null });
    void this.check(side);
  }

  #read(draft: Draft): ShownAnswer[] {
    return showAnswers(this.task, draft.shown, draft.readings, this.#services.mainFile(this.task.language));
  }

  #set(saved: Saved): void {
    this.#saved = saved;
    this.#tell({ saved });
  }

  #tell(sections: PanelState): void {
    if (this.#disposed) return;
    // What proves the ideal are the cases and their results.
    const proves = sections.cases && !sections.draft && this.ideal.begun;
    const told = proves ? { ...sections, ideal: this.ideal.panel() } : sections;
    for (const listener of this.#listeners) listener(told);
  }

  #panelTask(): PanelState['task'] {
    return panelTask(this.task, {
      place: this.#place,
      answers: this.#answers,
      comparison: this.#comparison,
      rubric: this.rubric,
      submitted: this.#submitted,
    });
  }

  #panelDraft(): PanelState['draft'] {
    return panelDraft(this.draft, this.#rationaleFrom);
  }

  #panelCases(): PanelState['cases'] {
    const timings = this.#timings.panel(this.#keeper.draft.timings ?? [], this.cases, this.#answers);
    return { ...this.#runs.board.panel(this.cases, this.#shownSides(), this.#blocked), timings };
  }

  #conceal(side: Side, text: string): string {
    return conceal(this.#answers, side, text);
  }

  #panelChecks(): NonNullable<PanelState['checks']> {
    return this.#checks.panel(this.#shownSides(), (side) => this.reports(side));
  }

  #shownSides(): Side[] {
    return this.#answers.map((answer) => answer.side);
  }

  #totals(): NonNullable<PanelState['totals']> {
    return weightedMeans(this.rubric, this.#keeper.draft, this.order);
  }
}
