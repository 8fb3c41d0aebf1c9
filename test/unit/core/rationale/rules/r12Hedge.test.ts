import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R12 hedge', () => {
  testExamples('R12', {
    good: [
      '@A is better because @B drops the last chunk.',
      '@A is better, since a caller may pass an empty list and might not check the result.',
      '@A is probably better; not verified because the database is missing here.',
      '@A is better because the list is possibly empty, which @B:4 forgets.',
      'The code says “maybe”, and @A is better.',
      '@A is better. The sizes seem arbitrary and the names could be clearer, but everything that the prompt asks for is there and is right.',
      'It is possible to pass a generator to @A, which is why @A is better.',
    ],
    bad: [
      'Maybe @B is probably better.',
      'I think @A is better.',
      '@A might be better because of its checks.',
      '@A seems better than @B.',
      '@A is arguably the better answer.',
      '@A is better because it checks the size. Perhaps it is also faster. It probably copes with streams. I guess it is fine.',
      'I am not sure, but @A is better than @B because of its check for a size of zero.',
    ],
  });

  it('deletes the hedge and repairs the sentence', () => {
    const remedies = {
      'Maybe @A is better.': '@A is better.',
      '@A is probably better.': '@A is better.',
      '@A might be better.': '@A is better.',
      '@A, arguably, is better.': '@A is better.',
      '@A seems to be better.': '@A is better.',
    };
    for (const [text, expected] of Object.entries(remedies)) {
      assert.equal(fixed(text, findings('R12', text)[0]!), expected);
    }
  });
});
