import assert from 'node:assert/strict';
import { verdictsIn } from '../../../../src/core/rationale/verdict.ts';

/** The verdict of a text in a word: the strong statements, or the weak ones where there is no strong one. */
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
    'The code reads a file and prints it.',
    '@A uses a loop. @B uses recursion.',
    'A loop is used in one and recursion in the other.',
    '@A is not better than @B.',
    'Here are my thoughts about the code.',
  ],
};

describe('the verdict of a rationale', () => {
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
