import { codeHash } from '../core/codeHash.ts';
import { tiebreakError } from '../core/errors.ts';
import { jsonSchema } from '../core/json.ts';
import type { CaseResult, Time, TimedAnswer, Timing } from '../core/run.ts';
import type { Case } from '../core/task.ts';
import { medianEstimate } from '../core/timing.ts';
import { runCase, runOwnProgram } from './case.ts';
import type { Compiler } from './compiler.ts';
import type { Ground } from './ground.ts';
import { howItEnded } from './languages/shared.ts';
import { layoutProblem } from './layout.ts';
import type { FairQueue } from './queue.ts';
import type { TimingOptions, TimingRequest } from './runner.ts';
import { decodeOutput, displayText } from './text.ts';
import { rejectedResult, resultWithoutRun } from './verdict.ts';

const defaultPairs = 11;
const fewestPairs = 5;
/** How often the language's start is measured, and each answer at each size. */
const startRuns = 5;
const runsPerSize = 3;

interface Tools extends TimingOptions {
  readonly queue: FairQueue;
  readonly compiler: Compiler;
}

/** A case of which inputs of any size can be made. */
type GrowingCase = Extract<Case, { kind: 'call' | 'stdin' }>;

/** One answer on its ground, and what is known of its times. */
interface Contestant {
  readonly ground: Ground;
  readonly times: Time[];
  readonly points: { size: number; times: Time[] }[];
  problem: string | undefined;
  /** Why it is not run on larger inputs. */
  stop: string | undefined;
}

/**
 * Measures two answers on one case: each once to see that it passes and to warm the machine, then in turn. Where one does
 * not pass, no times are compared, and it is said. `undefined` when the signal fired.
 */
export async function timeAnswers(
  grounds: readonly Ground[],
  request: TimingRequest,
  tools: Tools,
): Promise<Omit<Timing, 'id' | 'at' | 'taskId'> | undefined> {
  try {
    return await measure(grounds, request, tools);
  } catch (error) {
    if (tools.signal?.aborted === true) return undefined;
    throw error;
  }
}

async function measure(
  grounds: readonly Ground[],
  { testCase, pairs = defaultPairs }: TimingRequest,
  tools: Tools,
): Promise<Omit<Timing, 'id' | 'at' | 'taskId'>> {
  if (!Number.isInteger(pairs) || pairs < fewestPairs) throw tooFewPairs(pairs);
  const clock = new Stopwatch(tools, stepsOf(testCase, pairs));
  const contestants = grounds.map((ground): Contestant => ({
    ground,
    times: [],
    points: [],
    problem: undefined,
    stop: undefined,
  }));
  for (const contestant of contestants) await warmUp(contestant, testCase, clock);
  const [{ ground }] = contestants as [Contestant];
  const sound = contestants.filter(({ problem }) => problem === undefined);
  const start = sound.length > 0 ? await startOf(ground, testCase, clock) : undefined;
  const rounds = sound.length === contestants.length ? pairs : 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) await addTime(contestant, testCase, clock);
  }
  if (isGrowing(testCase)) await grow(sound, testCase, clock);
  const { language, name, version } = ground.found;
  const { kind, approximate } = ground.status;
  return {
    case: testCase,
    answers: contestants.map(timedAnswer),
    ...(start !== undefined && { start }),
    toolchain: { language, name, version },
    sandbox: { kind, approximate },
    limits: ground.limits,
  };
}

function timedAnswer({ ground, times, points, problem, stop }: Contestant): TimedAnswer {
  return {
    answerId: ground.request.answerId,
    codeHash: codeHash(ground.files),
    times,
    ...(problem !== undefined && { problem }),
    ...((points.length > 0 || stop !== undefined) && {
      growth: { points, ...(stop !== undefined && { problem: stop }) },
    }),
  };
}

