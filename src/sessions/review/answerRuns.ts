import { duplicateOf } from '../../core/task/duplicate.ts';
import { messageOf } from '../../core/errors.ts';
import type { Side } from '../../core/task/side.ts';
import type { Run } from '../../core/run/run.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { Runner } from '../../runner/runner.ts';
import type { ShownAnswer } from './answers.ts';
import { RunBoard } from './runBoard.ts';
import { runRequest } from './runRequest.ts';

/** The callbacks of runs to their session. */
interface Listener {
  /** A case has its result. */
  result(): void;
  /** A run began or ended. */
  changed(): void;
  /** Hides the names that answers give themselves. */
  conceal(side: Side, text: string): string;
}

/** Runs the cases of a task on its answers, and keeps the results. */
export class AnswerRuns {
  readonly board: RunBoard;
  readonly #task: Task;
  readonly #runner: Runner;
  readonly #listener: Listener;

  constructor(task: Task, runner: Runner, listener: Listener) {
    this.#task = task;
    this.#runner = runner;
    this.#listener = listener;
    this.board = new RunBoard((side, text) => listener.conceal(side, text));
  }

  /** Restores the runs of earlier sessions. */
  restore(runs: readonly Run[], answers: readonly ShownAnswer[], cases: readonly Case[]): void {
    for (const { side, answerId, files } of answers) {
      const own = runs.filter((run) => run.answerId === answerId);
      this.board.restore(side, own, files, cases);
    }
  }

  /** Runs cases on an answer. Resolves when all have ended; an error shows on the answer's side. */
  async run(
    answer: ShownAnswer,
    cases: readonly Case[],
    { signal, fresh }: { readonly signal: AbortSignal; readonly fresh: boolean },
  ): Promise<void> {
    const { side } = answer;
    const started = this.board.start(
      side,
      cases.map((testCase) => testCase.id),
    );
    this.#listener.changed();
    try {
      const run = await this.#runner.run(runRequest(this.#task, answer, cases), {
        signal: AbortSignal.any([signal, started.signal]),
        fresh: fresh || (this.#mustRunFresh(answer) && 'unless-prepared'),
        onResult: (result) => {
          started.result(result);
          this.#listener.result();
        },
      });
      started.finish(run);
    } catch (error) {
      started.fail(messageOf(error));
    }
    this.#listener.changed();
  }

  /** The panel must not reveal that a duplicate's code ran before, on another task. */
  #mustRunFresh({ answerId }: ShownAnswer): boolean {
    return duplicateOf(this.#task) !== undefined && !this.board.runs.some((run) => run.answerId === answerId);
  }
}
