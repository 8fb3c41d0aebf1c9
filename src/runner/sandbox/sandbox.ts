import type { Writable } from 'node:stream';
import type { FullLimits, SourceFile } from '../../core/task/task.ts';
import type { Output } from './output.ts';

/** The folder with a job's files, which is also its working folder, inside every sandbox. */
export const scratchFolder = '/scratch';

/** One program to run in a fresh sandbox. */
export interface SandboxJob {
  /** Absolute path of the program inside the sandbox, and its arguments. */
  readonly argv: readonly string[];
  /** Written into the job's scratch folder before the job starts; paths are relative to the folder. */
  readonly files: readonly SandboxFile[];
  /** The whole environment; no variable is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Host paths that the toolchain needs, mounted read-only at the same path. */
  readonly readOnly?: readonly string[];
  /** Empty, writable folders at the root of the file system, in addition to the scratch folder. */
  readonly folders?: readonly string[];
  readonly limits: FullLimits;
  /**
   * Opens descriptor 3 for results, so that printed text cannot be mistaken for a result. Its content is
   * `channel` in the outcome.
   */
  readonly channel?: boolean;
  /**
   * The runtime reserves far more memory than it uses (Node.js, Java), so only watching limits its memory.
   */
  readonly reservesMemory?: boolean;
  /**
   * Called when the program has been started. Its standard input is then a stream instead of `stdin`, and results can be
   * read while it runs. Needs `channel`, and a sandbox whose status says `talks`.
   */
  readonly talk?: (program: Conversation) => void;
  /** Paths, relative to the scratch folder, whose content to return after the run (compiler output). */
  readonly collect?: readonly string[];
  /** Nobody waits for the job: it gets only processor time that nothing else wants. */
  readonly isIdle?: boolean;
}

/** The streams of a running program. */
export interface Conversation {
  readonly input: Writable;
  /** Counts towards `limits.outputBytes`. */
  readonly channel: Output;
}

export type SandboxFile =
  SourceFile | { readonly path: string; readonly bytes: Uint8Array; readonly mode?: number };

/** Why a job ended. The first limit that the job hits ends it. */
export type JobEnd = 'exit' | 'cpu' | 'memory' | 'processes' | 'wall' | 'output' | 'cancelled' | 'failed';

export interface SandboxOutcome {
  readonly end: JobEnd;
  readonly exit: number | null;
  readonly signal: string | null;
  /** Raw output, each stream capped at `limits.outputBytes`. */
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  /**
   * How long the program was ready to run while others had the processors: large on a busy machine. Its
   * processes' waiting for each other does not count.
   */
  readonly waitedMs: number;
  /** Data written to descriptor 3, capped at `limits.outputBytes`; empty unless the job asked for it. */
  readonly channel: Uint8Array;
  readonly collected: ReadonlyMap<string, Uint8Array>;
  /** For `failed`: the sandbox's own message. For a limit: which limit, if `end` does not say. */
  readonly reason?: string;
}

/** The capabilities of a platform's sandbox on this machine, or what is missing. */
export type SandboxStatus =
  | {
      readonly usable: true;
      readonly kind: string;
      readonly approximate: boolean;
      readonly notes: readonly string[];
      /** Jobs can have `talk`. */
      readonly talks?: true;
    }
  | { readonly usable: false; readonly kind: string; readonly missing: string; readonly remedy: string };

/**
 * There is one implementation file for each platform. Every job gets its own sandbox and leaves no process or
 * file behind.
 */
export interface Sandbox {
  readonly kind: string;
  status(): Promise<SandboxStatus>;
  /**
   * Resolves when the whole process tree is gone, also after `signal` fires (then with `end: 'cancelled'`).
   */
  run(job: SandboxJob, signal?: AbortSignal): Promise<SandboxOutcome>;
  /** Ends sandboxes that wait for a job. Running jobs continue, and later jobs can still run. */
  dispose?(): void;
}
