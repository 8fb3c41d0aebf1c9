import { sides, type Side } from '../../preference.ts';
import { appended, wholeText } from '../edits.ts';
import type { Rationale, ReadSentence, Rule } from '../rule.ts';

/** Words that speak of the other answer, or of both, without naming one. */
const unnamed =
  /\b(?:both|neither|the other(?: one| answer| solution)?|each (?:answer|of them)|either (?:answer|one)|they|the two|its (?:rival|competitor|counterpart)|the rest)\b/i;
/** Words before a name that is only what the verdict compares with. */
const standards = new Set([
  'than',
  'over',
  'to',
  'with',
  'beats',
  'outperforms',
  'surpasses',
  'and',
  'or',
  'against',
  'prefer',
  'choose',
  'pick',
  'favour',
  'favor',
]);

/** Only one of two answers is discussed. */
export const oneSided: Rule = {
  id: 'R15',
  name: 'one-sided',
  severity: 'W',
  check(rationale) {
    const { context, prose } = rationale;
    if (context.answers.length < 2 || unnamed.test(prose)) return [];
    const discussed = new Set(rationale.sentences.flatMap((sentence) => subjectsOf(sentence, rationale)));
    const chosen = rationale.verdicts.flatMap(({ verdict }) =>
      verdict.kind === 'better' ? [verdict.side] : [],
    );
    // "I prefer @B since it is lazy" discusses the one it names.
    const [only, ...others] = discussed.size > 0 ? [...discussed] : chosen.slice(0, 1);
    if (only === undefined || others.length > 0) return [];
    const missing = sides.find((side) => side !== only)!;
    return [
      {
        ...wholeText(rationale),
        message: `Only @${only} is discussed. Say what @${missing} does instead`,
        fix: { title: `Add “@${missing} instead …”`, edits: [appended(rationale, `@${missing} instead …`)] },
      },
    ];
  },
};

/** The sides a sentence says something of: one that the verdict only compares with is not discussed yet. */
function subjectsOf({ tokens, start }: ReadSentence, { verdicts }: Rationale): Side[] {
  const isVerdict = verdicts.some(({ sentence }) => sentence.start === start);
  return tokens.flatMap(({ side, word }, at) => {
    if (side === undefined) return [];
    const isBare = /^(?:@?[ab]|[12])$/.test(word);
    return isVerdict && isBare && standards.has(tokens[at - 1]?.word ?? '') ? [] : [side];
  });
}
