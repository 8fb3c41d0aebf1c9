import type { CaseResult } from '../core/run/run.ts';
import type { Case, FullLimits } from '../core/task/task.ts';
import { compileProblem, type Compiler } from './compiler.ts';
import { unpacked } from './archive.ts';
import { comparatorOf, howItEnded } from './languages/shared/shared.ts';
import { effectiveLimits } from './sandbox/limits.ts';
import type { RunContext } from './runContext.ts';
import type { SandboxFile, SandboxJob, SandboxOutcome } from './sandbox/sandbox.ts';
import { largeIntegers } from './outcome/numbers.ts';
import { decodeOutput } from './outcome/text.ts';
import type { CaseProgram, CaseVerdict } from './toolchains/toolchain.ts';
import { caseResult, limitVerdict, machineWasBusy, resultWithoutRun } from './outcome/verdict.ts';

/** A case's result. */
export interface RanCase {
  readonly result: CaseResult;
  /** Another run would give the same result: neither the machine nor the sandbox affected this one. */
  readonly durable: boolean;
  /** See `CaseVerdict`. */
  readonly notInstalled?: boolean;
}

/** Runs one case in a sandbox of its own; `undefined` when it was cancelled. */
export async function runCase(
  context: RunContext,
  testCase: Case,
  files: readonly SandboxFile[],
  compiler: Compiler,
): Promise<RanCase | undefined> {
  if (context.signal?.aborted === true) return undefined;
  const { toolchain, found, request } = context;
  const unheld = integersOf(testCase).find((digits) => toolchain.holdsInteger?.(digits) === false);
  if (unheld !== undefined) {
    const reason = `numbers of ${found.name} do not hold the integer ${unheld.slice(0, 60)}`;
    return { result: resultWithoutRun(testCase.id, 'unsupported', reason), durable: true };
  }
  const limits = effectiveLimits(request.limits, testCase.limits);
  const beside = testCase.kind === 'stdin' ? (testCase.files ?? []) : [];
  const program = collecting(
    testCase,
    toolchain.program(testCase, { found, files: [...files, ...beside], entry: request.entry, limits }),
  );
  const outcome = await runPatiently(context, program, limits);
  if (outcome.end === 'cancelled') return undefined;
  const limited = limitVerdict(outcome, limits);
  if (limited !== undefined) {
    const durable = outcome.end !== 'failed' && !machineWasBusy(outcome, limits);
    return { result: caseResult(testCase.id, outcome, { ...limited, ...expectedOf(testCase) }), durable };
  }
  const written = withOutputFile(testCase, outcome);
  const said = toolchain.read(testCase, written);
  const checked = await applyChecker(context, testCase, written, said, compiler);
  if (checked === undefined) return undefined;
  const { durable, ...verdict } = checked;
  const notInstalled = verdict.notInstalled === true;
  return {
    result: caseResult(testCase.id, outcome, verdict),
    durable: durable && !notInstalled,
    notInstalled,
  };
}

/** The integers beyond 2^53 among the arguments of a call and its expected value. */
function integersOf(testCase: Case): string[] {
  return testCase.kind === 'call' ? largeIntegers([testCase.args, testCase.expected ?? null]) : [];
}

/** The program of a case, which also collects the file that the case reads the output from. */
function collecting(testCase: Case, program: CaseProgram): CaseProgram {
  if (testCase.kind !== 'stdin' || testCase.outputFile === undefined) return program;
  return { ...program, collect: [...(program.collect ?? []), testCase.outputFile] };
}

/** The outcome with the content of the output file, if the program wrote it, in place of what it printed. */
function withOutputFile(testCase: Case, outcome: SandboxOutcome): SandboxOutcome {
  const path = testCase.kind === 'stdin' ? testCase.outputFile : undefined;
  const written = path === undefined ? undefined : outcome.collected.get(path);
  return written === undefined ? outcome : { ...outcome, stdout: written };
}

/** Runs a program, and runs it again if it hit the wall limit because the machine was busy. */
async function runPatiently(
  context: RunContext,
  program: CaseProgram,
  limits: FullLimits,
): Promise<SandboxOutcome> {
  const job = jobOf(context, program, limits);
  const outcome = await context.sandbox.run(job, context.signal);
  return machineWasBusy(outcome, limits) ? context.sandbox.run(job, context.signal) : outcome;
}

