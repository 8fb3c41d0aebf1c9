import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R17 ambiguous reference', () => {
  testExamples('R17', {
    good: [
      'Version 1.0.2 of the format has nine fields.',
      'A second merge sees the first one’s values, since @B keeps the reference.',
      'The former path (slicing) is quick, and the latter half of the docstring of @A is wrong.',
      '@A is better because of @A:4.',
      'The right answer for an empty list is [].',
      'It returns the first solution it finds in the search tree.'.replace(
        'the first solution',
        'the first hit',
      ),
      'The quoted comment says `answer 1`, which is odd.',
      'Line 1 of the answer @B is an import.',
      'Security decides this one.',
      'It strips the left side of the string.'.replace('left side', 'left end'),
    ],
    bad: [
      '@A is better because the top one raises at zero, while the bottom one returns nothing.',
      'Model 1 raises and option two does not.',
      'Answer 1 is better.',
      'Response 2 fails on an empty list.',
      'The first answer validates its input.',
      '@A and @B differ: the former is lazy.',
      'The left one is shorter.',
      'The answer on the right reads everything.',
      'This one is better because it is lazy.',
    ],
  });

  it('replaces each by the side it means', () => {
    const remedies = {
      'Answer 1 is better.': '@A is better.',
      'the second answer is lazy': '@B is lazy',
      'The left one is short.': '@A is short.',
      '@B and @A differ: the former is lazy.': '@B and @A differ: @B is lazy.',
      '@A before @B; the latter is lazy.': '@A before @B; @B is lazy.',
    };
    for (const [text, expected] of Object.entries(remedies)) {
      assert.equal(fixed(text, findings('R17', text)[0]!), expected);
    }
  });

  it('does not guess what “this one” means', () => {
    assert.equal(findings('R17', 'This one is better.')[0]?.fix, undefined);
  });
});
