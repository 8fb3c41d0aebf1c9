import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R01 no verdict', () => {
  testExamples('R01', {
    good: [
      'Both are fine on plain lists; @A is the one that also works on streams.',
      '@A is better because it checks the size first (@A:4).',
      'The prompt wants laziness. @A is better, since @B builds a list.',
      ['It is a tie: both pass all nine cases.', { shown: 0 }],
      ['Both answers are wrong on the example of the prompt.', { shown: 'both-bad' }],
      'Although @B reads more easily, I prefer @A for its check.',
      ['@A does what was asked.', { ranked: false }],
      ['@A:4 checks the size, @B:2 does not.', { ranked: false, shown: null }],
    ],
    bad: [
      'Both have merits.',
      '@A uses islice and @B uses slicing.',
      'This was a hard one. Let me explain what I looked at. @A is better.',
      'The code is well written and has comments.',
      '@A is not better than @B.',
      'I ran every case and read both answers with care.',
    ],
  });

  it('inserts the statement of the preference before the text', () => {
    const text = 'Both have merits.';
    const [finding] = findings('R01', text, { shown: 3 });
    assert.equal(fixed(text, finding!), '@B is much better than @A. Both have merits.');
  });

  it('has nothing to insert before a preference is chosen', () => {
    assert.equal(findings('R01', 'Both have merits.', { shown: null })[0]?.fix, undefined);
  });

  it('only warns if the sentences weigh the answers in other words', () => {
    const severities = (text: string) => findings('R01', text, { shown: 2 }).map(({ severity }) => severity);
    assert.deepEqual(severities('@B is a closer fit for the request. See @B:3.'), ['W']);
    assert.deepEqual(severities('@A:8 uses an int for the sum. @B:15 uses a long.'), ['E']);
    assert.deepEqual(severities('@A:2 prints `more`. @B:3 prints `less`.'), ['E']);
  });
});
