import assert from 'node:assert/strict';
import type { ShownPreference } from '../../../../src/core/task/preference.ts';
import { lintRationale } from '../../../../src/core/rationale/lint.ts';
import { verdictsIn } from '../../../../src/core/rationale/verdict.ts';
import { sampleContext } from '../../../fixtures/rationaleContext.ts';

/** The verdict of a text in a word: its strong statements, or else its weak statements. */
function read(text: string): string {
  const all = verdictsIn(text);
  const strong = all.filter(({ weak }) => !weak);
  const said = strong.length > 0 ? strong : all;
  return [
    ...new Set(said.map(({ verdict }) => (verdict.kind === 'better' ? verdict.side : verdict.kind))),
  ].join(' ');
}

const verdicts: Readonly<Record<string, readonly string[]>> = {
  A: [
    '@A is better because it checks the size.',
    '@A is slightly better than @B: it is lazy.',
    'A is much better than B.',
    'Answer A is the stronger one.',
    'I prefer @A over @B since it stops at the first chunk.',
    'I would choose A here.',
    'My preference is @A.',
    '**@A** wins. It handles the empty list.',
    '@B is worse than @A, as it reads everything.',
    '@A beats @B on every case.',
    '@A > @B because of the bound check.',
    'The better answer is @A.',
    'Verdict: @A. The other one ignores the limit.',
    'Although @B is shorter and better at naming, @A is better overall.',
    'While @B has nicer comments, I would go with @A, which is correct.',
    'Both run, but @A is better since it validates.',
    'Both are wrong on negative sizes; still @A is slightly better, as it fails loudly.',
    '@A clearly outperforms @B: 9 of 9 cases against 6.',
    'On balance the edge goes to @A.',
    '@A gets my vote because it keeps the order.',
    'Response 1 is better than Response 2.',
    'The first answer is better.',
    '@A loses on style, however it is the better answer because it is right.',
    'Only @A raises for zero, which the prompt demands.',
    '@B loses because @B:4 reads the whole generator.',
    'The prompt asks for a lazy function. @A is better, since @B builds a list.',
    '@A, though longer, is preferable to @B.',
    '@A is superior in every respect.',
    'In the end @A, because size is what counts.',
    '@A, because of its parameters.',
    'Unlike B, A keeps the order.',
    'A does what the prompt says, B what it likes.',
    'If I had to ship one it would be @A. It is lazy.',
    '@B follows half of it and hides bad input. @A it is.',
    'Not a hard call: @A. It ends in time.',
    '@A does what is asked, @B does not.',
    '@A is right for everything I tried. @B is right on lists only.',
    '@B is lazy, and so I rate it below @A: A is better.',
    '@A has a slight edge over @B.',
    '@A has the advantage over @B because it checks.',
    '@A, not @B, is better.',
    '@A and not @B is better.',
    'I rate @B below @A.',
    'I put @A before @B.',
    'I would never choose @B over @A.',
    'Surely no one would choose @B over @A.',
    'It would be a mistake to prefer @B over @A.',
    'In no respect is @B better than @A.',
    '@A is @B done right, hence better.',
    '@B is @A without the guards, hence worse.',
    '@B falls far short of @A.',
    '@B is not as good as @A.',
    "@B isn't nearly as good as @A.",
    '@B does not come close to @A.',
    '@B is nowhere near @A.',
    '@A ranks higher than @B.',
    '@A scores higher than @B.',
    '@A improves on @B in every way that matters.',
    '@A takes precedence over @B.',
    '@A outshines @B.',
    '@A by a hair.',
    'By a whisker, @A.',
    'A narrow decision for @A.',
    'I lean towards @A.',
    '@A first, @B second.',
    '@A for three reasons.',
    'I have no hesitation in preferring @A.',
    'As a reviewer I would approve @A and reject @B.',
    '@A satisfies the prompt; @B does not.',
  ],
  B: [
    '@B is better than @A because it returns early.',
    'I favour B.',
    '@A is weaker than @B.',
    '@B edges out @A.',
    'Despite its length @B is the better solution.',
    'Even though @A is faster, @B is better because it is correct.',
    '@A is good, but @B is better.',
    'We should merge @B.',
    'Which one would I merge? @B, without a second thought.',
    'Give me @B. It does what is asked.',
    'It handles accents, so I rate it above @A.',
    '@B. It awaits each save.',
  ],
  tie: [
    'It is a tie: both return the same on every case.',
    '@A and @B are equally good.',
    'The two are equivalent apart from names.',
    'There is no clear winner here.',
    'Neither is better: both pass all cases.',
    'The answers are on par.',
    'No preference: they agree on every input.',
    'They are as good as each other.',
  ],
  'both-bad': [
    'Both answers are wrong: neither handles an empty list.',
    'Neither answer works on the example of the prompt.',
    '@A and @B are both incorrect.',
    'Both are equally bad.',
    'Both fail @case:empty-list.',
    'Neither query does the job.',
    'I would reject both.',
    'Two wrong answers, and wrong in the same way.',
    'None of the two is usable.',
    'Both answers miss the point of the prompt.',
    'Neither is acceptable, since both delete the input file.',
  ],
  '': [
    'Both have merits.',
    'Both handle two hosts, and both split the work over two files.',
    'I looked at long titles. For `café` @A cuts and @B does not.',
    'The code reads a file and prints it.',
    '@A uses a loop. @B uses recursion.',
    'A loop is used in one and recursion in the other.',
    '@A is not better than @B.',
    'Here are my thoughts about the code.',
  ],
};

