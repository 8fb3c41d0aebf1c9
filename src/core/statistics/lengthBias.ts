import { fitConditionalLogit } from './conditionalLogit.ts';
import { normalInterval, type Interval } from './interval.ts';
import type { Judged } from './judged.ts';
import { relativeDifference, standardised } from './style.ts';
import { wilson, type Proportion } from './wilson.ts';

/** How longer answers fare. */
export interface LengthBias {
  /** Of the reviews that name a winner between answers of different length, those that name the longer one. */
  readonly longer: Proportion;
  /** β: what one standard deviation of relative length adds to a log strength, clustered by task. */
  readonly beta: { readonly value: number; readonly interval: Interval } | undefined;
}

/** `lengthOf` gives an answer's length in characters, `undefined` where its task is gone. */
export function lengthBias(
  reviews: readonly Pick<Judged, 'taskId' | 'shown' | 'preference'>[],
  lengthOf: (taskId: string, answerId: string) => number | undefined,
): LengthBias {
  const pairs = pairsOf(reviews, lengthOf);
  const unequal = pairs.filter(({ lengths: [one, other] }) => one !== other);
  const longer = sum(unequal, ({ lengths: [one, other], chosen }) => chosen[one > other ? 0 : 1]);
  return { longer: wilson(longer, sum(unequal, timesOf)), beta: slope(pairs) };
}

/** A task's two answers: how long they are, and how many reviews name each as the winner. */
interface Pair {
  readonly taskId: string;
  readonly lengths: readonly [number, number];
  readonly chosen: [number, number];
}

/** By task, since all that judge one have chosen between the same: which side an answer was on does not matter. */
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
