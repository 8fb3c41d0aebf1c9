import { codeHash } from '../../core/task/codeHash.ts';
import { messageOf } from '../../core/errors.ts';
import { contentHash } from '../../core/text/hash.ts';
import { mutantsOf } from '../../core/code/mutants.ts';
import { overlay } from '../../core/extraction/programFiles.ts';
import type { CaseResult, Run } from '../../core/run/run.ts';
import type { Case, SourceFile, Task } from '../../core/task/task.ts';
import type { PanelIdeal, PanelRunSide } from '../../protocol/panel/state.ts';
import type { Runner } from '../../runner/runner.ts';
import type { ShownAnswer } from '../review/answers.ts';
import { RunBoard } from '../review/runBoard.ts';
import { runRequest } from '../review/runRequest.ts';
import { caseWorth } from './caseWorth.ts';

/** Number of mutants (copies with one fault) made of an ideal. A good case fails many of them. */
const mutantCount = 8;

/** What runs of an ideal need of their session. */
export interface IdealRunContext {
  readonly task: Task;
  readonly runner: Runner;
  readonly answers: () => readonly ShownAnswer[];
  readonly cases: () => readonly Case[];
  /** Runs of the answers. */
  readonly runs: () => readonly Run[];
  readonly changed: () => void;
}

/** Runs of mutants. `of`: hash of the ideal and the cases that were measured. */
interface Measured {
  readonly of: string;
  readonly runs: Run[];
  /** Of the run that started the measurement. */
  readonly signal: AbortSignal;
}

/** The third column of the matrix: runs of the ideal on the cases, and how many faulty programs each case detects. */
export class IdealRuns {
  readonly #context: IdealRunContext;
  readonly #board = new RunBoard<'ideal'>();
  #mutants: Measured | undefined;

  constructor(context: IdealRunContext) {
    this.#context = context;
  }

  get column(): PanelRunSide {
    return this.#board.column('ideal');
  }

  /** Results of the current cases. */
  get results(): readonly CaseResult[] {
    return this.#board.results('ideal');
  }

  get running(): boolean {
    return this.#board.running;
  }

  /** Restores the runs of earlier sessions, oldest first. */
  restore(runs: readonly Run[], id: string, files: readonly SourceFile[]): void {
    const own = runs.filter(({ answerId }) => answerId === id);
    this.#board.restore('ideal', own, this.program(files), this.#context.cases());
  }

  /** Drops the results of a case that was changed or removed. */
  forget(caseId: string): void {
    this.#board.forget(caseId);
  }

  /** The ideal's files merged over the task's own files, as they run. */
  program(files: readonly SourceFile[]): SourceFile[] {
    return overlay(this.#context.task.files ?? [], files);
  }

  /** Runs cases on the ideal, then measures the cases if the task asks for cases. Errors show in the column. */
  async run(
    id: string,
    files: readonly SourceFile[],
    cases: readonly Case[],
    options: { readonly signal: AbortSignal; readonly fresh: boolean },
  ): Promise<void> {
    const { task, changed } = this.#context;
    const started = this.#board.start(
      'ideal',
      cases.map((testCase) => testCase.id),
    );
    const signal = AbortSignal.any([options.signal, started.signal]);
    changed();
    try {
      const run = await this.#run(id, files, cases, {
        ...options,
        signal,
        onResult: (result) => {
          started.result(result);
          changed();
        },
      });
      started.finish(run);
      if (task.ask?.includes('cases') && !run.cancelled) await this.#measure(id, files, signal);
    } catch (error) {
      started.fail(messageOf(error));
    }
    changed();
  }

  /** The latest run of these files on all current cases. */
  current(files: readonly SourceFile[]): Run | undefined {
    const hash = codeHash(this.program(files));
    const cases = contentHash([...this.#context.cases()]);
    return this.#board.runs.findLast((run) => run.codeHash === hash && hashOfCases(run) === cases);
  }

  /** The latest run of each answer, as it is read now, on all current cases. */
  weak(): Run[] {
    const cases = contentHash([...this.#context.cases()]);
    return this.#context.answers().flatMap((answer) => {
      const hash = codeHash(answer.files);
      const isOfIt = (run: Run) => run.answerId === answer.answerId && run.codeHash === hash;
      return this.#context.runs().findLast((run) => isOfIt(run) && hashOfCases(run) === cases) ?? [];
    });
  }

  /** How many faulty programs each case detects; empty unless the task asks for cases. */
  worth(files: readonly SourceFile[]): PanelIdeal['worth'] {
    const { task, cases } = this.#context;
    if (!task.ask?.includes('cases')) return {};
    const mutants = this.#mutants?.of === this.#measured(files) ? this.#mutants.runs : [];
    return caseWorth(cases(), this.current(files), this.weak(), mutants);
  }

  /** Runs every case on mutants of the ideal, one mutant after the other. */
  async #measure(id: string, files: readonly SourceFile[], signal: AbortSignal): Promise<void> {
    const { task, cases, changed } = this.#context;
    const measured: Measured = { of: this.#measured(files), runs: [], signal };
    if (this.#mutants?.of === measured.of && !this.#mutants.signal.aborted) return;
    this.#mutants = measured;
    for (const [index, mutant] of mutantsOf(files, task.language, mutantCount).entries()) {
      const run = await this.#run(`${id} mutant ${index + 1}`, mutant.files, cases(), {
        signal,
        fresh: false,
      });
      // A newer run measures again.
      if (this.#mutants !== measured) return;
      if (signal.aborted) break;
      measured.runs.push(run);
      changed();
    }
    // Keep no partial measurement: it would understate how many mutants the cases detect.
    if (signal.aborted) this.#mutants = undefined;
  }

  #run(
    answerId: string,
    files: readonly SourceFile[],
    cases: readonly Case[],
    options: Parameters<Runner['run']>[1],
  ): Promise<Run> {
    const { task, runner } = this.#context;
    return runner.run(runRequest(task, { answerId, files: this.program(files) }, cases), options);
  }

  #measured(files: readonly SourceFile[]): string {
    return contentHash({ files: [...files], cases: [...this.#context.cases()] });
  }
}

const hashes = new WeakMap<Run, string>();

/** Cached for each run: every result needs it. */
function hashOfCases(run: Run): string {
  const known = hashes.get(run);
  if (known !== undefined) return known;
  const hash = contentHash(run.cases);
  hashes.set(run, hash);
  return hash;
}
