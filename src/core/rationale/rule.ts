import type { Anchor } from './anchors.ts';
import type { RationaleContext } from './context.ts';
import type { Sentence } from './sentences.ts';
import type { Token } from './tokens.ts';
import type { Statement } from './statement.ts';

/** E blocks submitting unless the author overrides the finding in writing, W warns, I informs. */
export type FindingSeverity = 'E' | 'W' | 'I';

/** A change of the rationale. Edits do not overlap; their offsets are in the text before the change. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/**
 * Remedies for a finding other than an edit of the text: run the cases, change the preference, change the scores, add a
 * case that shows what the text says, search for inputs on which A and B differ, or cite the lines that are selected in the code.
 */
export const findingActions = ['run', 'preference', 'scores', 'case', 'differences', 'cite'] as const;
export type FindingAction = (typeof findingActions)[number];

/** One rule's report on a range of the rationale. Offsets are UTF-16 code units. */
export interface Finding {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: Fix;
  readonly action?: FindingAction;
}

/** A sentence with its quotations blanked, and its words. Offsets of tokens are in the sentence. */
export interface ReadSentence extends Sentence {
  readonly prose: string;
  readonly tokens: readonly Token[];
}

/** A rationale, parsed once for all rules. */
export interface Rationale {
  readonly text: string;
  /** The text with code and quotations blanked. */
  readonly prose: string;
  readonly sentences: readonly ReadSentence[];
  readonly anchors: readonly Anchor[];
  /** The verdicts that the first sentences state. */
  readonly verdicts: readonly Statement[];
  readonly context: RationaleContext;
}

/** A finding without the rule's id; `severity` only if it differs from the rule's severity. */
export type RuleFinding = Omit<Finding, 'rule' | 'severity'> & { readonly severity?: FindingSeverity };

/** One rule: one file. */
export interface Rule {
  readonly id: string;
  /** What the rule looks for, in a few words. */
  readonly name: string;
  readonly severity: FindingSeverity;
  check(rationale: Rationale): RuleFinding[];
}
