import type { Writable } from 'node:stream';
import type { JobEnd, SandboxJob } from '../sandbox.ts';
import type { LimitHit, RunningJob } from '../supervise.ts';

/**
 * The first process inside a job's sandbox, and the part of the host that works with it. Together they
 * enforce the limits, start the program, kill everything at the end and report the outcome. There are two
 * implementations: a compiled program (helper.ts), and a shell script that the host watches (wrapper.ts).
 */
export interface FirstProcess {
  /** The figures come from sampling, not from the kernel's accounting. */
  readonly approximate: boolean;
  /** The compiled program; `undefined` if the first process is a program of the system. */
  readonly program: OwnProgram | undefined;
  /**
   * Waits until the host says that it is ready before starting the job's program: see
   * `SandboxProcess.onReady`.
   */
  readonly waitsForHost: boolean;
  /**
   * Kills everything by itself if the host exits. Otherwise bwrap does, unless the host exits while bwrap is
   * starting.
   */
  readonly endsWithHost: boolean;
  /**
   * The program could change the first process by way of its memory in /proc, which is therefore covered.
   * Otherwise the first process protects itself.
   */
  readonly needsCover: boolean;
  /** How long after the wall limit the host kills a job that the first process should have ended. */
  readonly graceMs: number;
  /** Starts bwrap; `talks` if the host writes to the program while it runs. */
  start(launch: Launch, talks: boolean): SandboxProcess;
  /** The command that starts the first process; `stdin` is a path inside the sandbox. */
  command(job: SandboxJob, stdin: string): string[];
  /**
   * The job for a first process that waits for it, to pass to `SandboxProcess.give`: its program, environment, files, input
   * and limits. `undefined` if all that is in bwrap's own arguments.
   */
  readonly records?: (job: SandboxJob) => Uint8Array[];
  /** The host's work while the job runs, if there is any; `init` is the first process's PID on the host. */
  readonly watch: ((init: number, job: SandboxJob, onLimit: LimitHit) => Watch) | undefined;
  /** `undefined` if the report is incomplete: the job has failed. */
  readReport(bytes: Uint8Array): Report | undefined;
}

/** The source of a data descriptor: bytes, or a file of the host. */
export type Data = Uint8Array | { readonly path: string };

/** A process to start: program, arguments, and the content of its data descriptors. */
export interface Launch {
  readonly program: string;
  readonly argv: readonly string[];
  readonly data: readonly Data[];
  readonly first: FirstProcess;
  /** The user to switch to before the program starts. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

/** A running bwrap and its reports. */
export interface SandboxProcess extends Required<RunningJob> {
  /** The program's standard input, if the job talks. */
  readonly input: Writable | null;
  /** Resolves when bwrap has exited; never rejects. */
  readonly exited: Promise<Exit>;
  readonly hasEnded: boolean;
  /** Gives the job to a first process that waits for it. Call it once. */
  give(job: readonly Uint8Array[]): void;
  /**
   * For a first process that waits for the host: called once everything is set up inside, with the first
   * process's PID on the host. The program starts after the listener returns.
   */
  onReady?(listener: (init: number) => void): void;
  /** Called with the first process's PID on the host as soon as it is known. */
  onInit(listener: (init: number) => void): void;
  /** Resolves with true when no process of the sandbox is left, with false if some are left after a while. */
  gone(): Promise<boolean>;
  /** Closes every descriptor; unread output is lost. */
  close(): void;
}

export interface Exit {
  /** The first process was started, and bwrap saw it exit. */
  readonly ran: boolean;
  /** Why bwrap did not start. */
  readonly error: string | undefined;
  /** What bwrap wrote to standard error, if that is not the program's standard error. */
  readonly words?: string;
}

/** A program of ours and its path in the sandbox. */
export interface OwnProgram {
  /** On the host. */
  readonly path: string;
  readonly inside: string;
  /**
   * The sandbox's user can reach and run the program at its path. It is then mounted, which is faster than
   * copying it.
   */
  readonly reachable: boolean;
}

/** The figures from watching a job's processes. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakBytes: number;
  /** How long processes were ready to run but had no processor. */
  readonly waitedMs: number;
  /** A limit that the kernel enforced. */
  readonly end?: JobEnd;
}

export interface Watch {
  /** Stops watching and returns the figures. */
  stop(): Usage;
}

/** The first process's report on a job that has ended. */
export interface Report extends Usage {
  readonly end: JobEnd;
  readonly reason?: string;
  readonly exit: number | null;
  readonly signal: string | null;
  /** Excludes the time to make the sandbox. */
  readonly wallMs: number | undefined;
  /** By index in `SandboxJob.collect`. */
  readonly files: ReadonlyMap<number, Uint8Array>;
}

export const noUsage: Usage = { cpuMs: 0, peakBytes: 0, waitedMs: 0 };
