import { faultClaims } from '../faultClaims.ts';
import { showsEvidence } from '../lexicon.ts';
import type { Rule } from '../rule.ts';

/** The example may be up to this many sentences before or after the claim. */
const reach = 2;

/** "Wrong", "a bug" or "fails", without an input, its expected result and its actual result nearby. */
export const noCounterexample: Rule = {
  id: 'R10',
  name: 'no counterexample',
  severity: 'W',
  check({ sentences, context }) {
    const shown = sentences.map(({ text }) => showsEvidence(text));
    return sentences.flatMap((sentence, at) => {
      const isNear = shown.slice(Math.max(0, at - reach), at + reach + 1).some(Boolean);
      const [first] = isNear ? [] : faultClaims(sentence);
      if (first === undefined) return [];
      return [
        {
          start: first.start,
          end: first.end,
          message: `“${first.word}” needs an example. Give an input with its expected and actual result, or cite the case that shows it`,
          action: context.answers.length === 2 ? ('differences' as const) : ('case' as const),
        },
      ];
    });
  },
};
