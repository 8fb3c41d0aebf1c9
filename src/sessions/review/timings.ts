import { codeHash } from '../../core/codeHash.ts';
import { contentHash } from '../../core/hash.ts';
import { messageOf } from '../../core/errors.ts';
import type { Timing } from '../../core/run.ts';
import type { Case, Task } from '../../core/task.ts';
import { timingLines } from '../../core/timingWords.ts';
import type { PanelTiming } from '../../protocol/webview.ts';
import type { Runner, TimedProgram, TimingRequest } from '../../runner/runner.ts';
import type { ShownAnswer } from './answers.ts';

/** What comparisons tell their session. */
interface Listener {
  /** What is shown of a comparison changed. */
  changed(): void;
  keep(timing: Timing): void;
  /** Hides the names that answers give themselves, which their errors may tell. */
  conceal(text: string): string;
}

/** Compares the times of a task's answers, one case at a time, and knows what is to be shown of it. */
export class Timings {
  readonly #task: Task;
  readonly #runner: Runner;
  readonly #listener: Listener;
  /** The comparison that is under way, or how the last one of a case ended where that left no record. */
  readonly #states = new Map<string, PanelTiming>();
  #abort = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(task: Task, runner: Runner, listener: Listener) {
    this.#task = task;
    this.#runner = runner;
    this.#listener = listener;
  }

  get running(): boolean {
    return [...this.#states.values()].some(({ phase }) => phase === 'running');
  }

  /** Stops the comparison under way, if any, and begins this one. Resolves when it has ended. */
  async compare(testCase: Case, answers: readonly [ShownAnswer, ShownAnswer]): Promise<void> {
    this.cancel();
    const { signal } = (this.#abort = new AbortController());
    await this.#last;
    if (signal.aborted) return;
    this.#last = this.#time(testCase, answers, signal);
    await this.#last;
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #time(
    testCase: Case,
    answers: readonly [ShownAnswer, ShownAnswer],
    signal: AbortSignal,
  ): Promise<void> {
    const show = (state: PanelTiming | undefined): void => {
      if (state === undefined) this.#states.delete(testCase.id);
      else this.#states.set(testCase.id, state);
      this.#listener.changed();
    };
    show({ phase: 'running', lines: [] });
    try {
      const timing = await this.#runner.time(this.#request(testCase, answers), {
        signal,
        onProgress: (progress) => show({ phase: 'running', ...progress, lines: [] }),
      });
      if (timing === undefined) return show({ phase: 'cancelled', lines: [] });
      this.#listener.keep(timing);
      show(undefined);
    } catch (error) {
      show({ phase: 'failed', lines: [messageOf(error)] });
    }
  }

  #request(testCase: Case, [first, second]: readonly [ShownAnswer, ShownAnswer]): TimingRequest {
    const { id, language, entry, build, limits } = this.#task;
    return {
      taskId: id,
      language,
      testCase,
      answers: [timedProgram(first), timedProgram(second)],
      ...(entry === undefined ? {} : { entry }),
      ...(build === undefined ? {} : { build }),
      ...(limits === undefined ? {} : { limits }),
    };
  }

  /** By case: what is under way, and else the records that are of these very cases and files. */
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
      if (state !== undefined) shown[testCase.id] = state;
      else if (timing !== undefined) {
        const lines = linesOf(timing, answers).map((line) => this.#listener.conceal(line));
        shown[testCase.id] = { phase: 'done', lines };
      }
    }
    return shown;
  }
}

/** The timings with one more; it takes the place of an earlier one of the same case. */
export function withTiming(timings: readonly Timing[] | undefined, timing: Timing): Timing[] {
  return [...(timings ?? []).filter((other) => other.case.id !== timing.case.id), timing];
}

function isSame(one: Case, other: Case): boolean {
  return contentHash(one) === contentHash(other);
}

/** In terms of sides, never of answers: who wrote them is not told. */
function linesOf(timing: Timing, answers: readonly ShownAnswer[]): string[] {
  const [first, second] = timing.answers.map(
    ({ answerId }) => answers.find((answer) => answer.answerId === answerId)?.side ?? '?',
  );
  return timingLines(timing, [first!, second!]);
}

function timedProgram({ answerId, files, rejections }: ShownAnswer): TimedProgram {
  return { answerId, files, ...(rejections === undefined ? {} : { rejections }) };
}
