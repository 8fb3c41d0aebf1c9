import { messageOf } from '../../core/errors.ts';
import type { Side } from '../../core/task/side.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { PanelTrial } from '../../protocol/panel/state.ts';
import type { Runner } from '../../runner/runner.ts';
import { Tickets, type Ticket } from '../tickets.ts';
import type { ShownAnswer } from './answers.ts';
import { RunBoard } from './runBoard.ts';
import { runRequest } from './runRequest.ts';

/** The callbacks of a trial to its session. */
interface Listener {
  changed(): void;
  /** Hides the names that answers give themselves. */
  conceal(side: Side, text: string): string;
}

/**
 * Runs the answers on one input without an expected value and shows their outcomes. Only the latest trial is kept, and only
 * until the task is closed; it is neither stored nor part of the review.
 */
export class Trials {
  readonly #task: Task;
  readonly #runner: Runner;
  readonly #listener: Listener;
  readonly #tickets = new Tickets();
  #latest: { readonly case: Case; readonly board: RunBoard } | undefined;

  constructor(task: Task, runner: Runner, listener: Listener) {
    this.#task = task;
    this.#runner = runner;
    this.#listener = listener;
  }

  get running(): boolean {
    return this.#latest?.board.running ?? false;
  }

  /** Stops the trial under way and returns the ticket for a new one. */
  begin(): Ticket {
    return this.#tickets.take();
  }

  /** Runs the answers, with the ticket from `begin`. Resolves when all have ended; an error shows on its side. */
  async run({ signal }: Ticket, testCase: Case, answers: readonly ShownAnswer[]): Promise<void> {
    if (signal.aborted) return;
    const board = new RunBoard((side, text) => this.#listener.conceal(side, text));
    this.#latest = { case: testCase, board };
    await Promise.all(answers.map((answer) => this.#runOn(answer, testCase, board, signal)));
  }

  cancel(): void {
    this.#tickets.cancel();
  }

  /** Drops the trial, and stops it if it is under way, because a reading changed. */
  clear(): void {
    this.#tickets.invalidate();
    this.#latest = undefined;
  }

  panel(sides: readonly Side[]): PanelTrial | null {
    if (this.#latest === undefined) return null;
    const { case: testCase, board } = this.#latest;
    return {
      case: testCase,
      sides: Object.fromEntries(sides.map((side) => [side, board.column(side)])),
    };
  }

  async #runOn(answer: ShownAnswer, testCase: Case, board: RunBoard, signal: AbortSignal): Promise<void> {
    const started = board.start(answer.side, [testCase.id]);
    const changed = () => {
      if (this.#latest?.board === board) this.#listener.changed();
    };
    changed();
    try {
      const request = runRequest(this.#task, answer, [testCase]);
      started.finish(await this.#runner.run(request, { signal, unrecorded: true }));
    } catch (error) {
      started.fail(messageOf(error));
    }
    changed();
  }
}
