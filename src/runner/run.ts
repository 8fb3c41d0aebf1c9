import { availableParallelism } from 'node:os';
import { v7 as uuid } from 'uuid';
import type { Rejection } from '../core/extraction/types.ts';
import type { CaseResult, Run } from '../core/run/run.ts';
import type { Case, FullLimits } from '../core/task/task.ts';
import type { RanCase } from './case.ts';
import { compileProblem, createCompiler, type Compiler } from './compiler.ts';
import { runControlled } from './control/control.ts';
import { layoutProblem } from './layout.ts';
import { findRunContext, type ContextParts, type RunContext } from './runContext.ts';
import { runKey } from './runKey.ts';
import { createFairQueue, type FairQueue } from './queue.ts';
import type { PreparedResults, RunCache, RunKey, Runner, RunOptions, RunRequest } from './runner.ts';
import { timeAnswers } from './timing.ts';
import type { Compiled, Toolchain } from './toolchains/toolchain.ts';
import { caseResult, limitVerdict, rejectedResult, resultWithoutRun } from './outcome/verdict.ts';

export interface RunnerParts extends ContextParts {
  readonly cache?: RunCache;
  /** Results that were prepared for runs to come. */
  readonly prepared?: PreparedResults;
  readonly now?: () => Date;
  readonly newId?: () => string;
  /**
   * The number of programs that run together, over all runs. Defaults to the number of processors plus one:
   * making a sandbox is mostly waiting.
   */
  readonly atOnce?: number;
}

/**
 * The runner of a process. All its runs share one queue, so that answers run side by side without overloading
 * the machine.
 */
export function createRunner(parts: RunnerParts): Runner {
  const queue = createFairQueue(parts.atOnce ?? availableParallelism() + 1);
  const compiler = createCompiler();
  const stamp = (): Pick<Run, 'id' | 'at'> => ({
    id: parts.newId?.() ?? uuid(),
    at: (parts.now?.() ?? new Date()).toISOString(),
  });

  return {
    async run(request, options = {}) {
      const context = await findRunContext(parts, request, options.signal);
      const key = runKey(context);
      const { fresh = false, unrecorded = false } = options;
      const known = fresh !== false || unrecorded ? undefined : await parts.cache?.cachedRun(key);
      if (known !== undefined) {
        known.results.forEach((result) => options.onResult?.(result));
        const run = { ...known, ...stamp(), ...whose(request), cached: true };
        // Another answer has the same code: save a record for this answer too, so that the task's runs
        // include it.
        if (known.taskId !== run.taskId || known.answerId !== run.answerId) await parts.cache?.saveRun(run);
        return run;
      }
      const prepared = fresh === true || unrecorded ? undefined : parts.prepared?.take(request, key);
      if (prepared !== undefined) {
        prepared.results.forEach((result) => options.onResult?.(result));
        const run = { ...prepared, ...stamp() };
        await parts.cache?.saveRun(run);
        return run;
      }
      const { results, durable, notInstalled } = await runCases(context, options, queue, compiler);
      // The missing part may belong to the toolchain, such as the library of a test framework.
      if (notInstalled) parts.toolchains.forget(request.language);
      const run: Run = {
        ...stamp(),
        ...whose(request),
        ...record(context, key),
        cached: false,
        cancelled: options.signal?.aborted === true,
        results,
      };
      // Do not save a run that the machine affected: it does not show what the answer does.
      if (durable && !run.cancelled && !unrecorded) await parts.cache?.saveRun(run);
      return run;
    },

    async time(request, options = {}) {
      const { testCase, answers, pairs: _pairs, ...shared } = request;
      const contexts = await Promise.all(
        answers.map((answer) =>
          findRunContext(parts, { ...shared, ...answer, cases: [testCase] }, options.signal),
        ),
      );
      const measured = await timeAnswers(contexts, request, { queue, compiler, ...options });
      return measured && { ...stamp(), taskId: request.taskId, ...measured };
    },
  };
}

function whose({ taskId, answerId }: RunRequest): Pick<Run, 'taskId' | 'answerId'> {
  return { taskId, answerId };
}

