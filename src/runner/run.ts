import { availableParallelism } from 'node:os';
import { v7 as uuid } from 'uuid';
import { codeHash, distinctFiles } from '../core/codeHash.ts';
import { tiebreakError } from '../core/errors.ts';
import type { Rejection } from '../core/extraction/types.ts';
import { contentHash } from '../core/hash.ts';
import { toolchainKey, type CaseResult, type Run } from '../core/run.ts';
import type { Case } from '../core/task.ts';
import { runCase } from './case.ts';
import { createCompiler, type Compiler } from './compiler.ts';
import { layoutProblem } from './layout.ts';
import type { Ground } from './ground.ts';
import { effectiveLimits } from './limits.ts';
import { createFairQueue, type FairQueue } from './queue.ts';
import type { RunCache, Runner, RunOptions, RunRequest } from './runner.ts';
import type { Sandbox } from './sandbox.ts';
import { timeAnswers } from './timing.ts';
import type { Compiled, Toolchain } from './toolchain.ts';
import type { Toolchains } from './toolchains.ts';
import { caseResult, limitReading, rejectedResult, resultWithoutRun } from './verdict.ts';

export interface RunnerParts {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  readonly cache?: RunCache;
  /** Whether the person trusts the workspace; asked before each run. */
  readonly trusted: () => boolean;
  readonly now?: () => Date;
  readonly newId?: () => string;
  /** Programs that run together, over all runs; one more than processors unless said: a sandbox being made mostly waits. */
  readonly atOnce?: number;
}

/** The runner of a process: one queue for all its runs, so that answers run side by side and the machine is not flooded. */
export function createRunner(parts: RunnerParts): Runner {
  const queue = createFairQueue(parts.atOnce ?? availableParallelism() + 1);
  const compiler = createCompiler();
  const stamp = (): Pick<Run, 'id' | 'at'> => ({
    id: parts.newId?.() ?? uuid(),
    at: (parts.now?.() ?? new Date()).toISOString(),
  });

  return {
    async run(request, options = {}) {
      const ground = await findGround(parts, request, options.signal);
      const key = keyOf(ground);
      const known = options.fresh === true ? undefined : await parts.cache?.cachedRun(key);
      if (known !== undefined) {
        known.results.forEach((result) => options.onResult?.(result));
        const run = { ...known, ...stamp(), ...whose(request), cached: true };
        // An answer whose code another one has: its own record, so that it is found among the task's runs.
        if (known.taskId !== run.taskId || known.answerId !== run.answerId) await parts.cache?.saveRun(run);
        return run;
      }
      const { results, durable } = await runCases(ground, options, queue, compiler);
      const run: Run = {
        ...stamp(),
        ...whose(request),
        ...record(ground, key),
        cached: false,
        cancelled: options.signal?.aborted === true,
        results,
      };
      // What the machine did to a run is not to be remembered as what the answer does.
      if (durable && !run.cancelled) await parts.cache?.saveRun(run);
      return run;
    },

    async time(request, options = {}) {
      const { testCase, answers, pairs: _pairs, ...shared } = request;
      const grounds = await Promise.all(
        answers.map((answer) =>
          findGround(parts, { ...shared, ...answer, cases: [testCase] }, options.signal),
        ),
      );
      const measured = await timeAnswers(grounds, request, { queue, compiler, ...options });
      return measured && { ...stamp(), taskId: request.taskId, ...measured };
    },
  };
}

function whose({ taskId, answerId }: RunRequest): Pick<Run, 'taskId' | 'answerId'> {
  return { taskId, answerId };
}

