import type { CheckReport } from '../../core/diagnostic.ts';
import type { Ideal } from '../../core/ideal.ts';
import type { ShownOrder, Side } from '../../core/preference.ts';
import { lintRationale } from '../../core/rationale/lint.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Draft, Review } from '../../core/review.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Run } from '../../core/run.ts';
import type { Case, Task } from '../../core/task.ts';
import { taskTitle } from '../../core/title.ts';
import type { CompareBy, PanelDiffFile, PanelIdeal, PanelState } from '../../protocol/webview.ts';
import type { Formatter } from '../../runner/formatting/formatter.ts';
import type { AnswerSource } from '../panel/panelSession.ts';
import { showAnswers, type ShownAnswer } from '../session/answers.ts';
import { panelChecks } from '../session/checkBoard.ts';
import { Comparison } from '../session/comparison.ts';
import { conceal, concealReports } from '../session/conceal.ts';
import { panelDraft, weightedMeans } from '../session/draftEdits.ts';
import { rationaleContext } from '../session/findings.ts';
import { panelTask } from '../session/panelTask.ts';
import { RunBoard } from '../session/runBoard.ts';
import { shownIdeal } from './shownIdeal.ts';

/** What was submitted, as far as it can be seen in the panel. */
export type Submitted = Pick<Review, 'cases' | 'checks' | 'readings' | 'runs'>;

/** What evidence is read and compared with. */
export interface Reader {
  readonly formatter: Formatter;
  /** Name of the file a nameless block of this language becomes. */
  mainFile(language: string): string;
}

/** A task with what was recorded of it when it was judged: shown again, and never changed. */
export class Evidence implements AnswerSource {
  readonly task: Task;
  readonly order: ShownOrder;
  readonly rubric: Rubric;
  readonly answers: readonly ShownAnswer[];
  readonly cases: readonly Case[];
  readonly #submitted: Submitted;
  readonly #ideal: Ideal | undefined;
  readonly #board = new RunBoard((side, text) => conceal(this.answers, side, text));
  readonly #comparison: Comparison;
  #formatted: () => void = () => undefined;

  constructor(
    task: Task,
    rubric: Rubric,
    order: ShownOrder,
    submitted: Submitted,
    reader: Reader,
    ideal?: Ideal,
  ) {
    this.task = task;
    this.rubric = rubric;
    this.order = order;
    this.answers = showAnswers(task, order, submitted.readings, reader.mainFile(task.language));
    this.#comparison = new Comparison(this.answers, task.language, reader.formatter, () => this.#formatted());
    this.cases = [...(task.cases ?? []), ...submitted.cases];
    this.#submitted = submitted;
    this.#ideal = ideal;
    // Oldest first, so that of each case the last result stands, as the evaluator saw it.
    for (const run of submitted.runs) {
      const answer = this.answers.find(({ answerId }) => answerId === run.answerId);
      if (answer !== undefined) this.#board.restore(answer.side, run, answer.files, this.cases);
    }
  }

  get title(): string {
    return taskTitle(this.task);
  }

  get diff(): readonly PanelDiffFile[] {
    return this.#comparison.whole;
  }

  get runs(): readonly Run[] {
    return this.#submitted.runs;
  }

  sideOf(answerId: string): Side | undefined {
    return this.answers.find((answer) => answer.answerId === answerId)?.side;
  }

  /** Shows the difference by other rules; `changed` is called once more where files are formatted for it. */
  compareBy(by: CompareBy, changed: () => void): void {
    this.#formatted = changed;
    this.#comparison.choose(by);
    changed();
  }

  /** The ideal that goes with what was judged, if any. */
  ideal(): PanelIdeal | null {
    if (this.#ideal === undefined) return null;
    const { answers, cases, task } = this;
    return shownIdeal(this.#ideal, { answers, cases, language: task.language, by: this.#comparison.by });
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
      reports: (side) => concealReports(this.answers, side, this.#reports(side)),
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
      ideal: this.ideal(),
      findings: draft === undefined ? [] : this.findings(draft),
      feedback: null,
      notice: null,
    };
  }

  panelTask(place: { index: number; total: number }): NonNullable<PanelState['task']> {
    const { answers, rubric, task } = this;
    return panelTask(task, { place, answers, comparison: this.#comparison, rubric, submitted: true });
  }

  #checks(): NonNullable<PanelState['checks']> {
    const panels = this.answers.map(({ side }) => {
      const reports = this.#reports(side);
      const others = this.#submitted.checks.filter((report) => !reports.includes(report));
      const shown = concealReports(this.answers, side, reports);
      return [side, panelChecks(reports.length === 0 ? 'none' : 'done', shown, others)] as const;
    });
    return Object.fromEntries(panels);
  }

  /** What the checks said then. */
  #reports(side: Side): CheckReport[] {
    return this.#submitted.checks.filter(({ answerId }) => this.sideOf(answerId) === side);
  }
}
