import type { CaseResult } from '../core/run.ts';
import type { Case, FullLimits } from '../core/task.ts';
import type { Compiler } from './compiler.ts';
import { unpacked } from './archive.ts';
import { comparatorOf, howItEnded } from './languages/shared.ts';
import { effectiveLimits } from './limits.ts';
import type { Ground } from './ground.ts';
import type { SandboxFile, SandboxJob, SandboxOutcome } from './sandbox.ts';
import { decodeOutput } from './text.ts';
import type { Program, Reading } from './toolchain.ts';
import { caseResult, limitReading, machineWasBusy } from './verdict.ts';

/** A case's result, and whether it would come out the same again. */
export interface RanCase {
  readonly result: CaseResult;
  readonly durable: boolean;
}

/** Runs one case in a sandbox of its own; `undefined` when it was cancelled. */
export async function runCase(
  ground: Ground,
  testCase: Case,
  files: readonly SandboxFile[],
  compiler: Compiler,
): Promise<RanCase | undefined> {
  if (ground.signal?.aborted === true) return undefined;
  const { toolchain, found, request } = ground;
  const limits = effectiveLimits(request.limits, testCase.limits);
  const program = toolchain.program(testCase, { found, files, entry: request.entry, limits });
  const outcome = await runPatiently(ground, program, limits);
  if (outcome.end === 'cancelled') return undefined;
  const limited = limitReading(outcome, limits);
  if (limited !== undefined) {
    const durable = outcome.end !== 'failed' && !machineWasBusy(outcome, limits);
    return { result: caseResult(testCase.id, outcome, { ...limited, ...expectedOf(testCase) }), durable };
  }
  const reading = toolchain.read(testCase, outcome);
  const final = await applyChecker(ground, testCase, outcome, reading, compiler);
  return final === undefined ? undefined : { result: caseResult(testCase.id, outcome, final), durable: true };
}

/** A wall that a busy machine ran into says nothing of the program: it gets one more try. */
async function runPatiently(ground: Ground, program: Program, limits: FullLimits): Promise<SandboxOutcome> {
  const job = jobOf(ground, program, limits);
  const outcome = await ground.sandbox.run(job, ground.signal);
  return machineWasBusy(outcome, limits) ? ground.sandbox.run(job, ground.signal) : outcome;
}

function jobOf({ toolchain, found }: Ground, program: Program, limits: FullLimits): SandboxJob {
  const argv = unpacked(program);
  const memoryBytes = limits.memoryBytes + (toolchain.ownMemoryBytes ?? 0);
  return {
    ...program,
    argv,
    limits: { ...limits, memoryBytes },
    readOnly: found.readOnly,
    reservesMemory: toolchain.reservesMemory,
  };
}

/** What a case expects, for showing beside a limit that was hit. */
function expectedOf(testCase: Case): Pick<Reading, 'expected'> {
  if (testCase.kind === 'call' && testCase.expected !== undefined) return { expected: testCase.expected };
  return testCase.kind === 'stdin' ? { expected: testCase.output } : {};
}

/**
 * Leaves the last word to a case's checker program, which sees input, expected and actual value and not the answer. It
 * runs under the limits of the case.
 */
async function applyChecker(
  ground: Ground,
  testCase: Case,
  outcome: SandboxOutcome,
  reading: Reading,
  compiler: Compiler,
): Promise<Reading | undefined> {
  const comparator = comparatorOf(testCase);
  if (comparator?.kind !== 'checker' || reading.verdict !== 'pass') return reading;
  const input = JSON.stringify(checkerInput(testCase, outcome, reading));
  const checked = await runOwnProgram(ground, { source: comparator.source, input, testCase }, compiler);
  if (typeof checked === 'string') return { ...reading, verdict: 'error', reason: `the checker ${checked}` };
  if (checked.end === 'cancelled') return undefined;
  return checked.exit === 0
    ? reading
    : { ...reading, verdict: 'fail', reason: `the checker refused it: ${howItEnded(checked)}` };
}

/**
 * Runs a program that a case brings, in the task's language and under the limits of the case, in a sandbox of its own.
 * Gives how it ended by itself or was cancelled; or, as a clause, why it did not end.
 */
export async function runOwnProgram(
  ground: Ground,
  { source, input, testCase }: { readonly source: string; readonly input: string; readonly testCase: Case },
  compiler: Compiler,
): Promise<SandboxOutcome | string> {
  const { toolchain, found, request } = ground;
  const limits = effectiveLimits(request.limits, testCase.limits);
  // Nothing of the answer's is its own: neither where it starts nor how its task is built.
  const { entry: _entry, build: _build, ...own } = request;
  const files = [{ path: toolchain.mainFile, text: source }];
  const compiled = await compiler.compile({ ...ground, request: own }, files, []);
  if (!compiled.ok) return `does not compile: ${compiled.reason}`;
  const asStdin = { id: testCase.id, origin: testCase.origin, kind: 'stdin', output: '' } as const;
  const program = toolchain.program(
    { ...asStdin, input },
    { found, files: compiled.files, entry: undefined, limits },
  );
  const outcome = await ground.sandbox.run(jobOf(ground, program, limits), ground.signal);
  const limited = limitReading(outcome, limits);
  return limited === undefined ? outcome : `was stopped: ${limited.reason}`;
}

function checkerInput(testCase: Case, outcome: SandboxOutcome, reading: Reading): object {
  switch (testCase.kind) {
    case 'call':
      return { input: testCase.args, expected: testCase.expected ?? null, actual: reading.actual ?? null };
    case 'stdin':
      return { input: testCase.input, expected: testCase.output, actual: decodeOutput(outcome.stdout) };
    case 'unit':
    case 'sql':
    case 'command': {
      const input = testCase.kind === 'command' ? (testCase.input ?? '') : '';
      const expected = testCase.kind === 'command' ? (testCase.expect.stdout ?? '') : '';
      return { input, expected, actual: decodeOutput(outcome.stdout) };
    }
  }
}
