import { findAnchors } from './anchors.ts';
import type { RationaleContext } from './context.ts';
import { proseOf } from './prose.ts';
import type { Finding, Rationale, Rule } from './rule.ts';
import { noVerdict } from './rules/r01NoVerdict.ts';
import { rankConflict } from './rules/r02RankConflict.ts';
import { strengthConflict } from './rules/r03StrengthConflict.ts';
import { rubricConflict } from './rules/r04RubricConflict.ts';
import { noAnchor } from './rules/r05NoAnchor.ts';
import { deadAnchor } from './rules/r06DeadAnchor.ts';
import { falseTestClaim } from './rules/r07FalseTestClaim.ts';
import { unrunClaim } from './rules/r08UnrunClaim.ts';
import { ignoredSplit } from './rules/r09IgnoredSplit.ts';
import { noCounterexample } from './rules/r10NoCounterexample.ts';
import { styleOnly } from './rules/r11StyleOnly.ts';
import { hedge } from './rules/r12Hedge.ts';
import { inventedRequirement } from './rules/r13InventedRequirement.ts';
import { nitFlood } from './rules/r14NitFlood.ts';
import { oneSided } from './rules/r15OneSided.ts';
import { length } from './rules/r16Length.ts';
import { ambiguousReference } from './rules/r17AmbiguousReference.ts';
import { blindness } from './rules/r18Blindness.ts';
import { secretOrPersonalData } from './rules/r19Secret.ts';
import { tone } from './rules/r20Tone.ts';
import { template } from './rules/r21Template.ts';
import { noWhy } from './rules/r22NoWhy.ts';
import { unmentionedGap } from './rules/r23UnmentionedGap.ts';
import { echo } from './rules/r24Echo.ts';
import { unshownFault } from './rules/r25UnshownFault.ts';
import { sentencesOf } from './sentences.ts';
import { tokensOf } from './tokens.ts';
import { verdictsIn } from './verdict.ts';

export const rules: readonly Rule[] = [
  noVerdict,
  rankConflict,
  strengthConflict,
  rubricConflict,
  noAnchor,
  deadAnchor,
  falseTestClaim,
  unrunClaim,
  ignoredSplit,
  noCounterexample,
  styleOnly,
  hedge,
  inventedRequirement,
  nitFlood,
  oneSided,
  length,
  ambiguousReference,
  blindness,
  secretOrPersonalData,
  tone,
  template,
  noWhy,
  unmentionedGap,
  echo,
  unshownFault,
];

/**
 * Findings of every rule in the order of the text. Of two findings with the same start the shorter comes first. An empty
 * rationale has only the finding that it is empty.
 */
export function lintRationale(text: string, context: RationaleContext): Finding[] {
  const rationale = readRationale(text, context);
  const active = text.trim() === '' ? [length] : rules;
  return active
    .flatMap((rule) => findingsOf(rule, rationale))
    .toSorted((a, b) => a.start - b.start || a.end - b.end || a.rule.localeCompare(b.rule));
}

/** Parses a rationale once for all rules. */
export function readRationale(text: string, context: RationaleContext): Rationale {
  const prose = proseOf(text);
  return {
    text,
    prose,
    sentences: sentencesOf(text).map((sentence) => ({
      ...sentence,
      prose: prose.slice(sentence.start, sentence.end),
      tokens: tokensOf(sentence.text),
    })),
    anchors: findAnchors(
      text,
      context.cases.map(({ id }) => id),
    ),
    verdicts: verdictsIn(text),
    context,
  };
}

/** A rule's findings, with the severity that the rubric may override; none if the rubric turns the rule off. */
function findingsOf(rule: Rule, rationale: Rationale): Finding[] {
  const chosen = rationale.context.rubric.rules?.[rule.id];
  if (chosen === 'off') return [];
  return rule.check(rationale).map((finding) => ({
    ...finding,
    rule: rule.id,
    severity: chosen ?? finding.severity ?? rule.severity,
  }));
}
