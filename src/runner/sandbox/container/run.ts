import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../../core/errors.ts';
import { noUsage, type FirstProcess } from '../bubblewrap/firstProcess.ts';
import { outcomeOf } from '../outcome.ts';
import { capture } from '../output.ts';
import type { SandboxJob, SandboxOutcome } from '../sandbox.ts';
import { emptyOutcome, supervise } from '../supervise.ts';
import type { ContainerCommand } from './command.ts';
import { splitFrames } from './frames.ts';
import { seccompFilter } from '../bubblewrap/seccomp.ts';
import { filterRecord } from '../bubblewrap/records.ts';

const execute = promisify(execFile);

/** Time to create and to remove a container on a busy machine, in addition to the wall time of a job. */
const engineMs = 60_000;
/** Time for the helper to end everything by itself, before the engine is asked to. */
const helperMs = 5000;
/** The most that an engine says about a failure. */
const wordBytes = 8192;

/** Runs a job in a container and resolves once the container is gone. */
export async function runInContainer(
  job: SandboxJob,
  command: ContainerCommand,
  helper: FirstProcess,
  signal?: AbortSignal,
): Promise<SandboxOutcome> {
  if (signal?.aborted === true) return emptyOutcome('cancelled');
  const started = performance.now();
  const begun = tryStart(command, helper);
  if (typeof begun === 'string') return emptyOutcome('failed', begun);
  const { child, records } = begun;
  const { stdin, stdout, stderr } = child;
  // Not ended: the helper ends the job if its input ends, as it does when this process exits.
  stdin.on('error', () => undefined);
  for (const record of records) stdin.write(record);
  const words = capture(stderr, wordBytes, () => undefined);
  const kill = (): void => endContainer(child, command);
  // The helper measures the wall time, from the start of the program.
  const run = supervise({ ...splitFrames(stdout), kill }, { limits: job.limits, signal, graceMs: engineMs });
  const error = await new Promise<string | undefined>((resolve) => {
    child.once('error', (cause) => resolve(messageOf(cause)));
    child.once('close', () => resolve(undefined));
  });
  const wallMs = performance.now() - started;
  run.stop();
  stdin.destroy();
  await run.drained();
  const report = helper.readReport(run.report.bytes());
  const { cpuMs, waitedMs } = report ?? noUsage;
  const facts = { job, run, usage: noUsage, report, wallMs, cpuMs, waitedMs };
  const end = run.end();
  if (end === 'wall') return outcomeOf(facts, 'failed', 'the container engine took too long');
  if (end !== undefined) return outcomeOf(facts, end, run.reason());
  if (error !== undefined || report === undefined)
    return outcomeOf(facts, 'failed', error ?? lastWords(words.bytes()));
  return outcomeOf(facts, report.end, report.reason);
}

/** Node.js rejects some arguments, such as those with a NUL character; returns its message. */
function tryStart({ program, argv, inside }: ContainerCommand, helper: FirstProcess) {
  try {
    const filter = seccompFilter(process.arch);
    const records = [
      ...(filter === undefined ? [] : filterRecord(filter)),
      ...(helper.records?.(inside) ?? []),
    ];
    return { child: spawn(program, argv, { stdio: 'pipe' }), records };
  } catch (error) {
    return messageOf(error);
  }
}

/** Tells the helper to end everything. If it does not, removes the container. */
function endContainer(child: ChildProcess, { program, remove }: ContainerCommand): void {
  child.stdin?.end();
  const timer = setTimeout(() => {
    // If the container is already gone, there is nothing to remove.
    execute(program, remove)
      .catch(() => undefined)
      .finally(() => child.kill('SIGKILL'));
  }, helperMs);
  child.once('close', () => clearTimeout(timer));
}

function lastWords(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes).trim();
  return text === '' ? 'the container ended before the program did' : text.slice(-2000);
}
