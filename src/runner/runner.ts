import type { Rejection } from '../core/extraction/types.ts';
import type { CaseResult, Run, Timing } from '../core/run.ts';
import type { Case, Limits, SourceFile } from '../core/task.ts';

/** Everything needed to run the cases for one answer. */
export interface RunRequest {
  readonly taskId: string;
  readonly answerId: string;
  readonly language: string;
  readonly entry?: string;
  /** The files read from the answer, laid over the task's own. */
  readonly files: readonly SourceFile[];
  /** What of the answer's diff does not apply: every case then ends with that, and nothing is run. */
  readonly rejections?: readonly Rejection[];
  readonly cases: readonly Case[];
  readonly limits?: Limits;
  /** The task's own command that is run once, before the cases; see `Task.build`. */
  readonly build?: readonly string[];
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Called once a case, as soon as its result is known; cached results come at once. */
  readonly onResult?: (result: CaseResult) => void;
  /** Run even where a cached result exists. */
  readonly fresh?: boolean;
}

/** Two answers whose times are to be compared on one case. */
export interface TimingRequest extends Omit<RunRequest, 'answerId' | 'files' | 'rejections' | 'cases'> {
  readonly testCase: Case;
  /** In the order in which they run within each pair. */
  readonly answers: readonly [TimedProgram, TimedProgram];
  /** How often each is run, at least five times; eleven unless said. */
  readonly pairs?: number;
}

export type TimedProgram = Pick<RunRequest, 'answerId' | 'files' | 'rejections'>;

export interface TimingOptions {
  readonly signal?: AbortSignal;
  /** Called after every run of a program, with how many there are to be in all. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Where runs are kept between sessions; the store is one. */
export interface RunCache {
  cachedRun(key: { codeHash: string; casesHash: string; toolchain: string }): Promise<Run | undefined>;
  saveRun(run: Run): Promise<void>;
}

/**
 * Runs answers. Rejects with a TiebreakError: `toolchain-missing` (with the command that installs it),
 * `language-unsupported`, `sandbox-missing`, `untrusted-workspace`.
 */
export interface Runner {
  run(request: RunRequest, options?: RunOptions): Promise<Run>;
  /**
   * Runs two answers in turn, A B A B …, with nothing else of this runner beside them, and on ever larger inputs where
   * the case makes some. `undefined` when it was cancelled; rejects as `run` does.
   */
  time(request: TimingRequest, options?: TimingOptions): Promise<Timing | undefined>;
}
