import type { Side } from '../preference.ts';
import type { Sentence } from './sentences.ts';

/** What a rationale says of the two answers. */
export type Verdict =
  { readonly kind: 'better'; readonly side: Side } | { readonly kind: 'tie' } | { readonly kind: 'both-bad' };

/** A verdict where it is said. A weak one speaks of one aspect, stands in a concession, or only implies. */
export interface Statement {
  readonly verdict: Verdict;
  readonly weak: boolean;
  /** Too little to hold against a preference: given away ("although …"), or said by no word of preference. */
  readonly hint?: boolean;
  readonly sentence: Sentence;
  /** Where the word stands that says it. */
  readonly start: number;
  readonly end: number;
}

/** A statement before it has a place. */
export type Said = Pick<Statement, 'verdict' | 'weak' | 'hint'>;

export function other(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}
