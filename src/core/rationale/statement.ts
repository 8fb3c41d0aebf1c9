import type { Side } from '../task/side.ts';
import type { Sentence } from './sentences.ts';

/** What a rationale concludes about the two answers. */
export type Verdict =
  { readonly kind: 'better'; readonly side: Side } | { readonly kind: 'tie' } | { readonly kind: 'both-bad' };

/** A verdict with its place in the text. A weak verdict is about one aspect, part of a concession, or only implied. */
export interface Statement {
  readonly verdict: Verdict;
  readonly weak: boolean;
  /** Too uncertain to contradict a preference: conceded ("although …"), or stated without a word of preference. */
  readonly hint?: boolean;
  readonly sentence: Sentence;
  /** Offset of the word that states the verdict. */
  readonly start: number;
  readonly end: number;
}

/** A statement without its place in the text. */
export type Said = Pick<Statement, 'verdict' | 'weak' | 'hint'>;

export function other(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}
