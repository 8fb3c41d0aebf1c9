import { fitConditionalLogit } from './conditionalLogit.ts';
import { normalInterval, type Interval } from './interval.ts';
import type { Judged } from './judged.ts';
import { relativeDifference, standardised } from './style.ts';
import { wilson, type Proportion } from './wilson.ts';

/** How often longer answers win. */
export interface LengthBias {
  /** Share of reviews that prefer the longer answer, among reviews with a winner and answers of different length. */
  readonly longer: Proportion;
  /** β: the effect of one standard deviation of relative length on the log strength, clustered by task. */
  readonly beta: { readonly value: number; readonly interval: Interval } | undefined;
}

/** `lengthOf` gives an answer's length in characters, `undefined` if its task was removed. */
export function lengthBias(
  reviews: readonly Pick<Judged, 'taskId' | 'shown' | 'preference'>[],
  lengthOf: (taskId: string, answerId: string) => number | undefined,
): LengthBias {
  const pairs = pairsOf(reviews, lengthOf);
  const unequal = pairs.filter(({ lengths: [one, other] }) => one !== other);
  const longer = sum(unequal, ({ lengths: [one, other], chosen }) => chosen[one > other ? 0 : 1]);
  return { longer: wilson(longer, sum(unequal, timesOf)), beta: slope(pairs) };
}

/** A task's two answers: their lengths, and the number of reviews that prefer each. */
interface Pair {
  readonly taskId: string;
  readonly lengths: readonly [number, number];
  readonly chosen: [number, number];
}

/** Groups reviews by task, because all reviews of a task compare the same two answers, whatever the sides. */
function pairsOf(
  reviews: readonly Pick<Judged, 'taskId' | 'shown' | 'preference'>[],
  lengthOf: (taskId: string, answerId: string) => number | undefined,
): Pair[] {
  const pairs = new Map<string, Pair | undefined>();
  for (const { taskId, shown, preference } of reviews) {
    if (preference?.kind !== 'better' || shown.length !== 2) continue;
    const [left, right] = shown as [string, string];
    const [one, other] = left < right ? [left, right] : [right, left];
    const key = `${taskId}\n${one}\n${other}`;
    if (!pairs.has(key)) {
      const length = lengthOf(taskId, one);
      const otherLength = lengthOf(taskId, other);
      const isKnown = length !== undefined && otherLength !== undefined;
      pairs.set(key, isKnown ? { taskId, lengths: [length, otherLength], chosen: [0, 0] } : undefined);
    }
    const pair = pairs.get(key);
    if (pair !== undefined) pair.chosen[preference.winner === one ? 0 : 1] += 1;
  }
  return [...pairs.values()].filter((pair) => pair !== undefined);
}

function slope(pairs: readonly Pair[]): LengthBias['beta'] {
  const rows = standardised(
    pairs.map(({ lengths: [one, other] }) => [relativeDifference(one, other)]),
    pairs.map(timesOf),
  );
  const fit = fitConditionalLogit(
    pairs.map(({ taskId, chosen }, at) => ({ alternatives: [rows[at]!, [0]], chosen, cluster: taskId })),
    0,
  );
  if (fit === undefined) return undefined;
  const value = fit.weights[0]!;
  return { value, interval: normalInterval(value, Math.sqrt(fit.sandwichCovariance[0]![0]!)) };
}

function timesOf({ chosen: [one, other] }: Pair): number {
  return one + other;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
