import { messageOf } from '../core/errors.ts';
import { launchOf, stagedLaunch, type Launch, type Machine } from './bubblewrap/arguments.ts';
import { noUsage, type Report, type Usage, type Watch } from './bubblewrap/first-process.ts';
import { extraPaths, isReachableByAnyone, stageFolder } from './bubblewrap/mounts.ts';
import { probe, type Probe, type ProbeOptions } from './bubblewrap/probe.ts';
import { startSandbox, type SandboxProcess } from './bubblewrap/process.ts';
import type { Captured } from './output.ts';
import type { JobEnd, Sandbox, SandboxJob, SandboxOutcome } from './sandbox.ts';
import { emptyOutcome, supervise, type Supervision } from './supervise.ts';

/** Linux: bubblewrap driven directly. Each job gets namespaces, file systems and limits of its own. */
export function createBubblewrapSandbox(options: ProbeOptions): Sandbox {
  let probed: Promise<Probe> | undefined;
  const machine = async (): Promise<Probe> => {
    const found = await (probed ??= probe(options, runLaunch));
    // The person may mend it meanwhile.
    if (!found.usable) probed = undefined;
    return found;
  };
  return {
    kind: 'bubblewrap',
    status: async () => (await machine()).status,
    async run(job, signal) {
      const found = await machine();
      if (!found.usable) return emptyOutcome('failed', `${found.status.missing}. ${found.status.mend}`);
      if (signal?.aborted === true) return emptyOutcome('cancelled');
      const launch = await chooseLaunch(job, found.machine);
      return launch === undefined ? emptyOutcome('failed', unreachable(job)) : runLaunch(launch, job, signal);
    },
  };
}

/** As root the toolchain may lie where the dropped user cannot go: such paths are staged, where that is possible. */
async function chooseLaunch(job: SandboxJob, machine: Machine): Promise<Launch | undefined> {
  if (machine.dropTo === undefined) return launchOf(job, machine);
  const paths = extraPaths(job.readOnly ?? []);
  const reachable = await Promise.all(paths.map(isReachableByAnyone));
  const closed = paths.filter((_, index) => reachable[index] === false);
  if (closed.length === 0) return launchOf(job, machine);
  const { setpriv } = machine;
  const folder = stageFolder(paths);
  if (setpriv === undefined || folder === undefined) return undefined;
  return stagedLaunch(job, machine, { setpriv, folder, paths: closed });
}

function unreachable(job: SandboxJob): string {
  const paths = extraPaths(job.readOnly ?? []).join(', ');
  return `an ordinary user cannot read ${paths}. Install the program "setpriv" (package util-linux), or the toolchain below /usr`;
}

/** Starts a job and follows it to the moment when all of it is gone. */
async function runLaunch(launch: Launch, job: SandboxJob, signal?: AbortSignal): Promise<SandboxOutcome> {
  const started = performance.now();
  const sandbox = tryStart(launch);
  if (typeof sandbox === 'string') return emptyOutcome('failed', sandbox);
  const { first } = launch;
  const { limits } = job;
  const run = supervise(sandbox, { limits, signal, graceMs: first.graceMs });
  let watch: Watch | undefined;
  if (first.waitsForWord) sandbox.onReady((init) => (watch = first.watch(init, limits, run.finish)));
  const exit = await sandbox.exited;
  const wallMs = performance.now() - started;
  run.stop();
  const usage = watch?.stop() ?? noUsage;
  const gone = await sandbox.gone();
  await run.drained();
  sandbox.close();
  const report = first.readReport(run.report.bytes());
  const facts = { job, run, usage, report, wallMs };
  if (!gone) return outcome(facts, 'failed', 'processes of the sandbox could not be ended');
  if (run.end() !== undefined) return outcome(facts, run.end()!, run.reason());
  if (exit.error !== undefined) return outcome(facts, 'failed', exit.error);
  if (!exit.ran || report === undefined) return outcome(facts, 'failed', lastWords(run.stderr));
  return outcome(facts, usage.end ?? report.end, report.reason);
}

/** Node.js refuses some arguments, such as those with a zero character: the reason comes back as text. */
function tryStart(launch: Launch): SandboxProcess | string {
  try {
    return startSandbox(launch);
  } catch (error) {
    return messageOf(error);
  }
}

interface Facts {
  readonly job: SandboxJob;
  readonly run: Supervision;
  readonly usage: Usage;
  readonly report: Report | undefined;
  readonly wallMs: number;
}

function outcome({ job, run, usage, report, wallMs }: Facts, end: JobEnd, reason?: string): SandboxOutcome {
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
    // Its clock leaves out the making of the sandbox; it cannot have run for longer than was waited.
    wallMs: Math.min(report?.wallMs ?? wallMs, wallMs),
    cpuMs: Math.max(usage.cpuMs, report?.cpuMs ?? 0),
    peakBytes: Math.max(usage.peakBytes, report?.peakBytes ?? 0),
    waitedMs: Math.max(usage.waitedMs, report?.waitedMs ?? 0),
    channel: run.channel.bytes(),
    collected,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What bwrap said before it gave up. */
function lastWords(stderr: Captured): string {
  const text = new TextDecoder().decode(stderr.bytes()).trim();
  return text === '' ? 'the sandbox ended before the program did' : text.slice(-2000);
}
