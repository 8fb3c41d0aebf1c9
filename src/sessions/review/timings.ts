import { codeHash } from '../../core/task/codeHash.ts';
import { contentHash } from '../../core/text/hash.ts';
import { messageOf } from '../../core/errors.ts';
import type { Timing } from '../../core/run/run.ts';
import type { Case, Task } from '../../core/task/task.ts';
import { timingLines } from '../../core/run/timingWords.ts';
import type { PanelTiming } from '../../protocol/panel/state.ts';
import { Tickets, type Ticket } from '../tickets.ts';
import type { Runner } from '../../runner/runner.ts';
import type { ShownAnswer } from './answers.ts';
import { timingRequest } from './runRequest.ts';

interface Listener {
  changed(): void;
  keep(timing: Timing): void;
  /** Hides the names that answers give themselves, which their errors may contain. */
  conceal(text: string): string;
}

/** Compares the times of a task's answers, one case at a time. */
export class Timings {
  readonly #task: Task;
  readonly #runner: Runner;
  readonly #listener: Listener;
  /** By case: the comparison under way, or the failure of the last comparison. */
  readonly #states = new Map<string, { readonly ticket: Ticket; readonly shown: PanelTiming }>();
  readonly #tickets = new Tickets();
  #last: Promise<void> = Promise.resolve();

  constructor(task: Task, runner: Runner, listener: Listener) {
    this.#task = task;
    this.#runner = runner;
    this.#listener = listener;
  }

  get running(): boolean {
    return [...this.#states.values()].some(({ shown }) => shown.phase === 'running');
  }

  /** Stops the comparison under way and returns the ticket for a new one. */
  begin(): Ticket {
    return this.#tickets.take();
  }

  /** Compares once the earlier comparison has stopped, with the ticket from `begin`. Resolves at the end. */
  async compare(ticket: Ticket, testCase: Case, answers: readonly [ShownAnswer, ShownAnswer]): Promise<void> {
    await this.#last;
    if (ticket.signal.aborted) return;
    this.#last = this.#time(ticket, testCase, answers);
    await this.#last;
  }

  cancel(): void {
    this.#tickets.cancel();
  }

  /** Drops the comparison of a case that was changed or removed, and stops it if it is under way. */
  forget(caseId: string): void {
    const state = this.#states.get(caseId);
    this.#states.delete(caseId);
    if (state?.ticket.isLatest === true) this.#tickets.invalidate();
  }

  /** Drops every comparison and stops the one under way, because a reading changed. */
  clear(): void {
    this.#states.clear();
    this.#tickets.invalidate();
  }

  async #time(ticket: Ticket, testCase: Case, answers: readonly [ShownAnswer, ShownAnswer]): Promise<void> {
    const isForgotten = (): boolean => this.#states.get(testCase.id)?.ticket !== ticket;
    const show = (shown: PanelTiming): void => {
      this.#states.set(testCase.id, { ticket, shown });
      this.#listener.changed();
    };
    show({ phase: 'running', lines: [] });
    try {
      const timing = await this.#runner.time(timingRequest(this.#task, testCase, answers), {
        signal: ticket.signal,
        onProgress: (progress) => {
          if (!isForgotten()) show({ phase: 'running', ...progress, lines: [] });
        },
      });
      if (isForgotten()) return;
      if (timing === undefined) return show({ phase: 'cancelled', lines: [] });
      this.#states.delete(testCase.id);
      this.#listener.keep(timing);
      this.#listener.changed();
    } catch (error) {
      if (!isForgotten()) show({ phase: 'failed', lines: [messageOf(error)] });
    }
  }

  /** By case: the comparison under way, or else the record of the current case and files. */
  panel(
    timings: readonly Timing[],
    cases: readonly Case[],
    answers: readonly ShownAnswer[],
  ): Record<string, PanelTiming> {
    const hashes = new Map(answers.map((answer) => [answer.answerId, codeHash(answer.files)]));
    const current = timings.filter((timing) =>
      timing.answers.every((one) => hashes.get(one.answerId) === one.codeHash),
    );
    const shown: Record<string, PanelTiming> = {};
    for (const testCase of cases) {
      const state = this.#states.get(testCase.id);
      const timing = current.findLast(
        ({ case: timed }) => timed.id === testCase.id && isSame(timed, testCase),
      );
      if (state !== undefined) shown[testCase.id] = state.shown;
      else if (timing !== undefined) {
        const lines = linesOf(timing, answers).map((line) => this.#listener.conceal(line));
        shown[testCase.id] = { phase: 'done', lines };
      }
    }
    return shown;
  }
}

/** The timings with one added; it replaces an earlier timing of the same case. */
export function withTiming(timings: readonly Timing[] | undefined, timing: Timing): Timing[] {
  return [...(timings ?? []).filter((other) => other.case.id !== timing.case.id), timing];
}

function isSame(one: Case, other: Case): boolean {
  return contentHash(one) === contentHash(other);
}

/** Names sides instead of answers, which would reveal the models. */
function linesOf(timing: Timing, answers: readonly ShownAnswer[]): string[] {
  const [first, second] = timing.answers.map(
    ({ answerId }) => answers.find((answer) => answer.answerId === answerId)?.side ?? '?',
  );
  return timingLines(timing, [first!, second!]);
}