function record(
  { request, files, found, status, limits }: RunContext,
  key: RunKey,
): Omit<Run, 'id' | 'at' | 'taskId' | 'answerId' | 'cached' | 'cancelled' | 'results'> {
  const { language, name, version } = found;
  const { kind, approximate } = status;
  return {
    codeHash: key.codeHash,
    casesHash: key.casesHash,
    cases: [...request.cases],
    files: [...files],
    toolchain: { language, name, version },
    sandbox: { kind, approximate },
    limits,
  };
}

/** The results, in the order of the cases. */
interface Results {
  readonly results: CaseResult[];
  /** Another run would give the same results. */
  readonly durable: boolean;
  /** A case needs something that is not installed on this machine. */
  readonly notInstalled: boolean;
}

/** Groups of cases whose compiled programs are held together for each answer. */
const groupsAtOnce = 4;

async function runCases(
  context: RunContext,
  options: RunOptions,
  queue: FairQueue,
  compiler: Compiler,
): Promise<Results> {
  const { request, files, toolchain } = context;
  const lane = {};
  let durable = true;
  let notInstalled = false;
  const problem = layoutProblem(files);
  const runnable = (testCase: Case): boolean =>
    problem === undefined && toolchain.kinds.includes(testCase.kind);
  function withoutRun(testCase: Case): CaseResult | undefined {
    if (isRejected(request.rejections)) return rejectedResult(testCase.id, request.rejections);
    if (problem !== undefined) return resultWithoutRun(testCase.id, 'error', problem);
    return runnable(testCase)
      ? undefined
      : resultWithoutRun(testCase.id, 'unsupported', unsupported(testCase, toolchain));
  }

  async function resultOf(testCase: Case, compiled: Compiled): Promise<CaseResult | undefined> {
    const ran = compiled.ok
      ? await queue.add(lane, () => runControlled(context, testCase, compiled.files, compiler))
      : notCompiled(testCase.id, compiled, context.limits);
    durable &&= ran?.durable ?? true;
    notInstalled ||= ran?.notInstalled ?? false;
    return ran?.result;
  }

  const results = new Map<Case, CaseResult>();
  const keep = (testCase: Case, result: CaseResult | undefined): void => {
    if (result === undefined) return;
    results.set(testCase, result);
    options.onResult?.(result);
  };

  /** Compiles the cases of a group once and runs them. The compiled program is kept only until then. */
  async function runGroup(cases: readonly Case[]): Promise<void> {
    const compiled = await queue.add(lane, () => compiler.compile(context, files, cases));
    await Promise.all(cases.map(async (testCase) => keep(testCase, await resultOf(testCase, compiled))));
  }

  const toRun: Case[] = [];
  for (const testCase of request.cases) {
    const result = withoutRun(testCase);
    if (result === undefined) toRun.push(testCase);
    else keep(testCase, result);
  }
  const groups = Map.groupBy(toRun, (testCase) => toolchain.compileGroup?.(testCase) ?? '');
  const held = createFairQueue(groupsAtOnce);
  await Promise.all([...groups.values()].map((cases) => held.add(lane, () => runGroup(cases))));
  return {
    results: request.cases.flatMap((testCase) => results.get(testCase) ?? []),
    durable,
    notInstalled,
  };
}

/** The result of a case whose answer did not compile; `undefined` if the compilation was cancelled. */
function notCompiled(
  caseId: string,
  compiled: Extract<Compiled, { ok: false }>,
  limits: FullLimits,
): RanCase | undefined {
  const { outcome } = compiled;
  if (outcome === undefined) {
    const notInstalled = compiled.notInstalled === true;
    const result = resultWithoutRun(caseId, compiled.verdict, compiled.reason);
    return { result, durable: !notInstalled, notInstalled };
  }
  if (outcome.end === 'cancelled') return undefined;
  const { reason, isMachineFault } = compileProblem(compiled, 'the answer');
  const { verdict } = isMachineFault
    ? ({ verdict: 'unsupported' } as const)
    : (limitVerdict(outcome, limits) ?? { verdict: 'error' });
  return { result: caseResult(caseId, outcome, { verdict, reason }), durable: outcome.end === 'exit' };
}

function isRejected(
  rejections: RunRequest['rejections'],
): rejections is readonly [Rejection, ...Rejection[]] {
  return rejections !== undefined && rejections.length > 0;
}

function unsupported(testCase: Case, toolchain: Toolchain): string {
  return `cases of kind "${testCase.kind}" cannot be run in ${toolchain.language}, only ${toolchain.kinds.join(', ')}`;
}
