import type { Judged } from './judged.ts';
import { wilson, type Proportion } from './wilson.ts';

/** How the answer on side A fares. */
export interface PositionBias {
  /** Of the reviews that name a winner, those that name the answer shown first. */
  readonly first: Proportion;
  /** δ = logit P(first), in log strength; `undefined` where one side always won. */
  readonly delta: number | undefined;
  readonly standardError: number | undefined;
}

/**
 * Position bias where order is random, so that both sides are as good on average: then P(first) should be a half.
 * Where the same models meet on many tasks, `fitBradleyTerry` with `position` tells δ beside their strengths.
 */
export function positionBias(reviews: readonly Pick<Judged, 'shown' | 'preference'>[]): PositionBias {
  const winners = reviews.flatMap(({ shown, preference }) =>
    preference?.kind === 'better' && shown.length === 2 ? [preference.winner === shown[0]] : [],
  );
  const first = winners.filter(Boolean).length;
  const second = winners.length - first;
  const isOneSided = first === 0 || second === 0;
  return {
    first: wilson(first, winners.length),
    delta: isOneSided ? undefined : Math.log(first / second),
    standardError: isOneSided ? undefined : Math.sqrt(1 / first + 1 / second),
  };
}
