import type { FullLimits } from '../../core/task.ts';
import type { JobEnd, SandboxJob } from '../sandbox.ts';
import type { LimitHit } from '../supervise.ts';

/**
 * The first process inside a job's sandbox, and what is done outside to go with it: together they keep the limits, start
 * the program, end everything and tell how it went. One is compiled (helper.ts), the other a script of the shell that is
 * watched from outside (wrapper.ts).
 */
export interface FirstProcess {
  /** Its figures come from looking now and then, not from the kernel's account. */
  readonly approximate: boolean;
  /** Its own program; none where it is the system's. */
  readonly program: OwnProgram | undefined;
  /** It starts the job's program only at the word of a host that is ready: see `SandboxProcess.onReady`. */
  readonly waitsForWord: boolean;
  /** It ends everything by itself when the host has gone; otherwise bwrap does, which may be caught while it starts. */
  readonly endsWithHost: boolean;
  /** How long after the wall limit the host ends what the first process should have ended. */
  readonly graceMs: number;
  /** The command that starts it for a job; `stdin` is a path inside. */
  command(job: SandboxJob, stdin: string): string[];
  /** What the host does while the job runs; `init` is the host's number of the first process. */
  watch(init: number, limits: FullLimits, onLimit: LimitHit): Watch;
  /** `undefined` when the report was cut off before the program's end: the job has failed. */
  readReport(bytes: Uint8Array): Report | undefined;
}

/** A program of ours and its place in the sandbox. */
export interface OwnProgram {
  /** On the host. */
  readonly path: string;
  readonly inside: string;
  /** The sandbox's user can reach and run it where it lies: it is shown there, which is quicker than a copy. */
  readonly reachable: boolean;
}

/** What watching a job's processes gave. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakBytes: number;
  /** How long processes were ready and had no processor. */
  readonly waitedMs: number;
  /** A limit that the kernel kept by itself. */
  readonly end?: JobEnd;
}

export interface Watch {
  /** Stops looking and returns what was seen. */
  stop(): Usage;
}

/** What a first process tells of a job that it saw end. */
export interface Report extends Usage {
  readonly end: JobEnd;
  readonly reason?: string;
  readonly exit: number | null;
  readonly signal: string | null;
  /** Without the making of the sandbox. */
  readonly wallMs: number | undefined;
  /** By the place in `SandboxJob.collect`. */
  readonly files: ReadonlyMap<number, Uint8Array>;
}

export const noUsage: Usage = { cpuMs: 0, peakBytes: 0, waitedMs: 0 };
