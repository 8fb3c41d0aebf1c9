import { duplicateOf } from '../../core/duplicate.ts';
import { messageOf } from '../../core/errors.ts';
import type { Side } from '../../core/preference.ts';
import type { Run } from '../../core/run.ts';
import type { Case, Task } from '../../core/task.ts';
import type { Runner } from '../../runner/runner.ts';
import type { ShownAnswer } from './answers.ts';
import { RunBoard } from './runBoard.ts';
import { runRequest } from './runRequest.ts';

/** What runs tell their session. */
interface Listener {
  /** A case has its result. */
  result(): void;
  /** A run began or ended. */
  changed(): void;
  /** Hides the names that answers give themselves. */
  conceal(side: Side, text: string): string;
}

/** Runs the cases of a task on its answers, and keeps what came of it. */
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

  /** Takes over what earlier sessions ran. */
  restore(runs: readonly Run[], answers: readonly ShownAnswer[], cases: readonly Case[]): void {
    for (const { side, answerId, files } of answers) {
      const run = runs.findLast((candidate) => candidate.answerId === answerId);
      if (run !== undefined) this.board.restore(side, run, files, cases);
    }
  }

  /** Runs cases on an answer. Resolves when all have ended; an error shows on the answer's side. */
  async run(
    answer: ShownAnswer,
    cases: readonly Case[],
    { signal, fresh }: { readonly signal: AbortSignal; readonly fresh: boolean },
  ): Promise<void> {
    const { side, answerId, files, rejections } = answer;
    this.board.start(
      side,
      cases.map((testCase) => testCase.id),
    );
    this.#listener.changed();
    try {
      const run = await this.#runner.run(
        {
          ...runRequest(this.#task, answerId, files, cases),
          ...(rejections === undefined ? {} : { rejections }),
        },
        {
          signal,
          fresh: fresh || this.#looksNew(answer),
          onResult: (result) => {
            this.board.result(side, result);
            this.#listener.result();
          },
        },
      );
      this.board.finish(side, run);
    } catch (error) {
      this.board.fail(side, messageOf(error));
    }
    this.#listener.changed();
  }

  /** That a duplicate's code ran before, on another task, must not show. */
  #looksNew({ answerId }: ShownAnswer): boolean {
    return duplicateOf(this.#task) !== undefined && !this.board.runs.some((run) => run.answerId === answerId);
  }
}
