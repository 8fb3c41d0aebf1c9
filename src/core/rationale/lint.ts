import { findAnchors, type Anchor } from './anchors.ts';
import type { RationaleContext } from './context.ts';
import { ambiguousReference } from './rules/r17AmbiguousReference.ts';
import { deadAnchor } from './rules/r06DeadAnchor.ts';
import { length } from './rules/r16Length.ts';
import { noAnchor } from './rules/r05NoAnchor.ts';
import { noVerdict } from './rules/r01NoVerdict.ts';
import { rankConflict } from './rules/r02RankConflict.ts';
import { verdictsIn, type Statement } from './verdict.ts';

/** E blocks submitting unless it is overridden in writing, W warns, I informs. */
export type FindingSeverity = 'E' | 'W' | 'I';

/** A change of the rationale; edits do not overlap and their offsets are those of the text as it is. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/** What one rule says of a place. Offsets in the rationale, UTF-16 code units. */
export interface Finding {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: Fix;
}

/** A rationale read once for all rules. */
export interface Rationale {
  readonly text: string;
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

export const rules: readonly Rule[] = [
  noVerdict,
  rankConflict,
  noAnchor,
  deadAnchor,
  length,
  ambiguousReference,
];

/** Findings of every rule, in the order of the text. An empty rationale has only the finding that it is empty. */
export function lintRationale(text: string, context: RationaleContext): Finding[] {
  const rationale: Rationale = {
    text,
    anchors: findAnchors(
      text,
      context.cases.map(({ id }) => id),
    ),
    verdicts: verdictsIn(text),
    context,
  };
  const active = text.trim() === '' ? [length] : rules;
  return active
    .flatMap((rule) => findingsOf(rule, rationale))
    .toSorted((a, b) => a.start - b.start || a.rule.localeCompare(b.rule));
}

/** The rubric may change a rule's severity or turn it off. */
function findingsOf(rule: Rule, rationale: Rationale): Finding[] {
  const chosen = rationale.context.rubric.rules?.[rule.id];
  if (chosen === 'off') return [];
  return rule.check(rationale).map((finding) => ({
    ...finding,
    rule: rule.id,
    severity: chosen ?? finding.severity ?? rule.severity,
  }));
}
