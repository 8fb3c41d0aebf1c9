import type { Preference } from '../preference.ts';
import { wilson, type Proportion } from './wilson.ts';

/** What one evaluator said of a pair and of the same pair with the sides swapped. */
export interface Repeat {
  readonly before: Preference;
  readonly after: Preference;
}

export interface FlipRate {
  /** The winner became the loser, of the repeats that name a winner both times. */
  readonly flipped: Proportion;
  /** The same was said (winner, tie or both bad; the strength aside), of all repeats. */
  readonly kept: Proportion;
}

/** How steady an evaluator is on hidden swapped duplicates. */
export function flipRate(repeats: readonly Repeat[]): FlipRate {
  const decided = repeats.filter(({ before, after }) => before.kind === 'better' && after.kind === 'better');
  const isKept = ({ before, after }: Repeat): boolean => verdictOf(before) === verdictOf(after);
  return {
    flipped: wilson(decided.filter((repeat) => !isKept(repeat)).length, decided.length),
    kept: wilson(repeats.filter(isKept).length, repeats.length),
  };
}

function verdictOf(preference: Preference): string {
  return preference.kind === 'better' ? `better ${preference.winner}` : preference.kind;
}
