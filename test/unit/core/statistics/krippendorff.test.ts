import assert from 'node:assert/strict';
import { alphaByTimes, type Metric } from '../../../../src/core/statistics/krippendorff.ts';
import { patternsOf, type Pattern } from '../../../../src/core/statistics/patterns.ts';
import { assertDigits, coefficientOf, fourObservers, threeObservers } from './tables.ts';

function krippendorffAlpha(
  patterns: readonly Pattern[],
  metric: Metric,
  values?: readonly number[],
): number | undefined {
  return coefficientOf(patterns, (some) => alphaByTimes(some, metric, values));
}

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

  it('does not exist without shared items, or if all ratings are equal', () => {
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
