import { codeHash } from '../core/task/codeHash.ts';
import { tiebreakError } from '../core/errors.ts';
import { parseJson } from '../core/text/exactNumber.ts';
import { jsonSchema } from '../core/text/jsonSchema.ts';
import type { CaseResult, Time, TimedAnswer, Timing } from '../core/run/run.ts';
import type { Case } from '../core/task/task.ts';
import { medianEstimate } from '../core/run/timing.ts';
import { runCase, runOwnProgram } from './case.ts';
import { compileProblem, type Compiler } from './compiler.ts';
import type { RunContext } from './runContext.ts';
import { howItEnded } from './languages/shared/shared.ts';
import { layoutProblem } from './layout.ts';
import type { FairQueue } from './queue.ts';
import type { TimingOptions, TimingRequest } from './runner.ts';
import { decodeOutput, displayText } from './outcome/text.ts';
import { rejectedResult, resultWithoutRun } from './outcome/verdict.ts';

const defaultPairs = 11;
const fewestPairs = 5;
/** The number of runs that measure the start time of the language. */
const startRuns = 5;
const runsPerSize = 3;

interface Tools extends TimingOptions {
  readonly queue: FairQueue;
  readonly compiler: Compiler;
}

/** A case that can have a generator, which makes inputs of any size. */
type GrowingCase = Extract<Case, { kind: 'call' | 'stdin' }>;

/** One answer with the context that it runs in, and its times so far. */
interface Contestant {
  readonly context: RunContext;
  readonly times: Time[];
  readonly points: { size: number; times: Time[] }[];
  problem: string | undefined;
  /** Why the answer does not run on larger inputs. */
  stop: string | undefined;
}

/**
 * Measures two answers on one case. First runs each once, to check that it passes and to warm up the machine,
 * then runs them in turn. If an answer does not pass, reports the problem and does not compare times.
 * `undefined` if the signal fired.
 */
export async function timeAnswers(
  contexts: readonly RunContext[],
  request: TimingRequest,
  tools: Tools,
): Promise<Omit<Timing, 'id' | 'at' | 'taskId'> | undefined> {
  try {
    return await measure(contexts, request, tools);
  } catch (error) {
    if (tools.signal?.aborted === true) return undefined;
    throw error;
  }
}

async function measure(
  contexts: readonly RunContext[],
  { testCase, pairs = defaultPairs }: TimingRequest,
  tools: Tools,
): Promise<Omit<Timing, 'id' | 'at' | 'taskId'>> {
  if (!Number.isInteger(pairs) || pairs < fewestPairs) throw tooFewPairs(pairs);
  const clock = new Stopwatch(tools, stepsOf(testCase, pairs));
  const contestants = contexts.map((context): Contestant => ({
    context,
    times: [],
    points: [],
    problem: undefined,
    stop: undefined,
  }));
  for (const contestant of contestants) await warmUp(contestant, testCase, clock);
  const [{ context }] = contestants as [Contestant];
  const sound = contestants.filter(({ problem }) => problem === undefined);
  const start = sound.length > 0 ? await startOf(context, testCase, clock) : undefined;
  const rounds = sound.length === contestants.length ? pairs : 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) await addTime(contestant, testCase, clock);
  }
  if (isGrowing(testCase)) await grow(sound, testCase, clock);
  const { language, name, version } = context.found;
  const { kind, approximate } = context.status;
  return {
    case: testCase,
    answers: contestants.map(timedAnswer),
    ...(start !== undefined && { start }),
    toolchain: { language, name, version },
    sandbox: { kind, approximate },
    limits: context.limits,
  };
}

function timedAnswer({ context, times, points, problem, stop }: Contestant): TimedAnswer {
  return {
    answerId: context.request.answerId,
    codeHash: codeHash(context.files),
    times,
    ...(problem !== undefined && { problem }),
    ...((points.length > 0 || stop !== undefined) && {
      growth: { points, ...(stop !== undefined && { problem: stop }) },
    }),
  };
}

