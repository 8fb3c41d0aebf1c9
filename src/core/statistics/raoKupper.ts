/** Two items under Rao and Kupper's model of ties: P(i beats j) = πᵢ / (πᵢ + κπⱼ). */
export interface RaoKupper {
  /** 1 without ties; grows with the share of ties. */
  readonly threshold: number;
  /** πᵢ / πⱼ. */
  readonly ratio: number;
}

/**
 * The exact fit to one pair: with w and l the shares of wins and losses, ratio/κ = w/(1 − w) and
 * 1/(κ·ratio) = l/(1 − l). `undefined` if one of the two never won. Source: P. V. Rao and L. L. Kupper, Ties in
 * paired-comparison experiments, JASA 62 (1967), 194–204.
 */
export function raoKupperPair(wins: number, losses: number, ties: number): RaoKupper | undefined {
  if (wins === 0 || losses === 0) return undefined;
  const forOne = wins / (losses + ties);
  const forOther = losses / (wins + ties);
  return { threshold: 1 / Math.sqrt(forOne * forOther), ratio: Math.sqrt(forOne / forOther) };
}
