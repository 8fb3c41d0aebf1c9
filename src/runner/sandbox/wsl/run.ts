import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { messageOf } from '../../../core/errors.ts';
import { createReportReader, exitOrSignal, timesToMs } from '../report.ts';
import type { JobEnd, SandboxJob, SandboxOutcome } from '../sandbox.ts';
import { emptyOutcome, supervise } from '../supervise.ts';
import { streamNames } from './script.ts';

/** A command that reads a shell script from standard input and runs it in a sandbox. */
export interface StdioCommand {
  readonly program: string;
  readonly argv: readonly string[];
  /** The shell script: see `jobScript`. */
  readonly script: string;
  /** Ends what the command started elsewhere; killing the command may not end it. */
  end(): void;
}

/** Time to create a container; the wall time of a job starts afterwards. */
const startMs = 20_000;

/** Runs a job through a command's standard input and output. */
export async function runByStdio(
  job: SandboxJob,
  command: StdioCommand,
  signal?: AbortSignal,
): Promise<SandboxOutcome> {
  if (signal?.aborted === true) return emptyOutcome('cancelled');
  const { limits } = job;
  const child = spawn(command.program, command.argv, { stdio: 'pipe' });
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.script);
  const kill = (): void => {
    command.end();
    child.kill('SIGKILL');
  };
  const supervision = { limits: { ...limits, wallMs: startMs }, signal };
  const run = supervise(
    { stdout: Readable.from([]), stderr: child.stderr, report: child.stdout, kill },
    supervision,
  );
  let started: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  child.stdout.once('data', () => {
    started = performance.now();
    timer = setTimeout(() => run.finish('wall'), limits.wallMs);
  });
  const error = await new Promise<string | undefined>((resolve) => {
    child.once('error', (cause) => resolve(messageOf(cause)));
    child.once('close', () => resolve(undefined));
  });
  const wallMs = started === undefined ? 0 : performance.now() - started;
  clearTimeout(timer);
  run.stop();
  command.end();
  const end = run.end();
  if (end !== undefined) return { ...emptyOutcome(end, run.reason()), wallMs };
  const words = new TextDecoder().decode(run.stderr.bytes()).trim();
  const reported = error === undefined ? readStdioReport(run.report.bytes(), job) : undefined;
  return reported === undefined
    ? emptyOutcome('failed', error ?? (words === '' ? 'the sandbox ended before the program did' : words))
    : { ...reported, wallMs };
}

/** Reads the output of `jobScript`; `undefined` if it is incomplete. */
export function readStdioReport(bytes: Uint8Array, job: SandboxJob): SandboxOutcome | undefined {
  const { limits } = job;
  const reader = createReportReader(bytes);
  // "ready"
  reader.line();
  const [word, code] = reader.line()?.split(' ') ?? [];
  // The first line of `times` is the shell itself, the second its children.
  reader.line();
  const cpuMs = timesToMs(reader.line() ?? '');
  const [memory, peak, kills] = reader.line()?.split(' ') ?? [];
  if (word !== 'end' || memory !== 'memory') return undefined;
  const files = reader.files();
  const [stdout, stderr, channel] = streamNames.map((_, index) => files.get(index) ?? new Uint8Array());
  const streams = { stdout: stdout!, stderr: stderr!, channel: channel! };
  const flooded = Object.values(streams).some((stream) => stream.length > limits.outputBytes);
  const ended = exitOrSignal(Number(code));
  const end = endOf(ended.signal, { cpuMs, kills: Number(kills ?? 0), flooded }, limits.cpuMs);
  const cut = (stream: Uint8Array): Uint8Array => stream.subarray(0, limits.outputBytes);
  const wanted = (job.collect ?? []).map(
    (path, index) => [path, files.get(streamNames.length + index)] as const,
  );
  return {
    ...emptyOutcome(end),
    exit: end === 'exit' ? ended.exit : null,
    signal: end === 'exit' ? ended.signal : 'SIGKILL',
    stdout: cut(streams.stdout),
    stderr: cut(streams.stderr),
    channel: cut(streams.channel),
    cpuMs,
    peakBytes: Number(peak) || 0,
    collected: new Map(wanted.filter((one): one is [string, Uint8Array] => one[1] !== undefined)),
  };
}

/** CPU time takes precedence over memory, and memory over output, as in every sandbox. */
function endOf(
  signal: string | null,
  seen: { cpuMs: number; kills: number; flooded: boolean },
  maxCpuMs: number,
): JobEnd {
  if (signal === 'SIGXCPU' || seen.cpuMs > maxCpuMs) return 'cpu';
  if (seen.kills > 0) return 'memory';
  return seen.flooded || signal === 'SIGXFSZ' ? 'output' : 'exit';
}
