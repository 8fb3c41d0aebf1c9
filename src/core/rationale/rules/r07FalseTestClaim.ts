import { sides as bothSides, type Side } from '../../preference.ts';
import { anchorText, caseAnchor } from '../anchors.ts';
import { claimsIn, isHedged, type Claim } from '../claims.ts';
import type { RationaleContext } from '../context.ts';
import type { Fix, ReadSentence, Rule, RuleFinding } from '../rule.ts';

const cases =
  '(?:all|every|each)(?: of)?(?: the| its)?(?: (?:two|three|four|five|six|seven|eight|nine|ten|\\d+))? (?:cases?|tests?|checks?)\\b';
/** "All cases of the prompt" are some of them. */
const noMore =
  '(?!,? (?:that|which|but|except|excepting|apart|save|bar|of|with|where|in|other|besides|from|about|I|we|there)\\b)';
const who = '(?<who>@[AB]|both(?: answers| sides| of them)?)(?![/:\\w])';
/** What is said of all cases at once, and whether they are said to pass. */
const sweeping: readonly { readonly form: RegExp; readonly passes: boolean }[] = [
  {
    form: new RegExp(`${who}(?: still| also| then)? (?:passes|pass|passed) ${cases}${noMore}`, 'giu'),
    passes: true,
  },
  { form: new RegExp(`\\b${cases} (?:passes|pass|passed) (?:for|on|with) ${who}`, 'giu'), passes: true },
  {
    form: new RegExp(`\\bno (?:case|test|check)s? (?:fails|fail|failed) (?:for|on|with) ${who}`, 'giu'),
    passes: true,
  },
  {
    form: new RegExp(`${who}(?: still| also| then)? (?:fails|fail|failed) ${cases}${noMore}`, 'giu'),
    passes: false,
  },
  { form: new RegExp(`\\b${cases} (?:fails|fail|failed) (?:for|on|with) ${who}`, 'giu'), passes: false },
];

/** The text says that a case fails which passed, or that one passes which did not. */
export const falseTestClaim: Rule = {
  id: 'R07',
  name: 'false test claim',
  severity: 'E',
  check({ sentences, anchors, context }) {
    return sentences.flatMap((sentence) => {
      const cited = anchors.filter(({ start, end }) => sentence.start <= start && end <= sentence.end);
      const claims = claimsIn(sentence, cited);
      return [
        ...claims.filter((claim) => isFalse(claim, context)).map((claim) => finding(claim, claims, context)),
        ...sweepingClaims(sentence, context),
      ];
    });
  },
};

/** "@A passes all cases", where the run gave otherwise. Which cases are meant is less sure than where one is cited. */
function sweepingClaims({ start, prose }: ReadSentence, context: RationaleContext): RuleFinding[] {
  if (isHedged(prose)) return [];
  return sweeping.flatMap(({ form, passes }) =>
    [...prose.matchAll(form)].flatMap((match) => {
      const name = match.groups!['who']!;
      const said: readonly Side[] = name.startsWith('@') ? [name[1] as Side] : bothSides;
      const place = { start: start + match.index, end: start + match.index + match[0].length };
      return said.flatMap((side) => notAll(side, passes, said.length, place, context));
    }),
  );
}

function notAll(
  side: Side,
  passes: boolean,
  of: number,
  place: Pick<RuleFinding, 'start' | 'end'>,
  { results }: RationaleContext,
): RuleFinding[] {
  const ran = (results[side] ?? []).filter(({ verdict }) => verdict !== 'unsupported');
  const exception = ran.find(({ verdict }) => passes !== (verdict === 'pass'));
  if (exception === undefined) return [];
  const passed = ran.filter(({ verdict }) => verdict === 'pass').length;
  const text = `@${side} passes ${passed} of ${ran.length} cases`;
  const fix: Fix = { title: `Say “${text}”, as the run gave`, edits: [{ ...place, text }] };
  const message = `In the last run @${side} ${passes ? 'did not pass' : 'passed'} ${caseAnchor(exception.caseId)}, and the text says that all ${passes ? 'pass' : 'fail'}. Say what the run gave, or run it again`;
  return [{ ...place, message, severity: 'W', ...(of === 1 ? { fix } : {}) }];
}

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
