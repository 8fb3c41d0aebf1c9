import { contentHash } from '../../core/hash.ts';
import type { Side } from '../../core/preference.ts';
import { mapStrings } from '../../core/json.ts';
import { splittingCases, type CaseResult, type Run } from '../../core/run.ts';
import type { Case, SourceFile } from '../../core/task.ts';
import type { PanelCases, PanelRunSide } from '../../protocol/webview.ts';

/** Hides from a text what would tell who wrote the answer on a side. */
type Conceal<Column> = (side: Column, text: string) => string;

interface SideBoard {
  phase: PanelRunSide['phase'];
  results: Record<string, CaseResult>;
  run: Run | undefined;
  error: string | undefined;
  startedAt: number;
  wallMs: number | undefined;
}

/**
 * What is known of the cases in each column of the matrix: results as they come in, and the records of finished runs.
 * Results are kept as they may be shown; the records as they were made.
 */
export class RunBoard<Column extends string = Side> {
  readonly #conceal: Conceal<Column>;
  readonly #sides = new Map<Column, SideBoard>();
  /** Every finished run since the task was opened, oldest first: they go into the review. */
  readonly #runs: Run[] = [];

  constructor(conceal: Conceal<Column> = (_side, text) => text) {
    this.#conceal = conceal;
  }

  /** Begins a run on a side; results of the cases about to run go, those of others stay. */
  start(side: Column, caseIds: readonly string[]): void {
    const board = this.#side(side);
    for (const id of caseIds) delete board.results[id];
    Object.assign(board, { phase: 'running', error: undefined, startedAt: Date.now(), wallMs: undefined });
  }

  result(side: Column, result: CaseResult): void {
    this.#side(side).results[result.caseId] = this.#shown(side, result);
  }

  finish(side: Column, run: Run): void {
    const board = this.#side(side);
    for (const result of run.results) this.result(side, result);
    board.run = run;
    board.phase = run.cancelled ? 'cancelled' : 'done';
    board.wallMs = Date.now() - board.startedAt;
    this.#runs.push(run);
  }

  fail(side: Column, message: string): void {
    Object.assign(this.#side(side), { phase: 'failed', error: message });
  }

  /** Takes over what an earlier session ran, as far as it ran the very same files and cases. */
  restore(side: Column, run: Run, files: readonly SourceFile[], cases: readonly Case[]): void {
    if (contentHash(run.files) !== contentHash(files)) return;
    const current = new Map(cases.map((testCase) => [testCase.id, contentHash(testCase)]));
    const board = this.#side(side);
    const same = new Set(
      run.cases.filter((ran) => current.get(ran.id) === contentHash(ran)).map((ran) => ran.id),
    );
    for (const result of run.results) if (same.has(result.caseId)) this.result(side, result);
    if (same.size === 0) return;
    Object.assign(board, { run, phase: run.cancelled ? 'cancelled' : 'done' });
    this.#runs.push(run);
  }

  /** Drops the results of a case on both sides, since the case changed or went. */
  forget(caseId: string): void {
    for (const board of this.#sides.values()) delete board.results[caseId];
  }

  /** Drops all of one side, since other files are read from its answer. */
  clear(side: Column): void {
    this.#sides.delete(side);
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  get running(): boolean {
    return [...this.#sides.values()].some((board) => board.phase === 'running');
  }

  results(side: Column): readonly CaseResult[] {
    return Object.values(this.#side(side).results);
  }

  panel(cases: readonly Case[], shown: readonly Column[], blocked: string | undefined): PanelCases {
    const [a, b] = shown.map((side) => this.#asRun(side));
    return {
      cases: [...cases],
      sides: Object.fromEntries(shown.map((side) => [side, this.column(side)])),
      splitting: splittingCases(a, b),
      ...(blocked === undefined ? {} : { blocked }),
    };
  }

  /** One side as the panel shows it. */
  column(side: Column): PanelRunSide {
    const { phase, results, run, error, wallMs } = this.#side(side);
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
          }),
      ...(wallMs === undefined ? {} : { wallMs }),
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Every text of a result that the answer has a say in: an error quotes the line it stands on, comments and all. */
  #shown(side: Column, result: CaseResult): CaseResult {
    const conceal = (text: string) => this.#conceal(side, text);
    const { stdout, stderr, reason, actual, tests } = result;
    return {
      ...result,
      stdout: conceal(stdout),
      stderr: conceal(stderr),
      ...(reason === undefined ? {} : { reason: conceal(reason) }),
      ...(actual === undefined ? {} : { actual: mapStrings(actual, conceal) }),
      ...(tests === undefined
        ? {}
        : {
            tests: tests.map((test) =>
              test.message === undefined ? test : { ...test, message: conceal(test.message) },
            ),
          }),
    };
  }

  #asRun(side: Column): Pick<Run, 'results'> {
    return { results: Object.values(this.#side(side).results) };
  }

  #side(side: Column): SideBoard {
    let board = this.#sides.get(side);
    if (board === undefined) {
      board = {
        phase: 'idle',
        results: {},
        run: undefined,
        error: undefined,
        startedAt: 0,
        wallMs: undefined,
      };
      this.#sides.set(side, board);
    }
    return board;
  }
}
