import { capture, type Captured, type Output } from './output.ts';
import type { FullLimits } from '../../core/task/task.ts';
import type { JobEnd, SandboxOutcome } from './sandbox.ts';

/** A running job, in any kind of sandbox. */
export interface RunningJob {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The stream for results, which printed text cannot be mistaken for. */
  readonly channel?: Output;
  /** The report of the sandbox's own first process. */
  readonly report?: Output;
  /** Kills every process of the job, as far as the sandbox can. */
  kill(): void;
}

export interface SuperviseOptions {
  readonly limits: FullLimits;
  readonly signal: AbortSignal | undefined;
  /** How long after the wall limit to kill the job here; for a sandbox that enforces the limit by itself. */
  readonly graceMs?: number;
}

export type LimitHit = (end: JobEnd, reason?: string) => void;

/** The observations of a running job. */
export interface Supervision {
  readonly stdout: Captured;
  readonly stderr: Captured;
  readonly channel: Captured;
  readonly report: Captured;
  /** The first limit that the job hit, if any. */
  end(): JobEnd | undefined;
  reason(): string | undefined;
  /** Ends the job because of a limit that was detected elsewhere; the first reason is kept. */
  readonly finish: LimitHit;
  /** Resolves when all output was read, or after a moment: a process may keep a pipe open. */
  drained(): Promise<void>;
  stop(): void;
}

/** The most bytes of a report, not counting collected files. */
const reportBytes = 65_536;
/** After the last process has exited, nothing keeps a pipe open; this is the time to read the rest. */
const drainMs = 1000;

/** Reads a job's output and ends the job on the first time or output limit, or on the caller's signal. */
export function supervise(job: RunningJob, { limits, signal, graceMs = 0 }: SuperviseOptions): Supervision {
  let end: JobEnd | undefined;
  let reason: string | undefined;
  const finish: LimitHit = (why, what) => {
    if (end !== undefined) return;
    end = why;
    reason = what;
    job.kill();
  };
  const cancel = (): void => finish('cancelled');
  const timer = setTimeout(() => finish('wall'), limits.wallMs + graceMs);
  signal?.addEventListener('abort', cancel, { once: true });

  const read = (stream: Output | undefined, cap: number): Captured =>
    stream === undefined ? nothing : capture(stream, cap, () => finish('output'));
  const stdout = read(job.stdout, limits.outputBytes);
  const stderr = read(job.stderr, limits.outputBytes);
  const channel = read(job.channel, limits.outputBytes);
  const report = read(job.report, limits.fileBytes + reportBytes);
  return {
    stdout,
    stderr,
    channel,
    report,
    end: () => end,
    reason: () => reason,
    finish,
    async drained() {
      const all = Promise.all([stdout, stderr, channel, report].map((stream) => stream.ended));
      await Promise.race([all, afterwards(drainMs)]);
    },
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}

const nothing: Captured = { bytes: () => new Uint8Array(), ended: Promise.resolve() };

function afterwards(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** The outcome of a job that did not run, or of which only the end is known. */
export function emptyOutcome(end: JobEnd, reason?: string): SandboxOutcome {
  const empty = new Uint8Array();
  return {
    end,
    exit: null,
    signal: null,
    stdout: empty,
    stderr: empty,
    wallMs: 0,
    cpuMs: 0,
    peakBytes: 0,
    waitedMs: 0,
    channel: empty,
    collected: new Map(),
    ...(reason === undefined ? {} : { reason }),
  };
}
