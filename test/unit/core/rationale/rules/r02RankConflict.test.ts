import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R02 rank conflict', () => {
  testExamples('R02', {
    good: [
      'Both answers have a correct signature, however only @A honours the laziness that was asked for.',
      '@A is better because of the check in @A:4.',
      ['@B is better because it is lazy.', { shown: 1 }],
      'Although @B is better at naming, @A is better on the whole.',
      '@B is worse than @A, which stops early.',
      ['Both are equally good.', { shown: 0 }],
      ['Both answers are wrong.', { shown: 'both-bad' }],
      ['@B is better.', { shown: null }],
      ['They fail alike, so neither deserves a win.', { shown: 'both-bad' }],
      ['Although @A reads better, speed is all that counts.', { shown: 2 }],
      'Neither checks for a negative size. That said, nothing else speaks against @A.',
      '@B does what is asked for lists, @A does not say so.',
      'There is no verdict in these two sentences. Not here either.',
    ],
    bad: [
      ['@A is better than @B. @B fails on edge cases.', { shown: 2 }],
      '@B is better because it is short.',
      ['@A is better than @B.', { shown: 2 }],
      ['I prefer B for its clarity.', { shown: -1 }],
      'It is a tie.',
      ['@A wins.', { shown: 0 }],
      'Both answers are wrong, so I cannot choose.',
      ['@B is worse than @A.', { shown: 3 }],
      'Although @A is faster, @B is better because it is correct.',
    ],
  });

  it('exchanges the sides in the sentence of the verdict and leaves the rest alone', () => {
    const text = '@B is better than @A. See @B:4.';
    const [finding] = findings('R02', text);
    assert.equal(fixed(text, finding!), '@A is better than @B. See @B:4.');
  });

  it('names the text’s verdict and the preference', () => {
    assert.match(findings('R02', '@B is better.')[0]!.message, /@B is better.*@A is better than @B/);
  });
});
