import { messageOf } from '../../../core/errors.ts';
import { launchOf, stagedLaunch, type Machine } from './arguments.ts';
import type { Exit, Launch } from './firstProcess.ts';
import { extraPaths, isReachableByAnyone, stageFolder } from './mounts.ts';
import { machineTime, waitedForOthersMs, type MachineClock } from './machineTime.ts';
import { probe, type Probe, type ProbeOptions, type RunLaunch } from './probe.ts';
import { prioritized } from '../idle.ts';
import { outcomeOf } from '../outcome.ts';
import type { Prepared } from './prepared.ts';
import { createReadySandboxes, type ReadySandboxes } from './ready.ts';
import type { Captured } from '../output.ts';
import type { Sandbox, SandboxJob, SandboxOutcome } from '../sandbox.ts';
import { emptyOutcome, supervise, type Supervision } from '../supervise.ts';

export interface BubblewrapOptions extends ProbeOptions {
  /** How many sandboxes of each kind in use are made ahead of their jobs; none by default. */
  readonly ready?: number | undefined;
}

/** Linux: runs bubblewrap directly. Each job gets its own namespaces, file systems and limits. */
export function createBubblewrapSandbox(
  options: BubblewrapOptions,
  clock: MachineClock = machineTime,
): Sandbox {
  const ready = createReadySandboxes(options.ready ?? 0);
  const isReachable = rememberReachable();
  const run: RunLaunch = (launch, job, signal) => runLaunch(launch, job, { clock, signal, ready });
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
      const launch = await chooseLaunch(job, found.machine, isReachable);
      if (launch === undefined) return emptyOutcome('failed', unreachable(job));
      return run(atPriority(launch, job, found.machine), job, signal);
    },
    dispose: () => ready.dispose(),
  };
}

/** Paths of toolchains are looked at once: every case of a language has the same. */
function rememberReachable(): (path: string) => Promise<boolean> {
  const reachable = new Set<string>();
  return async (path) => {
    if (reachable.has(path)) return true;
    if (!(await isReachableByAnyone(path))) return false;
    reachable.add(path);
    return true;
  };
}

/**
 * When running as root, the toolchain may be in a folder that the dropped user cannot enter. Such paths are
 * staged; `undefined` if that is not possible.
 */
async function chooseLaunch(
  job: SandboxJob,
  machine: Machine,
  isReachable: (path: string) => Promise<boolean>,
): Promise<Launch | undefined> {
  if (machine.dropTo === undefined) return launchOf(job, machine);
  const paths = extraPaths(job.readOnly ?? []);
  const reachable = await Promise.all(paths.map(isReachable));
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

interface Surroundings {
  readonly clock: MachineClock;
  readonly signal: AbortSignal | undefined;
  readonly ready: ReadySandboxes;
}

/** Starts a job and resolves once all its processes are gone. */
async function runLaunch(
  launch: Launch,
  job: SandboxJob,
  { clock, signal, ready }: Surroundings,
): Promise<SandboxOutcome> {
  if (signal?.aborted === true) return emptyOutcome('cancelled');
  const started = performance.now();
  const before = clock();
  const begun = tryBegin(launch, job, { signal, ready });
  if (typeof begun === 'string') return emptyOutcome('failed', begun);
  const { prepared, run } = begun;
  const { sandbox } = prepared;
  const { first } = launch;
  const exit = await sandbox.exited;
  const wallMs = performance.now() - started;
  const after = clock();
  run.stop();
  // Probably more of the same was cancelled, and nobody waits for it.
  if (run.end() === 'cancelled') ready.dispose();
  const usage = prepared.stopWatch();
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
  // A sandbox that waited can have died before its job came, without anyone having noticed yet.
  if (prepared.wasReady && report === undefined && isSilent(run))
    return runLaunch(launch, job, { clock, signal, ready: neverReady });
  if (!exit.ran || report === undefined) return outcomeOf(facts, 'failed', lastWords(exit, run.stderr));
  return outcomeOf(facts, report.end, report.reason);
}

const neverReady = createReadySandboxes(0);

function isSilent({ stdout, stderr, channel }: Supervision): boolean {
  return [stdout, stderr, channel].every((stream) => stream.bytes().byteLength === 0);
}

/**
 * Begins a job in a sandbox, or returns an error message: no process can have some arguments, such as those with a NUL
 * character.
 */
function tryBegin(
  launch: Launch,
  job: SandboxJob,
  { signal, ready }: Pick<Surroundings, 'signal' | 'ready'>,
): { readonly prepared: Prepared; readonly run: Supervision } | string {
  let prepared: Prepared | undefined;
  try {
    prepared = ready.take(launch, job);
    const { sandbox } = prepared;
    const run = supervise(sandbox, { limits: job.limits, signal, graceMs: launch.first.graceMs });
    prepared.run(job, run.finish);
    if (sandbox.input !== null) job.talk?.({ input: sandbox.input, channel: sandbox.channel });
    return { prepared, run };
  } catch (error) {
    void prepared?.discard();
    return messageOf(error);
  }
}

/** The last error output of bwrap before it gave up. */
function lastWords(exit: Exit, stderr: Captured): string {
  const text = (exit.words ?? new TextDecoder().decode(stderr.bytes())).trim();
  return text === '' ? 'the sandbox ended before the program did' : text.slice(-2000);
}
