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
import type { Limits, Task } from '../../core/task/task.ts';
import { caseOf, outcomeOf } from '../../runner/driver/caseDriver.ts';
import type { Drivers } from '../../runner/driver/drivers.ts';
import type { DrivenInput, Driver } from '../../runner/driver/driver.ts';
import { plainValue } from '../../runner/outcome/value.ts';
import { sameOutcome } from '../../runner/driver/sameOutcome.ts';
import type { Runner, RunRequest } from '../../runner/runner.ts';
import type { Toolchains } from '../../runner/toolchains/toolchains.ts';
import { runRequest } from '../review/runRequest.ts';
import { Finder, foregroundBudget, runBoth, type Budget, type Progress } from './finder.ts';
import { searchOf, subjectOf } from './subject.ts';

/** What a search for differences needs. */
export interface FinderServices {
  readonly runner: Runner;
  readonly drivers: Drivers;
  readonly toolchains: Toolchains;
}

export interface FindOptions {
  /** Default: 1. */
  readonly seed?: number;
  /** Default: `foregroundBudget`. */
  readonly budget?: Partial<Budget>;
  readonly signal?: AbortSignal;
  /** Called after each batch of inputs. */
  readonly onProgress?: (progress: Progress) => void;
}

/** The limits of a confirming run; the driver's limits are tighter. */
const confirmLimits: Limits = { cpuMs: 1000, wallMs: 10_000 };

/**
 * Finds inputs on which the two answers of a task differ. Resolves when the budget is used up, enough was found, or the
 * signal fired; then with what was confirmed until then, and `cancelled`. The same seed, answers and budget give the same
 * witnesses, as long as the machine is fast enough to try the same number of inputs.
 *
 * Rejects with a TiebreakError: `nothing-to-vary` (no case, test, example or common function says how to start the answers), `one-answer`,
 * `not-runnable` (an answer does not compile), and those of `Runner.run`.
 */
export async function findDifferences(
  services: FinderServices,
  task: Task,
  { seed = 1, budget, signal, onProgress = () => undefined }: FindOptions = {},
): Promise<Differences> {
  const started = performance.now();
  const wholeBudget = { ...foregroundBudget, ...budget };
  const [first, second] = requestsOf(task, services);
  const codes = [first, second].map(({ files }) => files.map(({ text }) => text).join('\n'));
  const subject = subjectOf(task, codes);
  if (subject === undefined) throw nothingToVary(task);
  const open = async (request: RunRequest): Promise<Driver> =>
    services.drivers.open(request, subject.sample, signal);
  const [a, b] = await Promise.all([open(first), open(second)]);
  try {
    const contest = { a, b, same: sameOutcome(subject.comparator) };
    const seeds = await validSeeds(contest, subject.seeds);
    const parts = searchOf(task, seeds, codes, seed);
    if (parts === undefined) throw nothingToVary(task);
    const finder = new Finder(contest, parts, wholeBudget, onProgress);
    await finder.search();
    const confirm = (difference: Difference<DrivenInput>) => inFreshSandbox(difference);
    const witnesses = await finder.witnesses(confirm);
    const pairs = finder.pairs + subject.seeds.length;
    const { firstMs } = finder;
    return {
      taskId: task.id,
      seed,
      generator: generatorVersion,
      budgetMs: wholeBudget.ms,
      pairs,
      ms: Math.round(performance.now() - started),
      ...(firstMs === undefined ? {} : { firstMs }),
      cancelled: signal?.aborted === true,
      witnesses: witnesses.map(witnessOf),
    };
  } finally {
    a.close();
    b.close();
  }

  /** Runs both answers on an input as the cases of the task run. */
  async function inFreshSandbox({ input }: Difference<DrivenInput>): Promise<OutcomePair | undefined> {
    const { sample } = subject!;
    const testCase = caseOf(sample, input, 'difference', confirmLimits);
    const options = { unrecorded: true, ...(signal === undefined ? {} : { signal }) };
    const [ofA, ofB] = await Promise.all(
      [first, second].map((request) => services.runner.run({ ...request, cases: [testCase] }, options)),
    );
    const [resultA, resultB] = [ofA?.results[0], ofB?.results[0]];
    if (resultA === undefined || resultB === undefined) return undefined;
    return { a: outcomeOf(sample, resultA), b: outcomeOf(sample, resultB) };
  }
}

function nothingToVary(task: Task) {
  return tiebreakError('nothing-to-vary', {
    what: 'the task has no input that could be varied',
    where: task.id,
    remedy: 'Add a case of the kind "call" or "stdin", or name the function in "entry"',
  });
}

function requestsOf(task: Task, { toolchains }: FinderServices): [RunRequest, RunRequest] {
  const { mainFile } = toolchains.toolchain(task.language);
  const requests = task.answers.map((answer) =>
    runRequest(task, { answerId: answer.id, ...answerProgram(task, answer, { mainFile }) }, []),
  );
  const [first, second] = requests;
  if (first !== undefined && second !== undefined) return [first, second];
  throw tiebreakError('one-answer', {
    what: 'the task has only one answer',
    where: task.id,
    remedy: 'Choose a task with two answers',
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
