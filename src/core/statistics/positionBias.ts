import type { Judged } from './judged.ts';
import { wilson, type Proportion } from './wilson.ts';

/** How often the answer on side A wins. */
export interface PositionBias {
  /** Share of reviews that prefer the answer shown first, among reviews with a winner. */
  readonly first: Proportion;
  /** δ = logit P(first), in log strength; `undefined` if one side always won. */
  readonly delta: number | undefined;
  readonly standardError: number | undefined;
}

/**
 * Position bias for a random order: both sides are equally good on average, so P(first) should be 1/2. If the same models
 * meet on many tasks, `fitBradleyTerry` with `position` estimates δ together with their strengths.
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