/** Runs one program at a time and counts them. */
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

  /** Runs a case alone; throws when the signal has fired. */
  async run(ground: Ground, testCase: Case): Promise<CaseResult> {
    const result = await this.#resultOf(ground, testCase);
    this.#tools.signal?.throwIfAborted();
    this.#done += 1;
    this.#tools.onProgress?.({ done: this.#done, total: this.#total });
    return result;
  }

  /** Does other work with nothing beside it. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const value = await this.#tools.queue.alone(work);
    this.#tools.signal?.throwIfAborted();
    return value;
  }

  async #resultOf(ground: Ground, testCase: Case): Promise<CaseResult> {
    const { toolchain, files, request } = ground;
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
    const compiled = await this.alone(() => this.compiler.compile(ground, files, [testCase]));
    if (!compiled.ok) return resultWithoutRun(id, 'error', `it does not compile: ${compiled.reason}`);
    const ran = await this.alone(() => runCase(ground, testCase, compiled.files, this.compiler));
    return ran!.result;
  }
}

async function warmUp(contestant: Contestant, testCase: Case, clock: Stopwatch): Promise<void> {
  const { verdict, reason } = await clock.run(contestant.ground, testCase);
  if (verdict === 'pass') return;
  contestant.problem = `it does not pass this case (${because(verdict, reason)}), so its time says nothing`;
}

async function addTime(contestant: Contestant, testCase: Case, clock: Stopwatch): Promise<void> {
  const result = await clock.run(contestant.ground, testCase);
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

/** The time of a program in the same language that gives back what it is given, or does next to nothing. */
async function startOf(ground: Ground, testCase: Case, clock: Stopwatch): Promise<Time | undefined> {
  const { toolchain, request } = ground;
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
    const result = await clock.run({ ...ground, request: own, files }, idle);
    if (result.verdict === 'pass') times.push(timeOf(result));
  }
  if (times.length < startRuns) return undefined;
  const middle = (of: keyof Time): number => medianEstimate(times.map((time) => time[of])).value;
  return { wallMs: middle('wallMs'), cpuMs: middle('cpuMs') };
}

function isGrowing(testCase: Case): testCase is GrowingCase {
  return (testCase.kind === 'call' || testCase.kind === 'stdin') && testCase.growth !== undefined;
}

/** Runs both on one size after the other; one that hits a limit is left behind. */
async function grow(
  contestants: readonly Contestant[],
  testCase: GrowingCase,
  clock: Stopwatch,
): Promise<void> {
  const [first] = contestants;
  if (first === undefined) return;
  for (const size of testCase.growth?.sizes ?? []) {
    const sized = await sizedCase(first.ground, testCase, size, clock);
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
  const result = await clock.run(contestant.ground, sized);
  // What it gives is not known to be right; that it gives something is enough.
  if (result.verdict === 'pass' || result.verdict === 'fail') {
    contestant.points.at(-1)!.times.push(timeOf(result));
    return;
  }
  contestant.points.pop();
  const where = `at n = ${size.toLocaleString('en')}`;
  contestant.stop = `stopped ${where}: ${because(result.verdict, result.reason)}`;
}

/** The case with the input that its generator makes of a size; or, as a clause, why there is none. */
async function sizedCase(
  ground: Ground,
  { growth, comparator: _comparator, ...testCase }: GrowingCase,
  size: number,
  clock: Stopwatch,
): Promise<Case | string> {
  const { source, where } = { source: growth!.generator, where: `at n = ${size.toLocaleString('en')}` };
  const made = await clock.alone(() =>
    runOwnProgram(ground, { source, input: `${size}\n`, testCase }, clock.compiler),
  );
  if (typeof made === 'string') return `the generator ${made} ${where}`;
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
    return jsonSchema.array().safeParse(JSON.parse(printed)).data;
  } catch {
    // The reason names what was printed.
    return undefined;
  }
}

/** How many runs there are to be, where nothing stops them. */
function stepsOf(testCase: Case, pairs: number): number {
  const start = testCase.kind === 'call' || testCase.kind === 'stdin' ? startRuns : 0;
  const sizes = isGrowing(testCase) ? (testCase.growth?.sizes.length ?? 0) : 0;
  return 2 + start + 2 * pairs + 2 * runsPerSize * sizes;
}

function tooFewPairs(pairs: number): Error {
  const what = `${pairs} pairs of runs tell nothing of two answers' times`;
  return tiebreakError('pairs-too-few', { what, mend: `Ask for ${fewestPairs} or more` });
}
