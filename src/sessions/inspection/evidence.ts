import type { Search } from '../../core/differing/searchRecord.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import type { Ideal } from '../../core/ideal/ideal.ts';
import type { ShownOrder } from '../../core/task/preference.ts';
import type { Side } from '../../core/task/side.ts';
import { lintRationale } from '../../core/rationale/lint.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Draft, Review } from '../../core/review/review.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { Run } from '../../core/run/run.ts';
import type { Case, Task } from '../../core/task/task.ts';
import { taskTitle } from '../../core/task/title.ts';
import type { CompareBy, PanelDiffFile, PanelIdeal, PanelState } from '../../protocol/panel/state.ts';
import type { Formatter } from '../../checks/formatting/formatter.ts';
import type { SectionBuilders } from '../panelSections.ts';
import type { AnswerSource, QueuePlace } from '../panelSession.ts';
import { showRead, type ShownAnswer } from '../review/answers.ts';
import { readAnswers, type ReadAnswer } from '../review/readAnswers.ts';
import { panelChecks } from '../review/checkBoard.ts';
import { AnswerDiff } from '../review/answerDiff.ts';
import { conceal, concealReports } from '../review/conceal.ts';
import { panelDraft, weightedMeans } from '../review/draftEdits.ts';
import { rationaleContext } from '../review/rationaleContext.ts';
import { panelTask } from '../review/panelTask.ts';
import { RunBoard } from '../review/runBoard.ts';
import { panelSearches } from '../review/searches.ts';
import { shownIdeal } from './shownIdeal.ts';

/** The parts of a review that the panel shows as evidence. */
export type Submitted = Pick<Review, 'cases' | 'checks' | 'readings' | 'runs' | 'searches'>;

/** How answers are read and compared. */
export interface Reader {
  readonly formatter: Formatter;
  /** Name of the file for a code block without a name, by language. */
  mainFile(language: string): string;
}

/** A task with the records of its judgement, read-only. */
export class Evidence implements AnswerSource {
  readonly task: Task;
  readonly order: ShownOrder;
  readonly rubric: Rubric;
  readonly answers: readonly ShownAnswer[];
  readonly cases: readonly Case[];
  readonly #submitted: Submitted;
  readonly #ideal: Ideal | undefined;
  readonly #board = new RunBoard((side, text) => conceal(this.answers, side, text));
  readonly #diff: AnswerDiff;
  #formatted: () => void = () => undefined;

  /** Reads the answers of a task, and compares them. */
  static async of(
    task: Task,
    rubric: Rubric,
    order: ShownOrder,
    submitted: Submitted,
    reader: Reader,
    ideal?: Ideal,
  ): Promise<Evidence> {
    const read = await readAnswers(task, order, reader.mainFile(task.language));
    return new Evidence(task, rubric, order, submitted, reader, read, ideal);
  }

  private constructor(
    task: Task,
    rubric: Rubric,
    order: ShownOrder,
    submitted: Submitted,
    reader: Reader,
    read: readonly ReadAnswer[],
    ideal?: Ideal,
  ) {
    this.task = task;
    this.rubric = rubric;
    this.order = order;
    this.answers = showRead(task, read, submitted.readings);
    this.#diff = new AnswerDiff(this.answers, task.language, reader.formatter, () => this.#formatted());
    this.cases = [...(task.cases ?? []), ...submitted.cases];
    this.#submitted = submitted;
    this.#ideal = ideal;
    for (const { side, answerId, files } of this.answers) {
      const own = submitted.runs.filter((run) => run.answerId === answerId);
      this.#board.restore(side, own, files, this.cases);
    }
  }

  get title(): string {
    return taskTitle(this.task);
  }

  get diff(): readonly PanelDiffFile[] {
    return this.#diff.whole;
  }

  get runs(): readonly Run[] {
    return this.#submitted.runs;
  }

  /** The searches for differences, in order. */
  get searches(): readonly Search[] {
    return this.#submitted.searches ?? [];
  }

  sideOf(answerId: string): Side | undefined {
    return this.answers.find((answer) => answer.answerId === answerId)?.side;
  }

  /** Changes the options of the comparison. `changed` is called at once, and again when files have been formatted. */
  compareBy(by: CompareBy, changed: () => void): void {
    this.#formatted = changed;
    this.#diff.choose(by);
    changed();
  }

  /** The ideal that was submitted with the review. */
  ideal(): PanelIdeal | null {
    if (this.#ideal === undefined) return null;
    const { answers, cases, task } = this;
    return shownIdeal(this.#ideal, { answers, cases, language: task.language, by: this.#diff.by });
  }

  /** The findings of the rules in a rationale about this evidence. */
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

  /** The sections that show the evidence and, read-only, the judgement. */
  sections(place: () => QueuePlace, judged: Draft | undefined): SectionBuilders {
    return {
      task: () => this.#panelTask(place()),
      empty: () => null,
      draft: () => (judged === undefined ? null : panelDraft(judged)),
      totals: () => (judged === undefined ? {} : weightedMeans(this.rubric, judged, this.order)),
      cases: () =>
        this.#board.panel(
          this.cases,
          this.answers.map(({ side }) => side),
          undefined,
        ),
      differences: () =>
        this.searches.length === 0
          ? null
          : { phase: 'idle', searches: panelSearches(this.searches, this.answers) },
      checks: () => this.#checks(),
      ideal: () => this.ideal(),
      findings: () => (judged === undefined ? [] : this.findings(judged)),
      feedback: () => null,
      notice: () => null,
    };
  }

  #panelTask(place: QueuePlace): NonNullable<PanelState['task']> {
    const { answers, rubric, task } = this;
    return panelTask(task, { place, answers, diff: this.#diff, rubric, kinds: [], submitted: true });
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

  /** The recorded reports of the checks. */
  #reports(side: Side): CheckReport[] {
    return this.#submitted.checks.filter(({ answerId }) => this.sideOf(answerId) === side);
  }
}
