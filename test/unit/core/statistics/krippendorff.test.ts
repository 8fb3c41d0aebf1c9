import assert from 'node:assert/strict';
import { krippendorffAlpha, type Metric } from '../../../../src/core/statistics/krippendorff.ts';
import { patternsOf } from '../../../../src/core/statistics/patterns.ts';
import { assertDigits, fourObservers, threeObservers } from './tables.ts';

describe("Krippendorff's alpha", () => {
  const published: [string, number[][], number[], [Metric, string][]][] = [
    [
      'the 4 × 12 example',
      fourObservers,
      [1, 2, 3, 4, 5],
      [
        ['nominal', '.743421'],
        ['ordinal', '.815388'],
        ['interval', '.849107'],
        ['ratio', '.797403'],
      ],
    ],
    [
      'the 3 × 15 example',
      threeObservers,
      [1, 2, 3, 4],
      [
        ['nominal', '.691358'],
        ['interval', '.810845'],
        ['ordinal', '.806721'],
      ],
    ],
  ];
  for (const [title, items, values, expected] of published) {
    for (const [metric, alpha] of expected) {
      it(`is ${alpha} on ${title}, ${metric}`, () =>
        assertDigits(krippendorffAlpha(patternsOf(items, values.length), metric, values), alpha));
    }
  }

  it('does not exist where nobody shares an item, or where all gave everything the same', () => {
    assert.equal(krippendorffAlpha(patternsOf([[0], [1], []], 2), 'nominal'), undefined);
    const same = patternsOf(
      [
        [0, 0],
        [0, 0],
      ],
      2,
    );
    assert.equal(krippendorffAlpha(same, 'nominal'), undefined);
  });
});