/** Words before a reason that names both answers; they would mislead a reader that uses the nearest word. */
const statements: readonly (readonly [ShownPreference, string])[] = [
  [0, "It's a wash"],
  [0, 'A wash'],
  [0, 'Call it even'],
  [0, 'Too close to call'],
  [0, 'A dead heat'],
  [0, 'No meaningful difference between the two'],
  [0, 'Nothing separates them'],
  [0, 'They come out level'],
  [0, 'Equally good'],
  [0, 'I cannot separate these two'],
  [0, 'Draw'],
  [0, 'Even, in my view'],
  [0, 'Neither is better'],
  [0, 'There is nothing in it'],
  [0, '@A and @B are on a par'],
  [0, 'Toss-up'],
  [0, '@A and @B are equivalent'],
  [0, 'Same quality on both sides'],
  [2, '@B, without much doubt'],
  [2, '@B'],
  [2, 'Verdict: @B'],
  [2, 'B.'],
  [2, '@B takes it'],
  [2, '@B comes out ahead'],
  [2, '@B it is'],
  [2, 'Going with @B'],
  [2, '@B gets my vote'],
  [2, 'I would ship @B'],
  [2, '@B is what I would merge'],
  [2, '@B beats @A'],
  [2, '@B is superior'],
  [2, 'Definitely @B'],
  [2, '@B is the correct one'],
  [2, 'Only @B is correct'],
  [2, '@B solves it and @A does not'],
  [2, "@B does what was asked, @A doesn't"],
  [2, '@A fails where @B succeeds'],
  [2, '@B is more robust'],
  [2, '@B is safer'],
  [2, '@B outperforms @A'],
  [2, '@A falls short of @B'],
  [2, '@A is worse'],
  [2, '@A is the weaker answer'],
  [2, 'I favour @B'],
  [2, '@B for me'],
  [2, 'Score one for @B'],
  [2, '@B has the edge'],
  [2, '@B is preferable'],
  [2, 'The winner is @B'],
  [2, '@B ranks higher'],
  [2, 'My pick: @B'],
  [2, '@B > @A'],
  [2, 'Preferring @B'],
  [2, '@B hands down'],
  [2, '@B is the stronger solution'],
  [2, '@B is right, @A is wrong'],
  [2, '@B deserves the win'],
  [2, '@B wins out'],
  [2, '@B over @A'],
  [2, 'Of the two, @B'],
  [2, '@B nails it'],
  ['both-bad', 'Neither works'],
  ['both-bad', 'Both fail'],
  ['both-bad', 'Both are broken'],
  ['both-bad', 'Neither answer is acceptable'],
  ['both-bad', 'I would reject both'],
  ['both-bad', 'Both answers are unusable'],
  ['both-bad', 'Neither solves the task'],
  ['both-bad', 'No good answer here'],
  ['both-bad', 'Both miss the point'],
  ['both-bad', 'Both wrong'],
  ['both-bad', 'Neither one should be merged'],
];
const reason =
  '@A:3 loses the last block when the size does not divide the length, and @B:3 keeps it as the prompt asks for.';

describe('the verdict of a rationale', () => {
  for (const [shown, statement] of statements) {
    it(`fits the preference, however it is phrased: ${statement}`, () => {
      const found = lintRationale(`${statement}: ${reason}`, sampleContext({ shown })).map(
        ({ rule }) => rule,
      );
      assert.deepEqual(
        found.filter((rule) => rule === 'R01' || rule === 'R02'),
        [],
      );
    });
  }

  for (const [expected, texts] of Object.entries(verdicts)) {
    for (const text of texts) {
      it(`${expected === '' ? 'finds none' : `reads ${expected}`} in “${text}”`, () => {
        assert.equal(read(text), expected);
      });
    }
  }

  it('looks no further than the second sentence', () => {
    assert.equal(read('The task is about lists. There are cases. @A is better.'), '');
  });

  it('passes over a heading and an abbreviation', () => {
    assert.equal(read('# Verdict\n\nOn sizes, e.g. zero, they differ. @A is better.'), 'A');
  });
});
