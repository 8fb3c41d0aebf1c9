import { anchorText } from '../anchors.ts';
import { claimsIn, type Claim } from '../claims.ts';
import type { RationaleContext } from '../context.ts';
import type { Fix, Rule, RuleFinding } from '../rule.ts';

/** The text says that a case fails which passed, or that one passes which did not. */
export const falseTestClaim: Rule = {
  id: 'R07',
  name: 'false test claim',
  severity: 'E',
  check({ sentences, anchors, context }) {
    return sentences.flatMap((sentence) => {
      const cited = anchors.filter(({ start, end }) => sentence.start <= start && end <= sentence.end);
      const claims = claimsIn(sentence, cited);
      return claims
        .filter((claim) => isFalse(claim, context))
        .map((claim) => finding(claim, claims, context));
    });
  },
};

/** Whether the run of that side says otherwise; a case that was not run says nothing. */
function isFalse({ side, caseId, passes }: Claim, context: RationaleContext): boolean {
  const verdict = verdictOf(side, caseId, context);
  if (verdict === undefined || verdict === 'unsupported') return false;
  return passes !== (verdict === 'pass');
}

function finding(claim: Claim, claims: readonly Claim[], context: RationaleContext): RuleFinding {
  const { side, caseId, passes, start, end } = claim;
  const verdict = verdictOf(side, caseId, context)!;
  const name = anchorText({ kind: 'case', id: caseId, start: 0, end: 0 });
  const actual = passes ? (verdict === 'fail' ? 'failed it' : `ended with “${verdict}”`) : 'passed it';
  const fix = correction(claim, claims, context);
  return {
    start,
    end,
    message: `In the last run @${side} ${actual}, and the text says that @${side} ${passes ? 'passes' : 'fails'} ${name}. Say what the run gave, or run it again`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The other verb, where that makes all true that the verb says. */
function correction(claim: Claim, claims: readonly Claim[], context: RationaleContext): Fix | undefined {
  const { verb } = claim;
  const together = claims.filter((other) => other.verb.start === verb.start);
  const sides = new Set(together.map(({ side }) => side));
  if (sides.size > 1 || !together.every((other) => isFalse(other, context))) return undefined;
  const text = claim.passes ? 'fails' : 'passes';
  return { title: `Replace with “${text}”, as the run gave`, edits: [{ ...verb, text }] };
}

function verdictOf(side: Claim['side'], caseId: string, { results }: RationaleContext) {
  return results[side]?.find((result) => result.caseId === caseId)?.verdict;
}
