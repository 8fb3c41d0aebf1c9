import assert from 'node:assert/strict';
import { namedRanges, statedLength } from '../../../../src/core/differing/promptBounds.ts';
import { exampleInputs } from '../../../../src/core/differing/promptExamples.ts';

/** The ranges as `name: min..max (of)`. */
const read = (prompt: string): string[] =>
  namedRanges(prompt).map(({ name, range, of }) => `${name}: ${range.min}..${range.max} (${of})`);

describe('the ranges that a prompt states', () => {
  it('belong to every name between two numbers', () => {
    assert.deepEqual(read('two integers a and b (1 ≤ a, b ≤ 100)'), [
      'a: 1..100 (value)',
      'b: 1..100 (value)',
    ]);
    assert.deepEqual(read('0 <= l < v0 <= v1 <= 1000'), [
      'l: 0..1000 (value)',
      'v0: 0..1000 (value)',
      'v1: 0..1000 (value)',
    ]);
  });

  it('are read with powers, products and grouped digits', () => {
    assert.deepEqual(read('1 ≤ n ≤ 2·10^5, -10^9 ≤ x ≤ 1,000'), [
      'n: 1..200000 (value)',
      'x: -1000000000..1000 (value)',
    ]);
    assert.deepEqual(read('1 <= n <= 10**4'), ['n: 1..10000 (value)']);
  });

  it('say whether they are about items or a length', () => {
    assert.deepEqual(
      read('1 ≤ ai ≤ 9, 1 <= nums[i] <= 5, 1 ≤ |s| ≤ 20, 0 <= len(words) <= 3, 1 <= s.length <= 4'),
      [
        'ai: 1..9 (items)',
        'nums[i]: 1..5 (items)',
        '|s|: 1..20 (length)',
        'len(words): 0..3 (length)',
        's.length: 1..4 (length)',
      ],
    );
  });

  it('include lengths in words', () => {
    assert.deepEqual(statedLength('a string with length not less than 1 and not greater than 100'), {
      min: 1,
      max: 100,
    });
    assert.equal(statedLength('a string'), undefined);
  });
});

describe('the inputs that a prompt shows', () => {
  it('are the blocks between "Input" and "Output", without the description', () => {
    const prompt =
      'Input\nThe first line contains two integers a and b.\nThe second line is empty.\nOutput\nPrint it.\nExamples\nInput\n20 2\n9 19\nOutput\n82\nInput\n2 1\nOutput\n-1\n';
    assert.deepEqual(exampleInputs(prompt), ['20 2\n9 19\n', '2 1\n']);
  });

  it('may be in code blocks', () => {
    assert.deepEqual(exampleInputs('### Input:\n```\n3\n1 2 3\n```\n### Output:\n```\n6\n```\n'), [
      '3\n1 2 3\n',
    ]);
  });
});
