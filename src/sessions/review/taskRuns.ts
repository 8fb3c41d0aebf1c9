import type { Side } from '../../core/task/side.ts';
import type { Search } from '../../core/differing/searchRecord.ts';
import type { Run, Timing } from '../../core/run/run.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { PanelCases, PanelDifferences, PanelTrial } from '../../protocol/panel/state.ts';
import type { IdealWork } from '../ideal/idealWork.ts';
import { Tickets } from '../tickets.ts';
import { AnswerRuns } from './answerRuns.ts';
import type { ShownAnswer } from './answers.ts';
import { conceal } from './conceal.ts';
import type { RunBoard } from './runBoard.ts';
import type { SessionServices } from './services.ts';
import { isOfCode, Searches } from './searches.ts';
import { Timings } from './timings.ts';
import { Trials } from './trials.ts';

/** The columns of the matrix: the programs that the cases are run on. */
export type RunColumn = Side | 'ideal';

/** Which part of the matrix to run; all of it by default. */
export interface RunChoice {
  /** Run cases even if they have a stored result. */
  readonly fresh?: boolean;
  readonly caseIds?: readonly string[];
  readonly columns?: readonly RunColumn[];
}

/** What runs need from their session. */
export interface RunContext {
  readonly task: Task;
  readonly services: Pick<SessionServices, 'runner' | 'blocked' | 'findDifferences'>;
  readonly answers: () => readonly ShownAnswer[];
  readonly cases: () => readonly Case[];
  readonly ideal: () => IdealWork;
  /** A case has its result. */
  readonly onResult: () => void;
  /** A run began or ended. */
  readonly onRun: () => void;
  /** A trial has an outcome. */
  readonly onTrial: () => void;
  readonly onTiming: (timing: Timing) => void;
  /** The earlier searches for differences. */
  readonly searches: () => readonly Search[];
  /** A search for differences began, went on or ended. */
  readonly onSearching: () => void;
  /** A search for differences has a result. */
  readonly onSearch: (search: Search) => void;
  /** The person started a run of the cases, or a comparison of times on one case. */
  readonly onBegin: (kind: 'run' | 'times', caseId?: string) => void;
}

/** Everything that runs for a task: the cases on both answers and the ideal, comparisons of times, and searches for differences. */
export class TaskRuns {
  readonly #context: RunContext;
  readonly #answerRuns: AnswerRuns;
  readonly #timings: Timings;
  readonly #trials: Trials;
  readonly #searches: Searches;
  readonly #tickets = new Tickets();
  /** Why nothing can be run here. */
  #blocked: string | undefined;

