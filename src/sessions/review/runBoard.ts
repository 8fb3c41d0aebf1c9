import { contentHash } from '../../core/text/hash.ts';
import type { Side } from '../../core/task/side.ts';
import { splittingCases, type CaseResult, type Run } from '../../core/run/run.ts';
import type { Case, SourceFile } from '../../core/task/task.ts';
import { Tickets } from '../tickets.ts';
import { concealResult } from './conceal.ts';
import type { PanelCases, PanelRunSide } from '../../protocol/panel/state.ts';

/** Masks names in a text that would tell who wrote the program in a column. */
type Conceal<Column> = (column: Column, text: string) => string;

interface ColumnBoard {
  phase: PanelRunSide['phase'];
  results: Record<string, CaseResult>;
  run: Run | undefined;
  error: string | undefined;
  startedAt: number;
  wallMs: number | undefined;
  readonly tickets: Tickets;
  /** Ids of the cases that the run under way may still set. */
  awaited: Set<string>;
}

/**
 * A run in a column. Its results are dropped once another run is started there or the column is cleared; the result of
 * a case is dropped once the case is forgotten.
 */
export interface StartedRun {
  /** Aborted once the results are dropped. */
  readonly signal: AbortSignal;
  readonly isLatest: boolean;
  result(result: CaseResult): void;
  finish(run: Run): void;
  fail(message: string): void;
}

/**
 * The matrix of cases: the results in each column as they come in, and the records of finished runs. Results are
 * masked; records are unchanged.
 */
export class RunBoard<Column extends string = Side> {
  readonly #conceal: Conceal<Column>;
  readonly #columns = new Map<Column, ColumnBoard>();
  /** Every finished run since the task was opened, oldest first. They become part of the review. */
  readonly #runs: Run[] = [];

  constructor(conceal: Conceal<Column> = (_column, text) => text) {
    this.#conceal = conceal;
  }

  /** Starts a run. The results of these cases are dropped, those of other cases stay. */
  start(column: Column, caseIds: readonly string[]): StartedRun {
    const board = this.#column(column);
    const ticket = board.tickets.take();
    for (const id of caseIds) delete board.results[id];
    Object.assign(board, { phase: 'running', error: undefined, startedAt: Date.now(), wallMs: undefined });
    board.awaited = new Set(caseIds);
    return {
      signal: ticket.signal,
      get isLatest() {
        return ticket.isLatest;
      },
      result: (result) => {
        if (ticket.isLatest) this.#take(column, result);
      },
      finish: (run) => {
        if (!ticket.isLatest) return;
        for (const result of run.results) this.#take(column, result);
        const phase = run.cancelled ? 'cancelled' : 'done';
        Object.assign(board, { run, phase, wallMs: Date.now() - board.startedAt });
        this.#runs.push(run);
      },
      fail: (message) => {
        if (ticket.isLatest) Object.assign(board, { phase: 'failed', error: message });
      },
    };
  }

  /**
   * Restores the runs of earlier sessions, oldest first: the newest result of each case, if neither the case nor the
   * files have changed.
   */
  restore(column: Column, runs: readonly Run[], files: readonly SourceFile[], cases: readonly Case[]): void {
    const current = new Map(cases.map((testCase) => [testCase.id, contentHash(testCase)]));
    const hash = contentHash(files);
    const newest = new Map<string, readonly [run: Run, result: CaseResult]>();
    for (const run of runs.filter((candidate) => contentHash(candidate.files) === hash)) {
      const same = new Set(
        run.cases.filter((ran) => current.get(ran.id) === contentHash(ran)).map(({ id }) => id),
      );
      for (const result of run.results) if (same.has(result.caseId)) newest.set(result.caseId, [run, result]);
    }
    const board = this.#column(column);
    for (const [, result] of newest.values()) board.results[result.caseId] = this.#shown(column, result);
    const sources = new Set([...newest.values()].map(([run]) => run));
    const kept = runs.filter((run) => sources.has(run));
    const latest = kept.at(-1);
    if (latest === undefined) return;
    Object.assign(board, { run: latest, phase: latest.cancelled ? 'cancelled' : 'done' });
    this.#runs.push(...kept);
  }

  /** Drops the results of a case that was changed or removed, in every column, and those still to come. */
  forget(caseId: string): void {
    for (const board of this.#columns.values()) {
      delete board.results[caseId];
      board.awaited.delete(caseId);
    }
  }

  /** Drops a column whose program has changed, and aborts its run. */
  clear(column: Column): void {
    this.#columns.get(column)?.tickets.invalidate();
    this.#columns.delete(column);
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  get running(): boolean {
    return [...this.#columns.values()].some((board) => board.phase === 'running');
  }

  results(column: Column): readonly CaseResult[] {
    return Object.values(this.#column(column).results);
  }

  panel(cases: readonly Case[], shown: readonly Column[], blocked: string | undefined): PanelCases {
    const [a, b] = shown.map((column) => this.#asRun(column));
    return {
      cases: [...cases],
      sides: Object.fromEntries(shown.map((column) => [column, this.column(column)])),
      splitting: splittingCases(a, b),
      ...(blocked === undefined ? {} : { blocked }),
    };
  }

  /** One column as the panel shows it. */
  column(column: Column): PanelRunSide {
    const { phase, results, run, error, wallMs } = this.#column(column);
    return {
      phase,
      results: { ...results },
      ...(run === undefined
        ? {}
        : {
            toolchain: `${run.toolchain.name} ${run.toolchain.version}`,
            sandbox: run.sandbox.kind,
            approximate: run.sandbox.approximate,
            cached: run.cached,
            at: run.at,
          }),
      ...(wallMs === undefined ? {} : { wallMs }),
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Keeps a result of the run under way, unless its case was forgotten. */
  #take(column: Column, result: CaseResult): void {
    const board = this.#column(column);
    if (board.awaited.has(result.caseId)) board.results[result.caseId] = this.#shown(column, result);
  }

  #shown(column: Column, result: CaseResult): CaseResult {
    return concealResult(result, (text) => this.#conceal(column, text));
  }

  #asRun(column: Column): Pick<Run, 'results'> {
    return { results: Object.values(this.#column(column).results) };
  }

  #column(column: Column): ColumnBoard {
    let board = this.#columns.get(column);
    if (board === undefined) {
      board = {
        phase: 'idle',
        results: {},
        run: undefined,
        error: undefined,
        startedAt: 0,
        wallMs: undefined,
        tickets: new Tickets(),
        awaited: new Set(),
      };
      this.#columns.set(column, board);
    }
    return board;
  }
}
