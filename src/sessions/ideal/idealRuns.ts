import { codeHash } from '../../core/codeHash.ts';
import { messageOf } from '../../core/errors.ts';
import { contentHash } from '../../core/hash.ts';
import { mutantsOf } from '../../core/mutants.ts';
import { overlay } from '../../core/programFiles.ts';
import type { CaseResult, Run } from '../../core/run.ts';
import type { Case, SourceFile, Task } from '../../core/task.ts';
import type { PanelIdeal, PanelRunSide } from '../../protocol/webview.ts';
import type { Runner } from '../../runner/runner.ts';
import type { ShownAnswer } from '../session/answers.ts';
import { RunBoard } from '../session/runBoard.ts';
import { runRequest } from '../session/runRequest.ts';
import { caseWorth } from './caseWorth.ts';

/** So many programs with a fault are made of an ideal; a good case tells many of them from it. */
const mutantCount = 8;

/** What runs of an ideal depend on and are held against. */
export interface RunGround {
  readonly task: Task;
  readonly runner: Runner;
  readonly answers: () => readonly ShownAnswer[];
  readonly cases: () => readonly Case[];
  /** Runs of the answers. */
  readonly runs: () => readonly Run[];
  readonly changed: () => void;
}

/** The third column of the matrix: the ideal on the cases, and what the cases are worth. */
export class IdealRuns {
  readonly #ground: RunGround;
  readonly #board = new RunBoard<'ideal'>();
  #mutants: { readonly of: string; readonly runs: Run[] } = { of: '', runs: [] };

  constructor(ground: RunGround) {
    this.#ground = ground;
  }

  get column(): PanelRunSide {
    return this.#board.column('ideal');
  }

  /** The result of each case that was run, as far as it is of the case as it is now. */
  get results(): readonly CaseResult[] {
    return this.#board.results('ideal');
  }

  get running(): boolean {
    return this.#board.running;
  }

  /** Takes over what an earlier session ran. */
  restore(runs: readonly Run[], id: string, files: readonly SourceFile[]): void {
    const run = runs.findLast(({ answerId }) => answerId === id);
    if (run !== undefined) this.#board.restore('ideal', run, this.program(files), this.#ground.cases());
  }

  /** A case changed or went: what was known of it is known no longer. */
  forget(caseId: string): void {
    this.#board.forget(caseId);
  }

  /** Files as they run: laid over the task's own. */
  program(files: readonly SourceFile[]): SourceFile[] {
    return overlay(this.#ground.task.files ?? [], files);
  }

  /** Runs cases on the ideal, then measures them where the task asks for cases. Errors show in the column. */
  async run(
    id: string,
    files: readonly SourceFile[],
    cases: readonly Case[],
    options: { readonly signal: AbortSignal; readonly fresh: boolean },
  ): Promise<void> {
    const { task, changed } = this.#ground;
    this.#board.start(
      'ideal',
      cases.map((testCase) => testCase.id),
    );
    changed();
    try {
      const run = await this.#run(id, files, cases, {
        ...options,
        onResult: (result) => {
          this.#board.result('ideal', result);
          changed();
        },
      });
      this.#board.finish('ideal', run);
      if (task.ask?.includes('cases') && !run.cancelled) await this.#measure(id, files, options.signal);
    } catch (error) {
      this.#board.fail('ideal', messageOf(error));
    }
    changed();
  }

  /** The run of these files on all cases as they are now, if there is one. */
  current(files: readonly SourceFile[]): Run | undefined {
    const hash = codeHash(this.program(files));
    const cases = contentHash([...this.#ground.cases()]);
    return this.#board.runs.findLast((run) => run.codeHash === hash && hashOfCases(run) === cases);
  }

  /** The latest such run of each answer as it is read now. */
  weak(): Run[] {
    const cases = contentHash([...this.#ground.cases()]);
    return this.#ground.answers().flatMap((answer) => {
      const hash = codeHash(answer.files);
      const isOfIt = (run: Run) => run.answerId === answer.answerId && run.codeHash === hash;
      return this.#ground.runs().findLast((run) => isOfIt(run) && hashOfCases(run) === cases) ?? [];
    });
  }

  /** What each case is worth, where the task asks for cases. */
  worth(files: readonly SourceFile[]): PanelIdeal['worth'] {
    const { task, cases } = this.#ground;
    if (!task.ask?.includes('cases')) return {};
    const mutants = this.#mutants.of === this.#measured(files) ? this.#mutants.runs : [];
    return caseWorth(cases(), this.current(files), this.weak(), mutants);
  }

  /** Runs every case on mutants of the ideal, one mutant after the other. */
  async #measure(id: string, files: readonly SourceFile[], signal: AbortSignal): Promise<void> {
    const { task, cases, changed } = this.#ground;
    const measured = { of: this.#measured(files), runs: [] as Run[] };
    if (this.#mutants.of === measured.of) return;
    this.#mutants = measured;
    for (const [index, mutant] of mutantsOf(files, task.language, mutantCount).entries()) {
      const run = await this.#run(`${id} mutant ${index + 1}`, mutant.files, cases(), {
        signal,
        fresh: false,
      });
      if (signal.aborted) this.#mutants = { of: '', runs: [] };
      if (this.#mutants !== measured) return;
      measured.runs.push(run);
      changed();
    }
  }

  #run(
    answerId: string,
    files: readonly SourceFile[],
    cases: readonly Case[],
    options: Parameters<Runner['run']>[1],
  ): Promise<Run> {
    const { task, runner } = this.#ground;
    return runner.run(runRequest(task, answerId, this.program(files), cases), options);
  }

  #measured(files: readonly SourceFile[]): string {
    return contentHash({ files: [...files], cases: [...this.#ground.cases()] });
  }
}

const hashes = new WeakMap<Run, string>();

/** Worked out once a run: every result asks for it. */
function hashOfCases(run: Run): string {
  const known = hashes.get(run);
  if (known !== undefined) return known;
  const hash = contentHash(run.cases);
  hashes.set(run, hash);
  return hash;
}
