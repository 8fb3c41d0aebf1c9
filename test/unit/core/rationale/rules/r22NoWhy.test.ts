import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R22 no why', () => {
  testExamples('R22', {
    good: [
      '@B uses a global, so calls leak state.',
      '@B ignores the limit. That means a large file fills the memory.',
      '@B does not check the size: `chunk([1], 0)` hangs.',
      '@A uses no globals.',
      '@B never closes the file, which leaks a handle for each call.',
      '@B is wrong, see @case:empty-list.',
      '@A is better than @B.',
    ],
    bad: [
      '@B uses a global.',
      '@A is better. @B ignores the limit. @A is short.',
      '@B does not validate its argument.',
      '@B is incomplete.',
      '@A hard-codes the path.',
      '@B never closes the file. The names are good.',
    ],
  });

  it('leaves room for the reason', () => {
    const text = '@B uses a global.';
    const [finding] = findings('R22', text);
    assert.equal(finding?.severity, 'I');
    assert.equal(fixed(text, finding), '@B uses a global because ….');
  });
});
