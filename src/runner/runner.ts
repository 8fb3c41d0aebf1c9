import type { Rejection } from '../core/extraction/types.ts';
import type { CaseResult, Run, Timing } from '../core/run/run.ts';
import type { Case, Limits, SourceFile } from '../core/task/task.ts';

/** A request to run the cases for one answer. */
export interface RunRequest {
  readonly taskId: string;
  readonly answerId: string;
  readonly language: string;
  readonly entry?: string;
  /** The files from the answer; they replace the task's own files of the same name. */
  readonly files: readonly SourceFile[];
  /**
   * The parts of the answer's diff that do not apply. If there are any, nothing runs and every case ends with
   * this result.
   */
  readonly rejections?: readonly Rejection[];
  readonly cases: readonly Case[];
  readonly limits?: Limits;
  /** The task's own command, run once before the cases; see `Task.build`. */
  readonly build?: readonly string[];
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called once for each case, as soon as its result is known; for cached results, immediately. */
  readonly onResult?: (result: CaseResult) => void;
  /** Run even if a cached result exists; with `unless-prepared`, still take the result of a run that was prepared. */
  readonly fresh?: boolean | 'unless-prepared';
  /** Run even if a cached result exists, and keep nothing of the run. */
  readonly unrecorded?: boolean;
}

/** A request to compare the times of two answers on one case. */
export interface TimingRequest extends Omit<RunRequest, 'answerId' | 'files' | 'rejections' | 'cases'> {
  readonly testCase: Case;
  /** In the order in which they run within each pair. */
  readonly answers: readonly [TimedProgram, TimedProgram];
  /** How often each answer runs: at least five times, eleven by default. */
  readonly pairs?: number;
}

export type TimedProgram = Pick<RunRequest, 'answerId' | 'files' | 'rejections'>;

export interface TimingOptions {
  readonly signal?: AbortSignal;
  /** Called after every run of a program with the number of runs so far and in total. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Runs with equal keys have equal results. */
export interface RunKey {
  readonly codeHash: string;
  readonly casesHash: string;
  readonly toolchain: string;
}

/** Finished runs that nobody has asked for yet. */
export interface PreparedResults {
  /** Hands over the run of an answer: it is then recorded as if it had just ended, and is not handed over again. */
  take(answer: Pick<Run, 'taskId' | 'answerId'>, key: RunKey): Run | undefined;
}

/** Keeps runs between sessions; the store implements it. */
export interface RunCache {
  cachedRun(key: RunKey): Promise<Run | undefined>;
  saveRun(run: Run): Promise<void>;
}

/**
 * Runs answers. Rejects with a TiebreakError: `toolchain-missing` (with the command that installs it),
 * `language-unsupported`, `sandbox-missing`, `untrusted-workspace`.
 */
export interface Runner {
  run(request: RunRequest, options?: RunOptions): Promise<Run>;
  /**
   * Runs two answers in turn, A B A B …, while this runner runs nothing else. If the case has a generator,
   * also runs them on increasingly large inputs. `undefined` if cancelled; rejects as `run` does.
   */
  time(request: TimingRequest, options?: TimingOptions): Promise<Timing | undefined>;
}
