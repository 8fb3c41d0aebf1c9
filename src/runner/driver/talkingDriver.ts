import type { Outcome } from '../../core/differing/outcome.ts';
import type { FullLimits } from '../../core/task/task.ts';
import { unpacked } from '../archive.ts';
import { jobOf } from '../case.ts';
import type { RunContext } from '../runContext.ts';
import type { Conversation, SandboxFile, SandboxJob, SandboxOutcome } from '../sandbox/sandbox.ts';
import type { DrivenCase, DriverProgram } from '../toolchains/toolchain.ts';
import type { DrivenInput, Driver, DriveOptions } from './driver.ts';
import { readFrame } from './frames.ts';
import { createLineQueue } from './lineQueue.ts';

/** The limits of one input, in milliseconds. Waiting is allowed longer, because the machine may be busy. */
const inputCpuMs = 100;
const inputWallMs = 1000;
/** A process that reports nothing for so long is ended from outside: the answer may have stopped its driver. */
const stallMs = 20_000;
/** After so many of them, nothing more is run. */
const mostStalls = 2;

/** The limits of the process that handles the inputs; it is started anew when it reaches one. */
const processLimits = { cpuMs: 600_000, wallMs: 1_800_000, outputBytes: 32 << 20 } as const;

/** An answer that runs in the process of its language's driver. */
export interface DrivenAnswer {
  readonly context: RunContext;
  /** The compiled files. */
  readonly files: readonly SandboxFile[];
  readonly sample: DrivenCase;
}

/** The program of an answer's driver; `undefined` if the language has none for cases of this kind. */
export function driverProgramOf({ context, files, sample }: DrivenAnswer): DriverProgram | undefined {
  const { toolchain, found, request } = context;
  return toolchain.driver?.(sample, {
    found,
    files: [...files, ...(sample.kind === 'stdin' ? (sample.files ?? []) : [])],
    entry: request.entry,
    limits: { ...context.limits, wallMs: inputWallMs },
  });
}

/**
 * A driver that is one program in the sandbox. Where the sandbox allows, it runs on while the host sends one batch after
 * the other; else every batch starts it.
 */
export function createTalkingDriver(context: RunContext, program: DriverProgram, isCall: boolean): Driver {
  const ending = new AbortController();
  const { signal: given, status, sandbox } = context;
  const signal = given === undefined ? ending.signal : AbortSignal.any([given, ending.signal]);
  const limits: FullLimits = { ...context.limits, ...processLimits };
  const job: SandboxJob = { ...jobOf(context, program, limits), argv: unpacked(program) };
  const start = (): Process => startProcess(job, sandbox, signal);
  let process: Process | undefined;
  let stalls = 0;

  /** Has the inputs run and returns the frames of those that ran, and how the process ended if it did. */
  async function send(inputs: readonly DrivenInput[], isolated: boolean): Promise<Exchange> {
    const text = batchText(inputs, isolated);
    if (status.talks !== true) return runOnce(job, sandbox, text, inputs.length, signal);
    process ??= start();
    const exchange = await process.send(text, inputs.length);
    if (exchange.ended !== undefined) process = undefined;
    return exchange;
  }

  async function runAll(inputs: readonly DrivenInput[], isolated: boolean): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    while (outcomes.length < inputs.length && !signal.aborted && stalls < mostStalls) {
      const { frames, ended } = await send(inputs.slice(outcomes.length), isolated);
      outcomes.push(...frames.map((frame) => readFrame(frame, isCall)));
      if (outcomes.length === inputs.length || signal.aborted) break;
      if (ended?.end === 'failed')
        throw new Error(`the sandbox failed: ${ended.reason ?? 'no reason given'}`);
      if (ended?.end === 'cancelled') stalls += 1;
      // A driver without processes of its own ends with the input that ran into a limit. Else the answer ended it.
      const isReported = frames.length > 0 && outcomes.at(-1)?.kind === 'limit';
      if (!isReported) outcomes.push(endedWith(ended));
    }
    return outcomes;
  }

  return {
    async run(inputs, { isolated = false }: DriveOptions = {}) {
      if (!isolated || program.isolates === true) return runAll(inputs, isolated);
      const outcomes: Outcome[] = [];
      for (const input of inputs) {
        process?.end();
        process = undefined;
        const [outcome] = await runAll([input], false);
        if (outcome === undefined) break;
        outcomes.push(outcome);
      }
      return outcomes;
    },
    close: () => ending.abort(),
  };
}

/** The frames of a batch, and the end of the process if it ended before the batch was complete. */
interface Exchange {
  readonly frames: readonly string[];
  readonly ended?: SandboxOutcome;
}

function batchText(inputs: readonly DrivenInput[], isolated: boolean): string {
  const header = JSON.stringify({ count: inputs.length, isolated, cpu: inputCpuMs });
  return `${[header, ...inputs.map((input) => JSON.stringify(input))].join('\n')}\n`;
}

/** What happens to the input that ended the driver's process. */
function endedWith(ended: SandboxOutcome | undefined): Outcome {
  const end = ended?.end;
  if (end === 'memory' || end === 'output') return { kind: 'limit', limit: end };
  if (end === 'cpu' || end === 'wall' || end === 'cancelled') return { kind: 'limit', limit: 'time' };
  return { kind: 'crash', error: 'the process was ended', message: '' };
}

type Run = RunContext['sandbox'];

async function runOnce(
  job: SandboxJob,
  sandbox: Run,
  text: string,
  count: number,
  signal: AbortSignal,
): Promise<Exchange> {
  const ended = await sandbox.run({ ...job, stdin: text }, signal);
  const lines = new TextDecoder().decode(ended.channel).split('\n').slice(0, -1);
  return { frames: lines.slice(0, count), ended };
}

/** A running driver. */
interface Process {
  send(text: string, count: number): Promise<Exchange>;
  end(): void;
}

function startProcess(job: SandboxJob, sandbox: Run, signal: AbortSignal): Process {
  const lines = createLineQueue();
  const ending = new AbortController();
  let conversation: Conversation | undefined;
  let unsent = '';
  let stall: NodeJS.Timeout | undefined;
  const expectSoon = (): void => {
    clearTimeout(stall);
    stall = setTimeout(() => ending.abort(), stallMs);
  };
  const talk = (program: Conversation): void => {
    conversation = program;
    program.input.write(unsent);
    program.channel.on('data', (data: Buffer) => {
      if (stall !== undefined) expectSoon();
      lines.add(data);
    });
  };
  const ended = sandbox.run({ ...job, talk }, AbortSignal.any([signal, ending.signal]));
  return {
    async send(text, count) {
      if (conversation === undefined) unsent += text;
      else conversation.input.write(text);
      expectSoon();
      const end = await Promise.race([lines.take(count), ended]);
      clearTimeout(stall);
      stall = undefined;
      return Array.isArray(end) ? { frames: end } : { frames: lines.rest(count), ended: end };
    },
    end: () => ending.abort(),
  };
}
