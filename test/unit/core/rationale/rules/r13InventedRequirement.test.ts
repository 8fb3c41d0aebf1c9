import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

const prompt = {
  prompt:
    'Write chunk(iterable, size).\nIt must work with any iterable and keep the order. Raise ValueError if size is not positive. Standard library only.',
};

describe('R13 invented requirement', () => {
  testExamples('R13', {
    good: [
      ['The prompt asks for a ValueError, which @B never raises.', prompt],
      ['@B must keep the order and does not.', prompt],
      ['It should work with iterables of every kind.', prompt],
      ['The prompt does not ask for threads, so I ignore them.', prompt],
      ['nit: @A should have a doc string.', prompt],
      ['For `[]` it should be `[]`.', prompt],
      ['@A should be async according to @prompt:2.', prompt],
      ['The task requires the standard library, and @A imports numpy.', prompt],
      ['It should return [] for [].', prompt],
      ['The prompt asks that ordering is preserved.', prompt],
    ],
    bad: [
      ['@A should be async.', prompt],
      ['The prompt asks for thread safety, which @B lacks.', prompt],
      ['@B must log every call.', prompt],
      ['The task requires unit tests, and @A has none.', prompt],
      ['It should support Windows paths.', prompt],
      ['The user wants pagination.', prompt],
      ['The function needs to cache its results.', prompt],
    ],
  });

  it('marks it as a nit', () => {
    const text = '@A is better. @B should be async.';
    assert.equal(fixed(text, findings('R13', text, prompt)[0]!), '@A is better. nit: @B should be async.');
  });
});
