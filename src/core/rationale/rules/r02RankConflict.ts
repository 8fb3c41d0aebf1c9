import { preferenceStatement, type ShownPreference } from '../../task/preference.ts';
import type { Fix, Rule } from '../rule.ts';
import { tokensOf } from '../tokens.ts';
import type { Statement, Verdict } from '../statement.ts';

/** The verdict in the text contradicts the chosen preference. */
export const rankConflict: Rule = {
  id: 'R02',
  name: 'rank conflict',
  severity: 'E',
  check({ verdicts: all, context }) {
    if (context.shown === null) return [];
    const verdicts = all.filter(({ hint }) => hint !== true);
    const strong = verdicts.filter((statement) => !statement.weak);
    // Ignore weak ties: "Both have a correct signature" states no tie and must not block.
    const said = strong.length > 0 ? strong : verdicts.filter(({ verdict }) => verdict.kind !== 'tie');
    // One matching statement is enough: the others may be about a single aspect.
    if (said.length === 0 || said.some((statement) => fits(statement, context.shown!))) return [];
    const { sentence, verdict } = said[0]!;
    const fix = swapSides(said[0]!, context.shown);
    return [
      {
        start: sentence.start,
        end: sentence.end,
        message: `The text says that ${inWords(verdict)}, but the chosen preference says that ${preferenceStatement(context.shown)}. Correct the text or the preference`,
        ...(fix === undefined ? {} : { fix }),
        action: 'preference',
      },
    ];
  },
};

function fits({ verdict, sentence, start }: Statement, shown: ShownPreference): boolean {
  // "Neither is better" and "neither deserves a win" are also true of two bad answers.
  const isNeither = /^neither\b/i.test(sentence.text.slice(start - sentence.start));
  if (verdict.kind === 'tie' && isNeither && shown === 'both-bad') return true;
  if (verdict.kind === 'both-bad') return shown === 'both-bad';
  if (verdict.kind === 'tie') return shown === 0;
  if (shown === 'both-bad' || shown === 0) return false;
  return verdict.side === (shown < 0 ? 'A' : 'B');
}

function inWords(verdict: Verdict): string {
  if (verdict.kind === 'better') return `@${verdict.side} is better`;
  return verdict.kind === 'tie' ? 'the answers are equally good' : 'both answers are bad';
}

/** Swaps A and B in the verdict's sentence if the verdict then matches the preference. */
function swapSides({ sentence, verdict }: Statement, shown: ShownPreference): Fix | undefined {
  if (verdict.kind !== 'better' || typeof shown !== 'number' || shown === 0) return undefined;
  const names = tokensOf(sentence.text).filter(
    ({ side, word }) => side !== undefined && /^@[ab]$|^[ab]$/.test(word),
  );
  if (names.length === 0) return undefined;
  return {
    title: 'Swap A and B in this sentence',
    edits: names.map(({ side, end }) => {
      // The letter is the last character of the name, with or without "@".
      const at = sentence.start + end - 1;
      return { start: at, end: at + 1, text: side === 'A' ? 'B' : 'A' };
    }),
  };
}
