import type { Difference } from '../../core/differing/clusters.ts';
import { phaseOf, type Outcome, type OutcomePair } from '../../core/differing/outcome.ts';
import {
  generatorVersion,
  type Differences,
  type ShownOutcome,
  type Witness,
} from '../../core/differing/record.ts';
import { answerProgram } from '../../core/extraction/programFiles.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { Run } from '../../core/run/run.ts';
import type { Case, Limits, Task } from '../../core/task/task.ts';
import { contentHash } from '../../core/text/hash.ts';
import { caseOf, outcomeOf } from '../../runner/driver/caseDriver.ts';
import type { Drivers } from '../../runner/driver/drivers.ts';
import type { DrivenInput, Driver } from '../../runner/driver/driver.ts';
import { plainValue } from '../../runner/outcome/value.ts';
import { sameOutcome } from '../../runner/driver/sameOutcome.ts';
import type { Runner, RunRequest } from '../../runner/runner.ts';
import type { Toolchains } from '../../runner/toolchains/toolchains.ts';
import { runRequest, type RunProgram } from '../review/runRequest.ts';
import { Finder, foregroundBudget, runBoth, type Budget, type Progress } from './finder.ts';
import { searchOf, subjectOf, type Subject } from './subject.ts';

/** What a search for differences needs. */
export interface FinderServices {
  readonly runner: Runner;
  readonly drivers: Drivers;
}

/** The two answers of a task that are searched, as they run. */
export interface Compared {
  readonly task: Task;
  readonly programs: readonly [RunProgram, RunProgram];
}

export interface FindOptions {
  /** Default: 1. */
  readonly seed?: number;
  /** Tries no input outside of the bounds, apart from those of the task. */
  readonly staysWithinBounds?: boolean;
  /** Default: `foregroundBudget`. */
  readonly budget?: Partial<Budget>;
  readonly signal?: AbortSignal;
  /** Called after each batch of inputs. */
  readonly onProgress?: (progress: Progress) => void;
}

/** An input on which the answers differ. */
export interface FoundWitness {
  readonly difference: Difference<DrivenInput>;
  /** Runs the input; it expects nothing. */
  readonly case: Case;
}

/** The result of a search. */
export interface Found extends Omit<Differences, 'taskId' | 'witnesses'> {
  /** At most five, the best first. */
  readonly witnesses: readonly FoundWitness[];
  /** The confirming runs of both answers, in their order, with a case for each witness; empty without a witness. */
  readonly runs: readonly Run[];
}

/** Finds differences between two answers. */
export type DifferenceFinder = (compared: Compared, options: FindOptions) => Promise<Found>;

/** The limits of a confirming run; the driver's limits are tighter. A draft that holds the output is saved at every change. */
const confirmLimits: Limits = { cpuMs: 1000, wallMs: 10_000, outputBytes: 262_144 };

/**
 * Finds inputs on which two answers differ. Resolves when the budget is used up, enough was found, or the signal fired; then
 * with what was confirmed until then, and `cancelled`. The same seed, answers, cases and budget give the same witnesses, as
 * long as the machine is fast enough to try the same number of inputs.
 *
 * Rejects with a TiebreakError: `nothing-to-vary` (no case, test, example or common function says how to start the answers),
 * `not-runnable` (an answer does not compile), and those of `Runner.run`.
 */
export async function findDifferences(
  { runner, drivers }: FinderServices,
  { task, programs }: Compared,
  { seed = 1, staysWithinBounds = false, budget, signal, onProgress = () => undefined }: FindOptions = {},
): Promise<Found> {
  const started = performance.now();
  const wholeBudget = { ...foregroundBudget, ...budget };
  const [first, second] = programs.map((program) => runRequest(task, program, [])) as [
    RunRequest,
    RunRequest,
  ];
  const codes = [first, second].map(({ files }) => files.map(({ text }) => text).join('\n'));
  const subject = subjectOf(task, codes);
  if (subject === undefined) throw nothingToVary(task);
  const { sample } = subject;
  const open = async (request: RunRequest): Promise<Driver> => drivers.open(request, sample, signal);
  const [a, b] = await openBoth(open(first), open(second));
  try {
    const contest = { a, b, same: sameOutcome(subject.comparator) };
    const seeds = await validSeeds(contest, subject.seeds);
    const parts = searchOf(task, seeds, codes, seed);
    if (parts === undefined) throw nothingToVary(task);
    const finder = new Finder(contest, { ...parts, staysWithinBounds }, wholeBudget, onProgress);
    await finder.search();
    const confirmation = new Confirmation(runner, [first, second], subject, signal);
    const differences = await finder.witnesses((difference) => confirmation.run(difference));
    const pairs = finder.pairs + subject.seeds.length;
    const { firstMs } = finder;
    return {
      seed,
      generator: generatorVersion,
      budgetMs: wholeBudget.ms,
      pairs,
      ms: Math.round(performance.now() - started),
      ...(firstMs === undefined ? {} : { firstMs }),
      cancelled: signal?.aborted === true,
      ...confirmation.witnessesOf(differences),
    };
  } finally {
    a.close();
    b.close();
  }
}

/** The result as a line of `tiebreak differ`. */
export function differencesOf(taskId: string, { runs: _runs, witnesses, ...facts }: Found): Differences {
  return { taskId, ...facts, witnesses: witnesses.map(({ difference }) => witnessOf(difference)) };
}

