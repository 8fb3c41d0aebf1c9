import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../core/errors.ts';
import { noUsage, type Usage, type Watch } from '../bubblewrap/firstProcess.ts';
import { prioritized } from '../idle.ts';
import { taskLimit } from '../limits.ts';
import { stackWord } from '../stack.ts';
import { readReport } from '../bubblewrap/wrapper.ts';
import type { Sandbox, SandboxJob, SandboxOutcome } from '../sandbox.ts';
import { emptyOutcome, supervise, type LimitHit, type RunningJob } from '../supervise.ts';
import { layOut, type JobFolder } from './folder.ts';
import { listProcesses, processesOf } from './processes.ts';

/**
 * Turns a job's command into a sandboxed command, as far as the platform can; `folder` is the job's folder.
 */
export type Contain = (command: readonly string[], folder: JobFolder, job: SandboxJob) => readonly string[];

const lookEveryMs = 100;

/**
 * Sets the limits that a shell can set, replaces itself with the program, and reports status and times on
 * descriptor 4. Does not limit the number of processes: the limit would count all processes of the user.
 */
const script = `
ulimit -c 0; ulimit -n 512; ulimit -f "$2"; ulimit -s "$3"
# The hard limit alone would kill without saying why.
ulimit -S -t "$1"; ulimit -H -t "$(($1 + 1))"; shift 3
printf 'ready\\n' >&4
( exec -- "$@" 4>&- )
code=$?
{ printf 'end %s\\n' "$code"; times; } >&4
exit "$code"
`;

/** Runs a job as an ordinary process group in its own folder, watched from outside. */
export async function runInGroup(
  job: SandboxJob,
  contain: Contain,
  signal?: AbortSignal,
): Promise<SandboxOutcome> {
  if (signal?.aborted === true) return emptyOutcome('cancelled');
  let folder: JobFolder | undefined;
  try {
    folder = await layOut(job);
    return await runInFolder(job, folder, contain, signal);
  } catch (error) {
    return emptyOutcome('failed', messageOf(error));
  } finally {
    await folder?.remove();
  }
}

async function runInFolder(
  job: SandboxJob,
  folder: JobFolder,
  contain: Contain,
  signal: AbortSignal | undefined,
): Promise<SandboxOutcome> {
  const { limits } = job;
  const started = performance.now();
  const child = start(prioritized(job, contain(command(job, folder), folder, job)), job, folder);
  const leader = child.pid;
  const running = runningJob(child);
  const run = supervise(running, { limits, signal });
  if (child.stdin !== null && running.channel !== undefined) {
    // A program that has ended does not read its input.
    child.stdin.on('error', () => undefined);
    job.talk?.({ input: child.stdin, channel: running.channel });
  }
  const watch = leader === undefined ? undefined : watchGroup(leader, job, run.finish);
  const error = await new Promise<string | undefined>((resolve) => {
    child.once('error', (cause) => resolve(messageOf(cause)));
    child.once('exit', () => resolve(undefined));
  });
  const wallMs = performance.now() - started;
  run.stop();
  const usage = watch?.stop() ?? noUsage;
  if (leader !== undefined) await endGroup(leader);
  await run.drained();
  child.stdio.forEach((stream) => stream?.destroy());
  const report = readReport(run.report.bytes());
  const end = run.end() ?? (error === undefined && report !== undefined ? report.end : 'failed');
  const reason = run.reason() ?? error;
  return {
    end,
    exit: end === 'exit' ? (report?.exit ?? null) : null,
    signal: end === 'exit' ? (report?.signal ?? null) : 'SIGKILL',
    stdout: folder.hide(run.stdout.bytes()),
    stderr: folder.hide(run.stderr.bytes()),
    channel: folder.hide(run.channel.bytes()),
    wallMs,
    cpuMs: Math.max(usage.cpuMs, report?.cpuMs ?? 0),
    peakBytes: usage.peakBytes,
    waitedMs: 0,
    collected: await folder.collect(job.collect ?? [], limits.fileBytes),
    ...(reason === undefined ? {} : { reason }),
  };
}

function command(job: SandboxJob, folder: JobFolder): string[] {
  const { limits } = job;
  const seconds = String(Math.ceil(limits.cpuMs / 1000) + 1);
  const kibibytes = String(Math.ceil(limits.fileBytes / 1024));
  return [
    '/bin/bash',
    '-c',
    script,
    'job',
    seconds,
    kibibytes,
    stackWord(limits),
    ...job.argv.map((word) => folder.locate(word)),
  ];
}

/** Starts the job in its own process group, so that exactly the group can be killed. */
function start(argv: readonly string[], job: SandboxJob, folder: JobFolder): ChildProcess {
  const [program, ...rest] = argv;
  const env = Object.fromEntries(
    Object.entries(job.env).map(([name, value]) => [name, folder.locate(value)]),
  );
  const input = openSync(folder.stdin, 'r');
  try {
    return spawn(program!, rest, {
      cwd: folder.scratch,
      env: { TMPDIR: folder.temporary, ...env },
      stdio: [
        job.talk === undefined ? input : 'pipe',
        'pipe',
        'pipe',
        job.channel === true ? 'pipe' : 'ignore',
        'pipe',
      ],
      detached: true,
    });
  } finally {
    closeSync(input);
  }
}

function runningJob(child: ChildProcess): RunningJob {
  const [, stdout, stderr, channel, report] = child.stdio as (Readable | null)[];
  return {
    stdout: stdout!,
    stderr: stderr!,
    ...(channel === null || channel === undefined ? {} : { channel }),
    report: report!,
    kill() {
      if (child.pid !== undefined) killGroup(child.pid);
    },
  };
}

/** Compares the group's CPU time and memory with the limits at intervals. */
function watchGroup(leader: number, { limits }: SandboxJob, onLimit: LimitHit): Watch {
  let usage: Usage = noUsage;
  let over = false;
  async function look(): Promise<void> {
    const tree = processesOf(leader, await listProcesses());
    const sum = (field: 'bytes' | 'cpuMs'): number => tree.reduce((total, one) => total + one[field], 0);
    usage = {
      ...usage,
      cpuMs: Math.max(usage.cpuMs, sum('cpuMs')),
      peakBytes: Math.max(usage.peakBytes, sum('bytes')),
    };
    if (over) return;
    if (usage.cpuMs > limits.cpuMs) onLimit('cpu');
    if (sum('bytes') > limits.memoryBytes) onLimit('memory');
    if (tree.length > taskLimit(limits.processes)) onLimit('processes', `${tree.length} processes`);
    await sleep(lookEveryMs);
    if (!over) await look();
  }
  void look();
  return {
    stop() {
      over = true;
      return usage;
    },
  };
}

/** Kills what is left of a job: its group, and descendants that left the group. */
async function endGroup(leader: number): Promise<void> {
  killGroup(leader);
  for (let tries = 0; tries < 20; tries++) {
    const left = processesOf(leader, await listProcesses()).filter(({ pid }) => pid !== leader);
    if (left.length === 0) return;
    killGroup(leader);
    left.forEach(({ pid }) => kill(pid));
    await sleep(10);
  }
}

/**
 * Kills every process of a group that this module started. A number of 0 or 1 would address every process.
 */
function killGroup(leader: number): void {
  if (leader > 1) kill(-leader);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The group has already exited.
  }
}

/** A sandbox based on `runInGroup`; its status is determined once. */
export function createGroupSandbox(
  kind: string,
  findStatus: () => ReturnType<Sandbox['status']>,
  contain: Contain,
): Sandbox {
  return { kind, status: findStatus, run: (job, signal) => runInGroup(job, contain, signal) };
}
