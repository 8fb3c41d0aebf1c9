import { sides as bothSides, type Side } from '../../task/side.ts';
import { anchorText, caseAnchor } from '../anchors.ts';
import { claimsIn, isHedged, type Claim } from '../claims.ts';
import type { RationaleContext } from '../context.ts';
import type { Fix, ReadSentence, Rule, RuleFinding } from '../rule.ts';

const cases =
  '(?:all|every|each)(?: of)?(?: the| its)?(?: (?:two|three|four|five|six|seven|eight|nine|ten|\\d+))? (?:cases?|tests?|checks?)\\b';
/** "All cases of the prompt" means only some of the cases. */
const noMore =
  '(?!,? (?:that|which|but|except|excepting|apart|save|bar|of|with|where|in|other|besides|from|about|I|we|there)\\b)';
const who = '(?<who>@[AB]|both(?: answers| sides| of them)?)(?![/:\\w])';
/** Claims about all cases at once; `passes` tells whether the claim is that they pass. */
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

/** The text says that a case fails although it passed, or that it passes although it did not. */
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

/** "@A passes all cases", although the run says otherwise. Less certain than a cited case: "all" may mean fewer cases. */
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
  const fix: Fix = { title: `Say “${text}”, as in the run`, edits: [{ ...place, text }] };
  const message = `In the last run @${side} ${passes ? 'did not pass' : 'passed'} ${caseAnchor(exception.caseId)}, but the text says that all ${passes ? 'pass' : 'fail'}. Correct the text, or run the cases again`;
  return [{ ...place, message, severity: 'W', ...(of === 1 ? { fix } : {}) }];
}

/** Whether that side's run contradicts the claim; a case that was not run contradicts nothing. */
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
    message: `In the last run @${side} ${actual}, but the text says that @${side} ${passes ? 'passes' : 'fails'} ${name}. Correct the text, or run the case again`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The opposite verb, if it makes every claim of this verb true. */
function correction(claim: Claim, claims: readonly Claim[], context: RationaleContext): Fix | undefined {
  const { verb } = claim;
  const together = claims.filter((other) => other.verb.start === verb.start);
  const sides = new Set(together.map(({ side }) => side));
  if (sides.size > 1 || !together.every((other) => isFalse(other, context))) return undefined;
  const text = claim.passes ? 'fails' : 'passes';
  return { title: `Replace with “${text}”, as in the run`, edits: [{ ...verb, text }] };
}

function verdictOf(side: Claim['side'], caseId: string, { results }: RationaleContext) {
  return results[side]?.find((result) => result.caseId === caseId)?.verdict;
}
