import { messageOf } from '../../../core/errors.ts';
import { launchOf, stagedLaunch, type Launch, type Machine } from './arguments.ts';
import { noUsage, type Watch } from './firstProcess.ts';
import { extraPaths, isReachableByAnyone, stageFolder } from './mounts.ts';
import { machineTime, waitedForOthersMs, type MachineClock } from './machineTime.ts';
import { probe, type Probe, type ProbeOptions, type RunLaunch } from './probe.ts';
import { startSandbox, type SandboxProcess } from './process.ts';
import { prioritized } from '../idle.ts';
import { outcomeOf } from '../outcome.ts';
import type { Captured } from '../output.ts';
import type { Sandbox, SandboxJob, SandboxOutcome } from '../sandbox.ts';
import { emptyOutcome, supervise } from '../supervise.ts';

/** Linux: runs bubblewrap directly. Each job gets its own namespaces, file systems and limits. */
export function createBubblewrapSandbox(options: ProbeOptions, clock: MachineClock = machineTime): Sandbox {
  const run: RunLaunch = (launch, job, signal) => runLaunch(launch, job, { clock, signal });
  let probed: Promise<Probe> | undefined;
  const machine = async (): Promise<Probe> => {
    const found = await (probed ??= probe(options, run));
    // The user may install or set up what is missing before the next run.
    if (!found.usable) probed = undefined;
    return found;
  };
  return {
    kind: 'bubblewrap',
    status: async () => (await machine()).status,
    async run(job, signal) {
      const found = await machine();
      if (!found.usable)
        return emptyOutcome('failed', `${found.status.missing} is missing. ${found.status.remedy}`);
      if (signal?.aborted === true) return emptyOutcome('cancelled');
      const launch = await chooseLaunch(job, found.machine);
      if (launch === undefined) return emptyOutcome('failed', unreachable(job));
      return run(atPriority(launch, job, found.machine), job, signal);
    },
  };
}

/**
 * When running as root, the toolchain may be in a folder that the dropped user cannot enter. Such paths are
 * staged; `undefined` if that is not possible.
 */
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

/** Everything that bwrap starts inherits its priority. */
function atPriority(launch: Launch, job: SandboxJob, { nice }: Machine): Launch {
  if (nice === undefined) return launch;
  const [program, ...argv] = prioritized(job, [launch.program, ...launch.argv], nice);
  return { ...launch, program: program!, argv };
}

function unreachable(job: SandboxJob): string {
  const paths = extraPaths(job.readOnly ?? []).join(', ');
  return `an ordinary user cannot read ${paths}. Install the program "setpriv" (package util-linux), or the toolchain below /usr`;
}

/** Starts a job and resolves once all its processes are gone. */
async function runLaunch(
  launch: Launch,
  job: SandboxJob,
  { clock, signal }: { readonly clock: MachineClock; readonly signal: AbortSignal | undefined },
): Promise<SandboxOutcome> {
  const started = performance.now();
  const before = clock();
  const sandbox = tryStart(launch, job.talk !== undefined);
  if (typeof sandbox === 'string') return emptyOutcome('failed', sandbox);
  const { first } = launch;
  const { limits } = job;
  const run = supervise(sandbox, { limits, signal, graceMs: first.graceMs });
  if (sandbox.input !== null) job.talk?.({ input: sandbox.input, channel: sandbox.channel });
  let watch: Watch | undefined;
  const startWatch = (init: number): void => void (watch = first.watch?.(init, job, run.finish));
  if (first.waitsForHost) sandbox.onReady(startWatch);
  else if (first.watch !== undefined) sandbox.onInit(startWatch);
  const exit = await sandbox.exited;
  const wallMs = performance.now() - started;
  const after = clock();
  run.stop();
  const usage = watch?.stop() ?? noUsage;
  const gone = await sandbox.gone();
  await run.drained();
  sandbox.close();
  const report = first.readReport(run.report.bytes());
  const cpuMs = Math.max(usage.cpuMs, report?.cpuMs ?? 0);
  const waitedMs = Math.min(
    Math.max(usage.waitedMs, report?.waitedMs ?? 0),
    waitedForOthersMs({ wallMs, cpuMs }, before, after),
  );
  const facts = { job, run, usage, report, wallMs, cpuMs, waitedMs };
  if (!gone) return outcomeOf(facts, 'failed', 'some processes of the sandbox could not be killed');
  if (run.end() !== undefined) return outcomeOf(facts, run.end()!, run.reason());
  if (exit.error !== undefined) return outcomeOf(facts, 'failed', exit.error);
  // The kernel may also have killed the first process.
  if (usage.end !== undefined) return outcomeOf(facts, usage.end, report?.reason);
  if (!exit.ran || report === undefined) return outcomeOf(facts, 'failed', lastWords(run.stderr));
  return outcomeOf(facts, report.end, report.reason);
}

/**
 * Starts the sandbox, or returns an error message: Node.js rejects some arguments, such as those with a NUL
 * character.
 */
function tryStart(launch: Launch, talks: boolean): SandboxProcess | string {
  try {
    return startSandbox(launch, talks);
  } catch (error) {
    return messageOf(error);
  }
}

/** The last error output of bwrap before it gave up. */
function lastWords(stderr: Captured): string {
  const text = new TextDecoder().decode(stderr.bytes()).trim();
  return text === '' ? 'the sandbox ended before the program did' : text.slice(-2000);
}
