import type { CheckReport } from '../../core/diagnostic.ts';
import { maskIdentity } from '../../core/mask.ts';
import type { ShownOrder, Side } from '../../core/preference.ts';
import { lintRationale } from '../../core/rationale/lint.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Draft, Review } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Run } from '../../core/run.ts';
import type { Case, Task } from '../../core/task.ts';
import { taskTitle } from '../../core/title.ts';
import type { CompareBy, PanelDiffFile, PanelState } from '../../protocol/webview.ts';
import type { AnswerSource } from '../panel/panelSession.ts';
import {
  diffAnswers,
  everything,
  promptSegments,
  showAnswers,
  type ShownAnswer,
} from '../session/answers.ts';
import { panelDraft, weightedMeans } from '../session/draftEdits.ts';
import { rationaleContext } from '../session/findings.ts';
import { RunBoard } from '../session/runBoard.ts';

/** What was submitted, as far as it can be seen in the panel. */
export type Submitted = Pick<Review, 'cases' | 'checks' | 'readings' | 'runs'>;

/** A task with what was recorded of it when it was judged: shown again, and never changed. */
export class Evidence implements AnswerSource {
  readonly task: Task;
  readonly order: ShownOrder;
  readonly rubric: Rubric;
  readonly answers: readonly ShownAnswer[];
  readonly diff: readonly PanelDiffFile[];
  readonly cases: readonly Case[];
  readonly #submitted: Submitted;
  readonly #board = new RunBoard((side, text) => this.#conceal(side, text));
  #compareBy = everything;

  constructor(task: Task, rubric: Rubric, order: ShownOrder, submitted: Submitted, mainFile: string) {
    this.task = task;
    this.rubric = rubric;
    this.order = order;
    this.answers = showAnswers(task, order, submitted.readings, mainFile);
    this.diff = diffAnswers(this.answers, task.language);
    this.cases = [...(task.cases ?? []), ...submitted.cases];
    this.#submitted = submitted;
    // Oldest first, so that of each case the last result stands, as the evaluator saw it.
    for (const run of submitted.runs) {
      const answer = this.answers.find(({ answerId }) => answerId === run.answerId);
      if (answer !== undefined) this.#board.restore(answer.side, run, answer.files, this.cases);
    }
  }

  get title(): string {
    return taskTitle(this.task);
  }

  get runs(): readonly Run[] {
    return this.#submitted.runs;
  }

  sideOf(answerId: string): Side | undefined {
    return this.answers.find((answer) => answer.answerId === answerId)?.side;
  }

  compareBy(by: CompareBy): void {
    this.#compareBy = by;
  }

  /** What the rules find in a text that was written on this evidence. */
  findings(draft: Draft): Finding[] {
    const context = rationaleContext({
      task: this.task,
      rubric: this.rubric,
      draft,
      answers: this.answers,
      diff: this.diff,
      cases: this.cases,
      results: (side) => this.#board.results(side),
      reports: (side) => this.#reports(side),
      recent: [],
    });
    return lintRationale(draft.rationale, context);
  }

  /** The panel's sections that show the evidence and, read-only, what was judged of it. */
  state(place: { index: number; total: number }, draft: Draft | undefined): PanelState {
    return {
      task: this.panelTask(place),
      empty: null,
      draft: draft === undefined ? null : panelDraft(draft, 'store'),
      totals: draft === undefined ? {} : weightedMeans(this.rubric, draft, this.order),
      cases: this.#board.panel(
        this.cases,
        this.answers.map(({ side }) => side),
        undefined,
      ),
      checks: this.#checks(),
      findings: draft === undefined ? [] : this.findings(draft),
      feedback: null,
      notice: null,
    };
  }

  panelTask(place: { index: number; total: number }): NonNullable<PanelState['task']> {
    const { task } = this;
    return {
      id: task.id,
      title: this.title,
      language: task.language,
      ...(task.entry === undefined ? {} : { entry: task.entry }),
      tags: task.tags ?? [],
      place,
      ask: task.ask ?? ['rank'],
      prompt: promptSegments(task.prompt),
      answers: this.answers.map((answer) => answer.panel),
      diff: this.#shownDiff(),
      compareBy: this.#compareBy,
      rubric: this.rubric,
      submitted: true,
    };
  }

  #shownDiff(): PanelDiffFile[] {
    const { ignoreWhitespace, ignoreComments } = this.#compareBy;
    if (!ignoreWhitespace && !ignoreComments) return [...this.diff];
    return diffAnswers(this.answers, this.task.language, this.#compareBy);
  }

  #checks(): NonNullable<PanelState['checks']> {
    return Object.fromEntries(
      this.answers.map(({ side }) => {
        const reports = this.#reports(side);
        const notes = reports.flatMap(({ check, status, reason }) =>
          status === 'done' ? [] : [`${check}: ${reason ?? status}`],
        );
        const diagnostics = reports.flatMap((report) => report.diagnostics);
        return [side, { phase: reports.length === 0 ? 'none' : 'done', diagnostics, notes }];
      }),
    );
  }

  /** What the checks said then, as it may be shown: a message quotes the answer, names and all. */
  #reports(side: Side): CheckReport[] {
    return this.#submitted.checks
      .filter(({ answerId }) => this.sideOf(answerId) === side)
      .map((report) => ({
        ...report,
        diagnostics: report.diagnostics.map((diagnostic) => ({
          ...diagnostic,
          message: this.#conceal(side, diagnostic.message),
        })),
      }));
  }

  #conceal(side: Side, text: string): string {
    const names = this.answers.find((answer) => answer.side === side)?.panel.masked ?? 0;
    return names === 0 ? text : maskIdentity(text).text;
  }
}
