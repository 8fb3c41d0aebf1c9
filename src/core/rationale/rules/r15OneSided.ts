import { sides, type Side } from '../../task/side.ts';
import { appended, wholeText } from '../edits.ts';
import type { Rationale, ReadSentence, Rule } from '../rule.ts';

/** Words that refer to the other answer, or to both, without a name. */
const unnamed =
  /\b(?:both|neither|the other(?: one| answer| solution)?|each (?:answer|of them)|either (?:answer|one)|they|the two|its (?:rival|competitor|counterpart)|the rest)\b/i;
/** Words before the name of the answer that the verdict only compares with. */
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
    const discussed = new Set(
      rationale.sentences.flatMap((sentence) => [...subjectsOf(sentence, rationale), ...lettersOf(sentence)]),
    );
    const chosen = rationale.verdicts.flatMap(({ verdict }) =>
      verdict.kind === 'better' ? [verdict.side] : [],
    );
    // "I prefer @B since it is lazy" discusses @B.
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

/**
 * The sides that a sentence names by a letter alone: with a possessive, or inside the sentence, where "A" is not an article.
 */
function lettersOf({ text, tokens }: ReadSentence): Side[] {
  return tokens.flatMap(({ word, start }, at) => {
    const letter = text.charAt(start);
    const isLetter = (word === 'a' || word === 'b') && (letter === 'A' || letter === 'B');
    const isPossessive = /^[ab]'s$/.test(word) && (letter === 'A' || letter === 'B');
    const before = tokens[at - 1]?.word;
    const isNamed = isPossessive || (isLetter && before !== undefined && !standards.has(before));
    return isNamed ? [letter] : [];
  });
}

/** The sides that a sentence discusses. A side that the verdict only compares with does not count. */
function subjectsOf({ tokens, start }: ReadSentence, { verdicts }: Rationale): Side[] {
  const isVerdict = verdicts.some(({ sentence }) => sentence.start === start);
  return tokens.flatMap(({ side, word }, at) => {
    if (side === undefined) return [];
    const isBare = /^(?:@?[ab]|[12])$/.test(word);
    return isVerdict && isBare && standards.has(tokens[at - 1]?.word ?? '') ? [] : [side];
  });
}
