import { argillaRecord, labelStudioTask } from './labelling.ts';
import { listedAnswers } from './listedAnswers.ts';
import { isMembers, type Members } from './members.ts';
import { namedPair } from './namedPair.ts';
import { arenaPair, bigCodeRewardPair, helpSteer3Pair, openaiPair, singleAnswer, trlPair } from './pairs.ts';
import { codeContestsProblem, judgeProblem, liveCodeBenchProblem } from './problems/judge.ts';
import { bigCodeBenchProblem, humanEvalProblem, mbppProblem } from './problems/tested.ts';
import type { ReadTools, Shape } from './shape.ts';

/** Every supported shape of other programs, the strictest first: a problem with tests must not be read as a plain pair. */
const shapes: readonly Shape[] = [
  bigCodeBenchProblem,
  humanEvalProblem,
  mbppProblem,
  liveCodeBenchProblem,
  codeContestsProblem,
  judgeProblem,
  labelStudioTask,
  argillaRecord,
  openaiPair,
  helpSteer3Pair,
  bigCodeRewardPair,
  arenaPair,
  trlPair,
  namedPair,
  listedAnswers,
  singleAnswer,
];

/** A record of another program as a task, not yet checked. */
export interface ForeignTask {
  readonly task: Members;
  /** Names of the record's members that the task does not keep. */
  readonly notKept: readonly string[];
}

/**
 * A record of another program as a task: pairs of TRL, OpenAI, HelpSteer3, BigCodeReward, the arenas, Label Studio,
 * Argilla and their kin, and problems of HumanEval, MBPP, BigCodeBench, LiveCodeBench, CodeContests and APPS. `undefined`
 * for anything else. The other program's verdict on a pair goes to `source`, which is never shown before a review is
 * submitted.
 */
export function foreignTask(value: unknown, tools: ReadTools = {}): ForeignTask | undefined {
  // Only Tiebreak's own tasks have a member named `answers`.
  if (!isMembers(value) || Object.hasOwn(value, 'answers')) return undefined;
  for (const { read } of shapes) {
    const watched = watch(value);
    const task = read(watched.record, tools);
    if (task !== undefined) return { task, notKept: namesLeft(value, watched.seen) };
  }
  return undefined;
}

/** The shape most similar to a record, and the members that the record lacks. */
export function nearestShape(
  value: unknown,
): { readonly title: string; readonly missing: readonly string[] } | undefined {
  if (!isMembers(value)) return undefined;
  const isThere = (names: readonly string[]): boolean =>
    names.some((name) => value[name] !== undefined && value[name] !== null);
  // Nearly every record has a prompt, so a prompt is weak evidence for a shape.
  const weight = (names: readonly string[]): number => (names.includes('prompt') ? 0.25 : 1);
  const sum = (needs: readonly (readonly string[])[]): number =>
    needs.reduce((total, names) => total + weight(names), 0);
  const rated = shapes.map(({ title, needs }) => {
    const missing = needs.filter((names) => !isThere(names));
    return { title, missing: missing.map(([name]) => name!), share: 1 - sum(missing) / sum(needs) };
  });
  return rated.filter(({ share }) => share >= 0.5).toSorted((one, other) => other.share - one.share)[0];
}

/** Wraps a record to track which of its members were read. */
function watch(value: Members): { record: Members; seen: ReadonlySet<string> } {
  const seen = new Set<string>();
  const record = new Proxy(value, {
    get(target, name): unknown {
      if (typeof name === 'string') seen.add(name);
      return Reflect.get(target, name);
    },
  });
  return { record, seen };
}

/** Names of the non-empty members that were not read. */
function namesLeft(value: Members, seen: ReadonlySet<string>): string[] {
  return Object.keys(value).filter((name) => !seen.has(name) && !isEmpty(value[name]));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMembers(value) && Object.keys(value).length === 0;
}
