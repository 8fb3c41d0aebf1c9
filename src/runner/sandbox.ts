import type { FullLimits, SourceFile } from '../core/task.ts';

/** Where a job's files are and where it starts, inside every sandbox. */
export const scratchFolder = '/scratch';

/** One program to run in a fresh sandbox. */
export interface SandboxJob {
  /** Absolute path of the program inside the sandbox, and its arguments. */
  readonly argv: readonly string[];
  /** Written into the job's scratch folder before it starts; paths are relative to it. */
  readonly files: readonly SandboxFile[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Host paths the toolchain needs, seen read-only at the same place. */
  readonly readOnly?: readonly string[];
  /** Empty folders at the top of the file system that the program may write to, beside its scratch folder. */
  readonly folders?: readonly string[];
  readonly limits: FullLimits;
  /** Opens descriptor 3 for a result that nothing printed can be confused with; comes back as `channel`. */
  readonly channel?: boolean;
  /** The runtime reserves far more than it uses (Node.js, Java): its memory is bounded by watching alone. */
  readonly reservesMemory?: boolean;
  /** Paths, relative to the scratch folder, whose content is wanted afterwards (compiler output). */
  readonly collect?: readonly string[];
}

export type SandboxFile =
  SourceFile | { readonly path: string; readonly bytes: Uint8Array; readonly mode?: number };

/** Why a job ended. The first limit that is hit ends it. */
export type JobEnd = 'exit' | 'cpu' | 'memory' | 'processes' | 'wall' | 'output' | 'cancelled' | 'failed';

export interface SandboxOutcome {
  readonly end: JobEnd;
  readonly exit: number | null;
  readonly signal: string | null;
  /** As printed, capped by `limits.outputBytes` each. */
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  /** How long the program was ready and no processor was free: large on a busy machine. */
  readonly waitedMs: number;
  /** What was written to descriptor 3, capped by `limits.outputBytes`; empty unless the job asked for it. */
  readonly channel: Uint8Array;
  readonly collected: ReadonlyMap<string, Uint8Array>;
  /** For `failed`: what the sandbox itself said. For a limit: which one, where the end does not tell. */
  readonly reason?: string;
}

/** What a platform's sandbox can do here, or what is missing. */
export type SandboxStatus =
  | {
      readonly usable: true;
      readonly kind: string;
      readonly approximate: boolean;
      readonly notes: readonly string[];
    }
  | { readonly usable: false; readonly kind: string; readonly missing: string; readonly mend: string };

/** One file a platform. Every job gets a sandbox of its own and leaves no process and no file. */
export interface Sandbox {
  readonly kind: string;
  status(): Promise<SandboxStatus>;
  /** Resolves when the whole tree is gone, also after `signal` fires (then with `end: 'cancelled'`). */
  run(job: SandboxJob, signal?: AbortSignal): Promise<SandboxOutcome>;
}
