import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

const [a] = [{ side: 'A' as const, files: [], text: '' }];

describe('R15 one-sided', () => {
  testExamples('R15', {
    good: [
      '@A is better because it raises, while @B returns nothing.',
      '@A is better than @B, since @B:4 drops a chunk.',
      '@A is better; the other one hangs.',
      'Both drop the last chunk.',
      ['@A does what was asked.', { answers: [a] }],
      '@A is better than B. In B the loop never ends.',
      'There is no clear winner here.',
      '@B is better than @A since A sorts twice.',
      "@A is better; A's loop ends and B's does not.",
    ],
    bad: [
      '@A is better than @B because @A:4 checks the size.',
      '@A is correct, clear and fast.',
      'I prefer @B. It handles empty lists at @B:4.',
      '@A wins over @B: its loop ends.',
      '@B is better: it passes @case:empty-list, and its message is clear.',
      'Answer A is the better one because of the check at @A:4.',
    ],
  });

  it('starts a sentence on the other answer', () => {
    const text = '@A is better than @B because it is lazy.';
    assert.equal(fixed(text, findings('R15', text)[0]!), `${text} @B instead …`);
  });
});
