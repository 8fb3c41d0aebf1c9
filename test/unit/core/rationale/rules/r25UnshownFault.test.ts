import assert from 'node:assert/strict';
import { findings, testExamples } from './table.ts';

const unsplit = { results: {} };
const found = (isExcluded: boolean) => ({
  ...unsplit,
  searches: [{ number: 1, text: '', witnesses: [{ text: '', isExcluded }] }],
});

describe('R25 unshown fault', () => {
  testExamples('R25', {
    good: [
      '@A is better because @B fails.',
      ['@A is better because @B fails.', found(false)],
      ['@A is slightly better because @B fails.', { ...unsplit, shown: -1 }],
      ['@A is better because @B fails @case:empty-list.', unsplit],
      ['@A is better. An endless generator hangs in @B.', unsplit],
      ['@A is better because it reads one chunk at a time.', unsplit],
      ['@A is better. There is nothing wrong with @B.', unsplit],
      ['@A is better: @B fails. `chunk([], 1)` → IndexError, expected [].', unsplit],
      ['Both are bad: both fail.', { ...unsplit, shown: 'both-bad' as const }],
    ],
    bad: [
      ['@A is better because @B fails.', unsplit],
      ['@A is better because @B:4 is wrong.', found(true)],
      ['@B is much better because @A crashes.', { ...unsplit, shown: 3 }],
      ['@A is better because @B fails.', { results: { A: [], B: [] } }],
    ],
  });

  it('offers to find differences', () => {
    assert.equal(findings('R25', '@B fails.', unsplit)[0]?.action, 'differences');
  });
});
