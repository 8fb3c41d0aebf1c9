import type { Report, Usage } from './bubblewrap/firstProcess.ts';
import type { JobEnd, SandboxJob, SandboxOutcome } from './sandbox.ts';
import type { Supervision } from './supervise.ts';

/** What is known of a job that has ended. */
export interface Facts {
  readonly job: SandboxJob;
  readonly run: Supervision;
  readonly usage: Pick<Usage, 'peakBytes'>;
  readonly report: Report | undefined;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly waitedMs: number;
}

/** The outcome of a job with a first process of ours. */
export function outcomeOf(facts: Facts, end: JobEnd, reason?: string): SandboxOutcome {
  const { job, run, usage, report, wallMs, cpuMs, waitedMs } = facts;
  const ended = end === 'exit' ? report : undefined;
  const collected = new Map<string, Uint8Array>();
  for (const [index, bytes] of report?.files ?? []) {
    const path = job.collect?.[index];
    if (path !== undefined) collected.set(path, bytes);
  }
  return {
    end,
    exit: ended?.exit ?? null,
    signal: ended === undefined ? 'SIGKILL' : ended.signal,
    stdout: run.stdout.bytes(),
    stderr: run.stderr.bytes(),
    // The first process's clock starts after the sandbox is made. The program cannot have run longer than the
    // host waited.
    wallMs: Math.min(report?.wallMs ?? wallMs, wallMs),
    cpuMs,
    peakBytes: Math.max(usage.peakBytes, report?.peakBytes ?? 0),
    waitedMs,
    channel: run.channel.bytes(),
    collected,
    ...(reason === undefined ? {} : { reason }),
  };
}
