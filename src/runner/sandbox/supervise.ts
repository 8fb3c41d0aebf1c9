import type { Readable } from 'node:stream';
import { capture, type Captured } from './output.ts';
import type { FullLimits } from '../core/task.ts';
import type { JobEnd, SandboxOutcome } from './sandbox.ts';

/** A job that runs, whatever kind of sandbox it is in. */
export interface RunningJob {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** A result that nothing printed can be confused with. */
  readonly channel?: Readable;
  /** What the sandbox's own first process tells. */
  readonly report?: Readable;
  /** Ends every process of the job, as far as the sandbox can. */
  kill(): void;
}

export interface SuperviseOptions {
  readonly limits: FullLimits;
  readonly signal: AbortSignal | undefined;
  /** How long after the wall limit the job is ended here; for a sandbox that keeps the limit by itself. */
  readonly graceMs?: number;
}

export type LimitHit = (end: JobEnd, reason?: string) => void;

/** What is seen of a running job. */
export interface Supervision {
  readonly stdout: Captured;
  readonly stderr: Captured;
  readonly channel: Captured;
  readonly report: Captured;
  /** The first limit that was hit, if any. */
  end(): JobEnd | undefined;
  reason(): string | undefined;
  /** Ends the job for a limit that was seen elsewhere; the first reason stays. */
  readonly finish: LimitHit;
  /** Resolves when all was read, or after a moment: something may hold a pipe open. */
  drained(): Promise<void>;
  stop(): void;
}

/** What the report says beside the content of collected files. */
const reportBytes = 65_536;
/** After the last process has gone nothing can hold a pipe open; this is for what is still being read. */
const drainMs = 1000;

/** Reads what a job writes; the first limit of time or output that is hit, or the caller's signal, ends it. */
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

  const read = (stream: Readable | undefined, cap: number): Captured =>
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

/** The outcome of a job for which nothing ran, or of which nothing is known but why. */
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
