import type { Side } from '../../task/side.ts';
import { summariseScores } from '../../task/scoring.ts';
import type { RationaleContext } from '../context.ts';
import { appended } from '../edits.ts';
import { conceding } from '../lexicon.ts';
import type { ReadSentence, Rule } from '../rule.ts';

/** Words that concede only when they lead from the other answer's merit, or the preferred one's fault, to the preference. */
const turning = new Set(['but', 'however', 'yet', 'still', 'while', 'whereas']);
const faults =
  /\b(?:fails?|wrong|slower|slow|misses|lacks?|longer|worse|weaker|less|lower|fewer|not|no|without|n['’]t|errors?|loses|flaws?|faults?|nit|verbose)\b/i;

/** The preferred answer has the lower score on correctness or in total, and the text concedes nothing. */
export const rubricConflict: Rule = {
  id: 'R04',
  name: 'rubric conflict',
  severity: 'E',
  check(rationale) {
    const { context, sentences, verdicts, text } = rationale;
    const { shown } = context;
    if (typeof shown !== 'number' || shown === 0) return [];
    const winner: Side = shown < 0 ? 'A' : 'B';
    const gap = gapAgainst(winner, context);
    const praisesLoser = verdicts.some(({ verdict }) => verdict.kind === 'better' && verdict.side !== winner);
    if (gap === undefined || praisesLoser || sentences.some((sentence) => concedes(sentence, winner)))
      return [];
    const place = verdicts[0]?.sentence ?? { start: 0, end: text.length };
    const sentence = `@${winner} is better despite its lower score ${gap}.`;
    return [
      {
        start: place.start,
        end: place.end,
        message: `@${winner} is preferred but scores lower ${gap}. Correct the score, or say why it matters less: “although @${other(winner)} …”`,
        fix: { title: `Add “${sentence}”`, edits: [appended(rationale, sentence)] },
        action: 'scores',
      },
    ];
  },
};

/** How the scores contradict the preference, in words; `undefined` if they do not. */
function gapAgainst(winner: Side, { rubric, scores }: RationaleContext): string | undefined {
  const [own, others] = [scores[winner] ?? {}, scores[other(winner)] ?? {}];
  const correctness = rubric.criteria.find(
    ({ id, title }) => /^correct/i.test(id) || /^correct/i.test(title),
  );
  if (correctness !== undefined) {
    const [mine, theirs] = [own[correctness.id], others[correctness.id]];
    if (mine !== undefined && theirs !== undefined && mine < theirs)
      return `on ${correctness.title.toLowerCase()} (${mine} against ${theirs})`;
  }
  const [mine, theirs] = [summariseScores(rubric, own), summariseScores(rubric, others)];
  // Do not compare totals unless every criterion has a score.
  if (rubric.criteria.length === 0 || !mine.complete || !theirs.complete || mine.total >= theirs.total)
    return undefined;
  return `in total (${rounded(mine.total)} against ${rounded(theirs.total)})`;
}

function concedes({ prose, tokens }: ReadSentence, winner: Side): boolean {
  if (conceding.test(prose)) return true;
  return tokens.some(({ word, start, side }, at) => {
    if (side !== undefined || !turning.has(word)) return false;
    const first = tokens.find((token) => token.side !== undefined)?.side;
    if (at === 0) return word === 'while' || word === 'whereas' ? first !== winner : true;
    const after = tokens.slice(at + 1).find((token) => token.side !== undefined)?.side;
    const before = tokens.slice(0, at).findLast((token) => token.side !== undefined)?.side;
    // "@A passes, but @B fails" continues with a fault of the other side and concedes nothing.
    const contrasts = after !== undefined && after !== winner && before !== other(winner);
    return !contrasts || faults.test(prose.slice(0, start));
  });
}

function rounded(total: number): number {
  return Math.round(total * 100) / 100;
}

function other(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}
