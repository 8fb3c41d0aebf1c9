import assert from 'node:assert/strict';
import { sampleContext } from '../../../../fixtures/rationaleContext.ts';
import { findings, testExamples } from './table.ts';

describe('R10 no counterexample', () => {
  testExamples('R10', {
    good: [
      '@B is wrong on the empty list: for `[]` it gives an error where 0 was expected.',
      '@B has a bug. The loop stops too early. `chunk([1], 2)` gives [].',
      '@B is wrong (@case:empty-list).',
      '@B fails on an empty list: it raises an IndexError.',
      '@B is wrong (@search:1.2).',
      'There is nothing wrong with @A.',
      '@A has no bugs that I could find.',
      '@B would be wrong if the list were sorted.',
      'Expected 3 but got 4, so @B is incorrect.',
      '@A is lazy, and @B is not.',
      'The code of @B is right and its explanation is wrong.',
      '@A reads ahead, so an endless generator hangs.',
      '@B does not work with a size of 2: chunk([1], 2) → [].',
    ],
    bad: [
      '@B fails edge cases.',
      '@B has a bug.',
      '@B is wrong. Its names are short. It has few comments. It is long. For `[]` it gives 0.',
      'The code of @B is broken for many inputs.',
      '@B handles duplicates incorrectly, which matters.',
      '@A is better because @B:4 is buggy.',
      '@B does not work.',
      'The function of @B hangs, whatever its docstring says.',
      '@B is wrong (@search:1).',
    ],
  });

  it('offers to find an input, and a case where there is one answer', () => {
    const { answers } = sampleContext();
    const action = (changes = {}) => findings('R10', '@B has a bug.', changes)[0]?.action;
    assert.equal(action(), 'differences');
    assert.equal(action({ answers: answers.slice(1) }), 'case');
  });
});