  constructor(context: RunContext, blocked: string | undefined) {
    const { task, services, onResult, onRun, onTiming } = context;
    this.#context = context;
    this.#blocked = blocked;
    this.#answerRuns = new AnswerRuns(task, services.runner, {
      result: onResult,
      changed: onRun,
      conceal: (side, text) => conceal(context.answers(), side, text),
    });
    this.#trials = new Trials(task, services.runner, {
      changed: context.onTrial,
      conceal: (side, text) => conceal(context.answers(), side, text),
    });
    this.#searches = new Searches(task, services.findDifferences, {
      changed: context.onSearching,
      keep: context.onSearch,
    });
    this.#timings = new Timings(task, services.runner, {
      changed: onResult,
      keep: onTiming,
      conceal: (text) =>
        context.answers().reduce((shown, { side }) => conceal(context.answers(), side, shown), text),
    });
  }

  get board(): RunBoard {
    return this.#answerRuns.board;
  }

  get running(): boolean {
    const own = this.board.running || this.#timings.running || this.#trials.running || this.#searches.running;
    return own || this.#context.ideal().runs.running;
  }

  /** Restores the runs of earlier sessions on the current answers and cases. */
  restore(runs: readonly Run[]): void {
    this.#answerRuns.restore(runs, this.#context.answers(), this.#context.cases());
  }

  /** Runs the cases, or the chosen ones, on both answers and the ideal at once. Resolves when all have ended. */
  async run(choice: RunChoice): Promise<void> {
    const { signal } = this.#tickets.take();
    await this.#findBlocked();
    // Cancelled, or a newer run has begun.
    if (signal.aborted) return;
    const cases = this.#context.cases().filter(({ id }) => choice.caseIds?.includes(id) ?? true);
    if (this.#blocked !== undefined || cases.length === 0) return this.#context.onResult();
    this.#context.onBegin('run');
    const isWanted = (column: RunColumn) => choice.columns?.includes(column) ?? true;
    const answers = this.#context.answers().filter(({ side }) => isWanted(side));
    const fresh = choice.fresh ?? false;
    await Promise.all([
      ...answers.map((answer) => this.#answerRuns.run(answer, cases, { signal, fresh })),
      ...(isWanted('ideal') ? [this.#context.ideal().run(cases, signal, fresh)] : []),
    ]);
  }

  /** Runs A and B in turn on a case. Resolves when the comparison has ended. */
  async compareTimes(caseId: string): Promise<void> {
    const ticket = this.#timings.begin();
    await this.#findBlocked();
    const testCase = this.#context.cases().find(({ id }) => id === caseId);
    const [first, second] = this.#context.answers();
    if (ticket.signal.aborted || testCase === undefined || first === undefined || second === undefined)
      return;
    if (this.#blocked !== undefined) return this.#context.onResult();
    this.#context.onBegin('times', caseId);
    await this.#timings.compare(ticket, testCase, [first, second]);
  }

  /**
   * Runs both answers on a case without an expected value. Resolves when both have ended, or when a newer trial has begun.
   */
  async tryInput(testCase: Case): Promise<void> {
    const ticket = this.#trials.begin();
    await this.#findBlocked();
    if (ticket.signal.aborted) return;
    if (this.#blocked !== undefined) return this.#context.onResult();
    await this.#trials.run(ticket, testCase, this.#context.answers());
  }

  /**
   * Searches for inputs on which the answers differ. A second search of the same answers tries other inputs, and none outside
   * of the bounds if the person said that such an input is not allowed. Resolves at the end, or when a newer search has begun.
   */
  async findDifferences(): Promise<void> {
    const ticket = this.#searches.begin();
    await this.#findBlocked();
    const { answers, cases, searches } = this.#context;
    const [first, second] = answers();
    if (ticket.signal.aborted || first === undefined || second === undefined) return;
    if (this.#blocked !== undefined) return this.#searches.refuse(this.#blocked);
    const earlier = searches().filter((search) => isOfCode(search, answers()));
    const seed = 1 + Math.max(0, ...earlier.map((search) => search.seed));
    const staysWithinBounds = earlier.some(({ witnesses }) =>
      witnesses.some(({ withinBounds, decision }) => !withinBounds && decision?.kind === 'not-allowed'),
    );
    const searched = { answers: [first, second], cases: cases(), seed, staysWithinBounds } as const;
    await this.#searches.run(ticket, searched);
  }

  /** Stops the search for differences and keeps what it found. */
  stopSearch(): void {
    this.#searches.cancel();
  }

  /** Checks again whether anything can run here. */
  async checkBlocked(): Promise<void> {
    await this.#findBlocked();
    this.#context.onResult();
  }

  cancel(): void {
    this.#tickets.cancel();
    this.#timings.cancel();
    this.#trials.cancel();
    this.#searches.cancel();
  }

  /** Stops everything, and drops the result of the search under way. */
  close(): void {
    this.cancel();
    this.#searches.clear();
  }

  /** Drops the results of a case that was changed or removed, including results still to come. */
  forgetCase(caseId: string): void {
    this.board.forget(caseId);
    this.#timings.forget(caseId);
    this.#context.ideal().runs.forget(caseId);
  }

  /** Drops the results of a side whose reading changed, and stops its run. */
  forgetAnswer(side: Side): void {
    this.board.clear(side);
    this.#timings.clear();
    this.#trials.clear();
    this.#searches.clear();
  }

  differencesPanel(): PanelDifferences | null {
    return this.#searches.panel(this.#context.searches(), this.#context.answers());
  }

  trialPanel(): PanelTrial | null {
    return this.#trials.panel(this.#context.answers().map(({ side }) => side));
  }

  panel(timings: readonly Timing[]): PanelCases {
    const [cases, answers] = [this.#context.cases(), this.#context.answers()];
    const sides = answers.map(({ side }) => side);
    return {
      ...this.board.panel(cases, sides, this.#blocked),
      timings: this.#timings.panel(timings, cases, answers),
    };
  }

  async #findBlocked(): Promise<void> {
    this.#blocked = await this.#context.services.blocked(this.#context.task.language);
  }
}
