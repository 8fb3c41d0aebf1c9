import type { Anchor } from './anchors.ts';
import type { RationaleContext } from './context.ts';
import type { Sentence } from './sentences.ts';
import type { Token } from './tokens.ts';
import type { Statement } from './statement.ts';

/** E blocks submitting unless it is overridden in writing, W warns, I informs. */
export type FindingSeverity = 'E' | 'W' | 'I';

/** A change of the rationale; edits do not overlap and their offsets are those of the text as it is. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/**
 * What mends a finding other than an edit of the text: the cases are to be run, the preference or the scores changed, a
 * case added that shows what the text says, or the lines cited that are selected in the code.
 */
export const findingActions = ['run', 'preference', 'scores', 'case', 'cite'] as const;
export type FindingAction = (typeof findingActions)[number];

/** What one rule says of a place. Offsets in the rationale, UTF-16 code units. */
export interface Finding {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: Fix;
  readonly action?: FindingAction;
}

/** A sentence with what is quoted blanked, and its words. Offsets of tokens are those of the sentence. */
export interface ReadSentence extends Sentence {
  readonly prose: string;
  readonly tokens: readonly Token[];
}

/** A rationale read once for all rules. */
export interface Rationale {
  readonly text: string;
  /** The text with all that is quoted blanked. */
  readonly prose: string;
  readonly sentences: readonly ReadSentence[];
  readonly anchors: readonly Anchor[];
  /** What its first sentences say of the answers. */
  readonly verdicts: readonly Statement[];
  readonly context: RationaleContext;
}

/** A finding without what the rule itself tells; `severity` only where the rule has more than one. */
export type RuleFinding = Omit<Finding, 'rule' | 'severity'> & { readonly severity?: FindingSeverity };

/** One rule: one file. */
export interface Rule {
  readonly id: string;
  /** What it looks for, in a few words. */
  readonly name: string;
  readonly severity: FindingSeverity;
  check(rationale: Rationale): RuleFinding[];
}