/** The two answers of a task, each read by default. Throws `one-answer` if there is only one. */
export function programsOf(task: Task, toolchains: Toolchains): [RunProgram, RunProgram] {
  const { mainFile } = toolchains.toolchain(task.language);
  const [first, second] = task.answers.map((answer) => ({
    answerId: answer.id,
    ...answerProgram(task, answer, { mainFile }),
  }));
  if (first !== undefined && second !== undefined) return [first, second];
  throw tiebreakError('one-answer', {
    what: 'the task has only one answer',
    where: task.id,
    remedy: 'Choose a task with two answers',
  });
}

/** Closes the one that opened if the other did not. */
async function openBoth(first: Promise<Driver>, second: Promise<Driver>): Promise<[Driver, Driver]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  for (const each of [a, b]) if (each.status === 'fulfilled') each.value.close();
  throw a.status === 'rejected' ? a.reason : (b as PromiseRejectedResult).reason;
}

/** Runs both answers on differing inputs as the cases of the task run, and keeps the runs. */
class Confirmation {
  readonly #runner: Runner;
  readonly #requests: readonly [RunRequest, RunRequest];
  readonly #subject: Subject;
  readonly #signal: AbortSignal | undefined;
  readonly #runs = new Map<string, readonly [Run, Run]>();
  #count = 0;

  constructor(
    runner: Runner,
    requests: readonly [RunRequest, RunRequest],
    subject: Subject,
    signal: AbortSignal | undefined,
  ) {
    this.#runner = runner;
    this.#requests = requests;
    this.#subject = subject;
    this.#signal = signal;
  }

  /** The outcomes; `undefined` if the search was cancelled. */
  async run({ input }: Difference<DrivenInput>): Promise<OutcomePair | undefined> {
    const { sample } = this.#subject;
    this.#count += 1;
    const testCase = this.#caseOf(input, this.#count);
    const signal = this.#signal;
    const options = { unrecorded: true, ...(signal === undefined ? {} : { signal }) };
    const runs = (await Promise.all(
      this.#requests.map((request) => this.#runner.run({ ...request, cases: [testCase] }, options)),
    )) as [Run, Run];
    const [ofA, ofB] = runs.map(({ results }) => results[0]);
    if (ofA === undefined || ofB === undefined) return undefined;
    this.#runs.set(JSON.stringify(input), runs);
    return { a: outcomeOf(sample, ofA), b: outcomeOf(sample, ofB) };
  }

  /** The confirmed differences with their cases, and their runs joined into one run of each answer. */
  witnessesOf(differences: readonly Difference<DrivenInput>[]): Pick<Found, 'witnesses' | 'runs'> {
    const runs = differences.map(({ input }) => this.#runs.get(JSON.stringify(input))!);
    const witnesses = differences.map((difference, index) => ({
      difference,
      case: runs[index]![0].cases[0]!,
    }));
    return {
      witnesses,
      runs: runs.length === 0 ? [] : [joined(runs.map(([a]) => a)), joined(runs.map(([, b]) => b))],
    };
  }

  #caseOf(input: DrivenInput, number: number): Case {
    const { sample, comparator } = this.#subject;
    const testCase = caseOf(sample, input, `difference-${number}`, confirmLimits);
    // A checker needs an expected output.
    return comparator === undefined || comparator.kind === 'checker'
      ? testCase
      : ({ ...testCase, comparator } as Case);
  }
}

/** Runs of one program on one case each, as one run of all cases. */
function joined(runs: readonly Run[]): Run {
  return {
    ...runs[0]!,
    casesHash: contentHash(runs.map(({ casesHash }) => casesHash)),
    cases: runs.flatMap(({ cases }) => cases),
    results: runs.flatMap(({ results }) => results),
  };
}

function nothingToVary(task: Task) {
  return tiebreakError('nothing-to-vary', {
    what: 'the task has no input that could be varied',
    where: task.id,
    remedy: 'Add a case of the kind "call" or "stdin", or name the function in "entry"',
  });
}

/** The seeds on which at least one answer finishes; all seeds if neither answer finishes on any. */
async function validSeeds(
  contest: { a: Driver; b: Driver },
  seeds: readonly DrivenInput[],
): Promise<readonly DrivenInput[]> {
  const pairs = await runBoth(contest, seeds);
  const valid = seeds.filter((_, index) => {
    const pair = pairs[index];
    return pair !== undefined && (phaseOf(pair.a) === 'done' || phaseOf(pair.b) === 'done');
  });
  return valid.length === 0 ? seeds : valid;
}

function witnessOf({
  class: kind,
  input,
  outcomes: { a, b },
  withinBounds,
}: Difference<DrivenInput>): Witness {
  const given = typeof input === 'string' ? { input } : { args: [...input] };
  return { class: kind, ...given, a: shownOutcome(a), b: shownOutcome(b), withinBounds };
}

function shownOutcome(outcome: Outcome): ShownOutcome {
  switch (outcome.kind) {
    case 'value':
      return { value: plainValue(outcome.value) };
    case 'text':
      return { output: outcome.text };
    case 'long':
      return { start: outcome.head, size: outcome.size };
    case 'crash':
      return { error: outcome.message === '' ? outcome.error : outcome.message };
    case 'limit':
      return { limit: outcome.limit };
    case 'unknown':
      return { error: outcome.reason };
  }
}
