import type { Preference } from '../task/preference.ts';
import { wilson, type Proportion } from './wilson.ts';

/** One evaluator's verdicts on a pair and on the same pair with the sides swapped. */
export interface Repeat {
  readonly before: Preference;
  readonly after: Preference;
}

export interface FlipRate {
  /** Share of repeats with opposite winners, among repeats with a winner both times. */
  readonly flipped: Proportion;
  /** Share of all repeats with the same verdict (winner, tie or both bad; ignores the strength). */
  readonly kept: Proportion;
}

/** How consistent an evaluator is on hidden swapped duplicates. */
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