/** Finds toolchain and sandbox, or says what is missing. */
async function findGround(
  parts: RunnerParts,
  request: RunRequest,
  signal: AbortSignal | undefined,
): Promise<Ground> {
  if (!parts.trusted()) {
    throw tiebreakError('untrusted-workspace', {
      what: 'nothing is run in a workspace that is not trusted',
      mend: 'Trust the workspace (command "Workspaces: Manage Workspace Trust") and run again',
    });
  }
  const toolchain = parts.toolchains.toolchain(request.language);
  const status = await parts.sandbox.status();
  if (!status.usable) {
    throw tiebreakError('sandbox-missing', {
      what: `answers cannot be run safely: ${status.missing} is missing`,
      mend: status.mend,
    });
  }
  const found = await parts.toolchains.detect(request.language);
  if ('missing' in found) {
    throw tiebreakError('toolchain-missing', { what: `${found.missing} was not found`, mend: found.mend });
  }
  const files = distinctFiles(request.files);
  return {
    request,
    files,
    toolchain,
    found,
    sandbox: parts.sandbox,
    status,
    limits: effectiveLimits(request.limits),
    signal,
  };
}

/** What results depend on: equal keys, equal results. */
function keyOf({ request, files, found, status, limits }: Ground): Parameters<RunCache['cachedRun']>[0] {
  const { cases, entry, build, rejections } = request;
  return {
    codeHash: codeHash(files),
    casesHash: contentHash({
      cases,
      entry,
      build,
      limits,
      sandbox: status.kind,
      ...(rejections && { rejections }),
    }),
    toolchain: toolchainKey(found),
  };
}

function record(
  { request, files, found, status, limits }: Ground,
  key: { readonly codeHash: string; readonly casesHash: string },
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

/** The results in the order of the cases, and whether another run would give them again. */
interface Results {
  readonly results: CaseResult[];
  readonly durable: boolean;
}

async function runCases(
  ground: Ground,
  options: RunOptions,
  queue: FairQueue,
  compiler: Compiler,
): Promise<Results> {
  const { request, files, toolchain } = ground;
  const lane = {};
  let durable = true;
  const problem = layoutProblem(files);
  const runnable = (testCase: Case): boolean =>
    problem === undefined && toolchain.kinds.includes(testCase.kind);
  const groups = Map.groupBy(request.cases.filter(runnable), groupOf);
  const compiling = new Map<string, Promise<Compiled>>();

  function groupOf(testCase: Case): string {
    return toolchain.compileGroup?.(testCase) ?? '';
  }

  /** Compiles the cases of a group once, when the first of them comes. */
  function compiledFor(testCase: Case): Promise<Compiled> {
    const group = groupOf(testCase);
    const before = compiling.get(group);
    if (before !== undefined) return before;
    const compiled = queue.add(lane, () => compiler.compile(ground, files, groups.get(group) ?? []));
    compiling.set(group, compiled);
    return compiled;
  }

  async function resultOf(testCase: Case): Promise<CaseResult | undefined> {
    if (isRejected(request.rejections)) return rejectedResult(testCase.id, request.rejections);
    if (problem !== undefined) return resultWithoutRun(testCase.id, 'error', problem);
    if (!runnable(testCase))
      return resultWithoutRun(testCase.id, 'unsupported', unsupported(testCase, toolchain));
    const compiled = await compiledFor(testCase);
    if (compiled.ok) {
      const ran = await queue.add(lane, () => runCase(ground, testCase, compiled.files, compiler));
      durable &&= ran?.durable ?? true;
      return ran?.result;
    }
    if (compiled.outcome === undefined)
      return resultWithoutRun(testCase.id, compiled.verdict, compiled.reason);
    durable &&= compiled.outcome.end === 'exit';
    if (compiled.outcome.end === 'cancelled') return undefined;
    const reading = limitReading(compiled.outcome, ground.limits) ?? { verdict: 'error' };
    return caseResult(testCase.id, compiled.outcome, {
      ...reading,
      reason: `it does not compile: ${compiled.reason}`,
    });
  }

  const results = await Promise.all(
    request.cases.map(async (testCase) => {
      const result = await resultOf(testCase);
      if (result !== undefined) options.onResult?.(result);
      return result;
    }),
  );
  return { results: results.filter((result) => result !== undefined), durable };
}

function isRejected(
  rejections: RunRequest['rejections'],
): rejections is readonly [Rejection, ...Rejection[]] {
  return rejections !== undefined && rejections.length > 0;
}

function unsupported(testCase: Case, toolchain: Toolchain): string {
  return `cases of kind "${testCase.kind}" cannot be run in ${toolchain.language}, only ${toolchain.kinds.join(', ')}`;
}