/** The job that runs a program of a language. */
export function jobOf(
  { toolchain, found }: RunContext,
  program: CaseProgram,
  limits: FullLimits,
): SandboxJob {
  const argv = unpacked(program);
  const own = toolchain.ownMemoryBytes ?? 0;
  return {
    ...program,
    argv,
    limits: {
      ...limits,
      memoryBytes: limits.memoryBytes + own,
      stackBytes: limits.stackBytes + own,
    },
    readOnly: found.readOnly,
    reservesMemory: toolchain.reservesMemory,
  };
}

/** The expected value of a case, shown next to the limit that the program hit. */
function expectedOf(testCase: Case): Pick<CaseVerdict, 'expected'> {
  if (testCase.kind === 'call' && testCase.expected !== undefined) return { expected: testCase.expected };
  return testCase.kind === 'stdin' ? { expected: testCase.output } : {};
}

/**
 * Lets the case's checker program decide. The checker sees the input and the expected and actual values, but
 * not the answer. It runs under the limits of the case.
 */
async function applyChecker(
  context: RunContext,
  testCase: Case,
  outcome: SandboxOutcome,
  verdict: CaseVerdict,
  compiler: Compiler,
): Promise<(CaseVerdict & Pick<RanCase, 'durable'>) | undefined> {
  const comparator = comparatorOf(testCase);
  if (comparator?.kind !== 'checker' || verdict.verdict !== 'pass') return { ...verdict, durable: true };
  const input = JSON.stringify(checkerInput(testCase, outcome, verdict));
  const own = { what: 'the checker', source: comparator.source, input, testCase };
  const checked = await runOwnProgram(context, own, compiler);
  if ('problem' in checked) {
    const { isMachineFault, problem } = checked;
    return {
      ...verdict,
      verdict: isMachineFault ? 'unsupported' : 'error',
      reason: problem,
      durable: !isMachineFault,
    };
  }
  if (checked.end === 'cancelled') return undefined;
  if (checked.exit === 0) return { ...verdict, durable: true };
  const reason = `the checker rejected the output: ${howItEnded(checked)}`;
  return { ...verdict, verdict: 'fail', reason, durable: true };
}

/** A program that belongs to a case, such as its checker or generator. */
export interface OwnProgram {
  /** The name of the program in messages: `the checker`. */
  readonly what: string;
  readonly source: string;
  readonly input: string;
  readonly testCase: Case;
}

/** Why the case's own program did not end by itself. */
export interface OwnProgramProblem {
  /** A full sentence. */
  readonly problem: string;
  /** The sandbox or the machine failed: neither the program nor the answer is at fault. */
  readonly isMachineFault: boolean;
}

/**
 * Runs a program that belongs to a case, in the task's language, under the limits of the case and in its own
 * sandbox. Resolves with the outcome if the program ended by itself or was cancelled, else with the problem.
 */
export async function runOwnProgram(
  context: RunContext,
  { what, source, input, testCase }: OwnProgram,
  compiler: Compiler,
): Promise<SandboxOutcome | OwnProgramProblem> {
  const { toolchain, found, request } = context;
  const limits = effectiveLimits(request.limits, testCase.limits);
  // The program shares nothing with the answer: not its entry point and not the task's build command.
  const { entry: _entry, build: _build, ...own } = request;
  const files = [{ path: toolchain.mainFile, text: source }];
  const compiled = await compiler.compile({ ...context, request: own }, files, []);
  if (!compiled.ok) {
    const { reason, isMachineFault } = compileProblem(compiled, what);
    return { problem: reason, isMachineFault };
  }
  const asStdin = { id: testCase.id, origin: testCase.origin, kind: 'stdin', output: '' } as const;
  const program = toolchain.program(
    { ...asStdin, input },
    { found, files: compiled.files, entry: undefined, limits },
  );
  const outcome = await runPatiently(context, program, limits);
  const limited = limitVerdict(outcome, limits);
  if (limited === undefined) return outcome;
  const isMachineFault = outcome.end === 'failed' || machineWasBusy(outcome, limits);
  return { problem: `${what} was stopped: ${limited.reason}`, isMachineFault };
}

function checkerInput(testCase: Case, outcome: SandboxOutcome, verdict: CaseVerdict): object {
  switch (testCase.kind) {
    case 'call':
      return { input: testCase.args, expected: testCase.expected ?? null, actual: verdict.actual ?? null };
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
