import type { Side } from '../../task/side.ts';
import type { Anchor } from '../anchors.ts';
import type { Rationale, Rule, RuleFinding } from '../rule.ts';

const noun = '(?:answer|response|solution|option|candidate|version|implementation|submission|output)';

/** Names of an answer that depend on the order or on the text before, each with the side it means. */
const forms: readonly {
  form: RegExp;
  side: (match: RegExpMatchArray) => Side | 'former' | 'latter' | undefined;
}[] = [
  {
    // A longer number is a version or a figure.
    form: new RegExp(`\\b(?:the )?(?:${noun}|model)\\s*#?([12]|one|two)\\b(?![.,]?\\d)`, 'gi'),
    side: (match) => (/1|one/i.test(match[1]!) ? 'A' : 'B'),
  },
  {
    form: new RegExp(`\\bthe (top|upper|bottom|lower) (?:${noun}|one)\\b`, 'gi'),
    side: (match) => (/top|upper/i.test(match[1]!) ? 'A' : 'B'),
  },
  {
    form: new RegExp(`\\bthe (first|second) ${noun}\\b`, 'gi'),
    side: (match) => (/first/i.test(match[1]!) ? 'A' : 'B'),
  },
  // "The former path" is a path. The phrase means an answer only before a verb or at the end of a clause.
  {
    form: /\bthe (former|latter)\b(?=\s*(?:[.,;:)]|$|(?:is|was|has|had|does|did|will|would|can|cannot|also|only|and|or|but|because|returns|raises|handles|fails|passes|uses|keeps|drops|reads|works|ignores|loses|wins)\b))/gim,
    side: (match) => match[1]!.toLowerCase() as 'former' | 'latter',
  },
  {
    form: new RegExp(
      `\\bthe left(?:[- ]hand)? (?:${noun}|one|side)\\b|\\b(?:${noun}|one) on the left\\b`,
      'gi',
    ),
    side: () => 'A',
  },
  // "The right answer" is the correct answer; only these phrases mean the side.
  {
    form: new RegExp(
      `\\bthe right-hand (?:${noun}|one|side)\\b|\\bthe right (?:one|side)\\b|\\b(?:${noun}|one) on the right\\b`,
      'gi',
    ),
    side: () => 'B',
  },
  // In "I judge this one", "this one" is the task.
  {
    form: /(?<!\b(?:decides|decided|settles|settled|call|calling|judge|judging|rank|ranking) )\b(?:(?:this|that) (?:one|answer|response|solution)|the (?:previous|next|earlier|above) (?:one|answer|response|solution))\b/gi,
    side: () => undefined,
  },
];

/** The text names an answer by its position or as "this one". A reader who sees another order cannot resolve that. */
export const ambiguousReference: Rule = {
  id: 'R17',
  name: 'ambiguous reference',
  severity: 'W',
  check(rationale) {
    return forms.flatMap(({ form, side }) =>
      [...rationale.prose.matchAll(form)].map((match) =>
        finding(match, resolve(side(match), match.index, rationale.anchors)),
      ),
    );
  },
};

function finding(match: RegExpMatchArray & { index?: number }, side: Side | undefined): RuleFinding {
  const start = match.index ?? 0;
  const end = start + match[0].length;
  const message = `“${match[0]}” depends on the order shown or on what was said before. Say @A or @B`;
  if (side === undefined) return { start, end, message };
  return {
    start,
    end,
    message,
    fix: { title: `Replace with @${side}`, edits: [{ start, end, text: `@${side}` }] },
  };
}

/** "The former" and "the latter" mean the two sides named last before them, in that order. */
function resolve(
  meant: Side | 'former' | 'latter' | undefined,
  at: number,
  anchors: Rationale['anchors'],
): Side | undefined {
  if (meant !== 'former' && meant !== 'latter') return meant;
  const named = anchors
    .filter((anchor): anchor is Anchor & { side: Side } => 'side' in anchor && anchor.end <= at)
    .map(({ side }) => side);
  const last = named.at(-1);
  const before = named.findLast((side) => side !== last);
  return meant === 'latter' ? (before === undefined ? undefined : last) : before;
}
