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
  const choices = reviews.flatMap(({ taskId, shown, preference }) => {
    const lengths = shown.map((answerId) => lengthOf(taskId, answerId));
    if (preference?.kind !== 'better' || lengths.length !== 2 || lengths.includes(undefined)) return [];
    const isFirst = preference.winner === shown[0];
    return [{ taskId, isFirst, one: lengths[0]!, other: lengths[1]! }];
  });
  const unequal = choices.filter(({ one, other }) => one !== other);
  const longer = unequal.filter(({ isFirst, one, other }) => isFirst === one > other).length;
  return { longer: wilson(longer, unequal.length), beta: slope(choices) };
}

function slope(
  choices: readonly { taskId: string; isFirst: boolean; one: number; other: number }[],
): LengthBias['beta'] {
  const rows = standardised(choices.map(({ one, other }) => [relativeDifference(one, other)]));
  const fit = fitConditionalLogit(
    choices.map(({ taskId, isFirst }, at) => ({
      alternatives: [rows[at]!, [0]],
      chosen: isFirst ? [1, 0] : [0, 1],
      cluster: taskId,
    })),
    0,
  );
  if (fit === undefined) return undefined;
  const value = fit.weights[0]!;
  return { value, interval: normalInterval(value, Math.sqrt(fit.sandwichCovariance[0]![0]!)) };
}