/** Runs one program at a time and counts the runs. */
class Stopwatch {
  readonly #tools: Tools;
  readonly #total: number;
  #done = 0;

  constructor(tools: Tools, total: number) {
    this.#tools = tools;
    this.#total = total;
  }

  get compiler(): Compiler {
    return this.#tools.compiler;
  }

  /** Runs a case while nothing else runs; throws if the signal has fired. */
  async run(context: RunContext, testCase: Case): Promise<CaseResult> {
    const result = await this.#resultOf(context, testCase);
    this.#tools.signal?.throwIfAborted();
    this.#done += 1;
    this.#tools.onProgress?.({ done: this.#done, total: this.#total });
    return result;
  }

  /** Does other work while nothing else runs. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const value = await this.#tools.queue.alone(work);
    this.#tools.signal?.throwIfAborted();
    return value;
  }

  async #resultOf(context: RunContext, testCase: Case): Promise<CaseResult> {
    const { toolchain, files, request } = context;
    const { id, kind } = testCase;
    const [first, ...others] = request.rejections ?? [];
    if (first !== undefined) return rejectedResult(id, [first, ...others]);
    const problem = layoutProblem(files);
    if (problem !== undefined) return resultWithoutRun(id, 'error', problem);
    if (!toolchain.kinds.includes(kind))
      return resultWithoutRun(
        id,
        'unsupported',
        `cases of kind "${kind}" cannot be run in ${toolchain.language}`,
      );
    const compiled = await this.alone(() => this.compiler.compile(context, files, [testCase]));
    if (!compiled.ok) {
      const { reason, isMachineFault } = compileProblem(compiled, 'the answer');
      return resultWithoutRun(id, isMachineFault ? 'unsupported' : 'error', reason);
    }
    const ran = await this.alone(() => runCase(context, testCase, compiled.files, this.compiler));
    return ran!.result;
  }
}

async function warmUp(contestant: Contestant, testCase: Case, clock: Stopwatch): Promise<void> {
  const { verdict, reason } = await clock.run(contestant.context, testCase);
  if (verdict === 'pass') return;
  contestant.problem = `it does not pass this case (${because(verdict, reason)}), so its times are not compared`;
}

async function addTime(contestant: Contestant, testCase: Case, clock: Stopwatch): Promise<void> {
  const result = await clock.run(contestant.context, testCase);
  contestant.times.push(timeOf(result));
  if (result.verdict === 'pass') return;
  contestant.problem = `it does not always pass this case (${because(result.verdict, result.reason)})`;
}

function because(verdict: string, reason: string | undefined): string {
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
}

function timeOf({ wallMs, cpuMs }: CaseResult): Time {
  return { wallMs, cpuMs };
}

/** The time of a program in the same language that only returns its input or does next to nothing. */
async function startOf(context: RunContext, testCase: Case, clock: Stopwatch): Promise<Time | undefined> {
  const { toolchain, request } = context;
  const { hello, same, value = null } = toolchain.selfTest;
  const base = { id: testCase.id, origin: testCase.origin };
  const idle: Case | undefined =
    testCase.kind === 'call'
      ? { ...base, kind: 'call', function: 'same', args: [value] }
      : testCase.kind === 'stdin'
        ? { ...base, kind: 'stdin', input: '', output: 'hello\n' }
        : undefined;
  if (idle === undefined) return undefined;
  const text = idle.kind === 'call' ? same : hello;
  const { entry: _entry, build: _build, rejections: _rejections, ...own } = request;
  const files = [{ path: toolchain.mainFile, text }];
  const times: Time[] = [];
  for (let run = 0; run < startRuns; run += 1) {
    const result = await clock.run({ ...context, request: own, files }, idle);
    if (result.verdict === 'pass') times.push(timeOf(result));
  }
  if (times.length < startRuns) return undefined;
  const middle = (of: keyof Time): number => medianEstimate(times.map((time) => time[of])).value;
  return { wallMs: middle('wallMs'), cpuMs: middle('cpuMs') };
}

function isGrowing(testCase: Case): testCase is GrowingCase {
  return (testCase.kind === 'call' || testCase.kind === 'stdin') && testCase.growth !== undefined;
}

/**
 * Runs the answers on one size, one after the other. An answer that hits a limit does not run on larger
 * sizes.
 */
async function grow(
  contestants: readonly Contestant[],
  testCase: GrowingCase,
  clock: Stopwatch,
): Promise<void> {
  const [first] = contestants;
  if (first === undefined) return;
  for (const size of testCase.growth?.sizes ?? []) {
    const sized = await sizedCase(first.context, testCase, size, clock);
    for (const contestant of contestants) {
      if (typeof sized === 'string') contestant.stop ??= sized;
      else if (contestant.stop === undefined) contestant.points.push({ size, times: [] });
    }
    if (typeof sized === 'string') return;
    for (let run = 0; run < runsPerSize; run += 1) {
      for (const contestant of contestants) await addPoint(contestant, size, sized, clock);
    }
  }
}

async function addPoint(contestant: Contestant, size: number, sized: Case, clock: Stopwatch): Promise<void> {
  if (contestant.stop !== undefined) return;
  const result = await clock.run(contestant.context, sized);
  // Generated inputs have no expected output, so any output counts.
  if (result.verdict === 'pass' || result.verdict === 'fail') {
    contestant.points.at(-1)!.times.push(timeOf(result));
    return;
  }
  contestant.points.pop();
  const where = `at n = ${size.toLocaleString('en')}`;
  contestant.stop = `stopped ${where}: ${because(result.verdict, result.reason)}`;
}

/**
 * The case with the input that its generator makes for a size. If the generator gave no input, a clause that
 * says why.
 */
async function sizedCase(
  context: RunContext,
  { growth, comparator: _comparator, ...testCase }: GrowingCase,
  size: number,
  clock: Stopwatch,
): Promise<Case | string> {
  const { source, where } = { source: growth!.generator, where: `at n = ${size.toLocaleString('en')}` };
  const made = await clock.alone(() =>
    runOwnProgram(context, { what: 'the generator', source, input: `${size}\n`, testCase }, clock.compiler),
  );
  if ('problem' in made) return `${made.problem} ${where}`;
  if (made.exit !== 0) return `the generator failed ${where}: ${howItEnded(made)}`;
  const printed = decodeOutput(made.stdout);
  if (testCase.kind === 'stdin') return { ...testCase, input: printed, output: '' };
  const { expected: _expected, throws: _throws, ...call } = testCase;
  const args = argumentsIn(printed);
  return args === undefined
    ? `the generator printed no JSON list of arguments ${where}: ${displayText(printed.slice(0, 60))}`
    : { ...call, args };
}

function argumentsIn(printed: string): Extract<Case, { kind: 'call' }>['args'] | undefined {
  try {
    return jsonSchema.array().safeParse(parseJson(printed)).data;
  } catch {
    // The caller's message quotes the output.
    return undefined;
  }
}

/** The total number of runs, if nothing stops them early. */
function stepsOf(testCase: Case, pairs: number): number {
  const start = testCase.kind === 'call' || testCase.kind === 'stdin' ? startRuns : 0;
  const sizes = isGrowing(testCase) ? (testCase.growth?.sizes.length ?? 0) : 0;
  return 2 + start + 2 * pairs + 2 * runsPerSize * sizes;
}

function tooFewPairs(pairs: number): Error {
  const what = `at least ${fewestPairs} pairs of runs are needed to compare times, and ${pairs} were asked for`;
  return tiebreakError('pairs-too-few', { what, remedy: `Ask for ${fewestPairs} or more` });
}
