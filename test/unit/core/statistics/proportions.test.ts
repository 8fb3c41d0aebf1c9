import assert from 'node:assert/strict';
import { bernoulliCusum, firstAlarm } from '../../../../src/core/statistics/cusum.ts';
import { chiSquareQuantile, combineP, fisherExact } from '../../../../src/core/statistics/fisher.ts';
import { wilson } from '../../../../src/core/statistics/wilson.ts';
import { assertDigits } from './tables.ts';

describe('the Wilson interval', () => {
  const published: [number, number, string, string][] = [
    [81, 263, '.255289', '.366210'],
    [15, 148, '.062386', '.160487'],
    [0, 20, '0', '.161125'],
    [18, 20, '.698966', '.972134'],
  ];
  for (const [count, of, low, high] of published) {
    it(`of ${count}/${of} is ${low}–${high}`, () => {
      const { share, interval } = wilson(count, of);
      assert.equal(share, count / of);
      assertDigits(interval?.low, low);
      assertDigits(interval?.high, high);
    });
  }

  it('ends at 1 if all succeeded, and does not exist without trials', () => {
    assert.equal(wilson(20, 20).interval?.high, 1);
    assert.deepEqual(wilson(0, 0), { count: 0, of: 0, share: undefined, interval: undefined });
  });
});

describe('the Bernoulli CUSUM', () => {
  const chart = bernoulliCusum(
    [0, 0, 1, 1, 0, 1, 1, 1].map((error) => error === 1),
    { usual: 0.1, worse: 0.25 },
  );

  it('climbs with errors and stays above zero', () => {
    const expected = '0 0 .916291 1.832581 1.650260 2.566551 3.482841 4.399132'.split(' ');
    expected.forEach((printed, at) => assertDigits(chart[at], printed));
    assert.equal(chart.length, expected.length);
  });

  it('reports the trial at which the threshold was reached', () => {
    assert.equal(firstAlarm(chart, 3), 6);
    assert.equal(firstAlarm(chart, 5), undefined);
  });
});

describe("Fisher's combination", () => {
  it('adds up p-values that are each a little small', () => {
    const { statistic, freedom, p } = combineP([0.1, 0.2, 0.05]);
    assertDigits(statistic, '13.815511');
    assert.equal(freedom, 6);
    assert.ok(p > 0.01 && p < 0.05, `${p}`);
    assertDigits(chiSquareQuantile(0.99, 6), '16.811894');
  });

  it('is sound for thousands of p-values, whose terms are too small for numbers', () => {
    // p-values spread evenly over 0 to 1 are no surprise together.
    const even = Array.from({ length: 2_000 }, (_, at) => (at + 0.5) / 2_000);
    const { p } = combineP(even);
    assert.ok(p > 0.4 && p < 0.6, `${p}`);
    // χ²(4000, .99) is 4211.01 by Wilson and Hilferty's approximation, which is good to a part in ten thousand there.
    const quantile = chiSquareQuantile(0.99, 4_000);
    assert.ok(Math.abs(quantile - 4_211.01) < 0.5, `${quantile}`);
  });
});

describe("Fisher's exact test", () => {
  it('gives the published p of the lady tasting tea', () => {
    assertDigits(fisherExact({ hits: 3, misses: 1 }, { hits: 1, misses: 3 }), '.485714');
    assertDigits(fisherExact({ hits: 4, misses: 0 }, { hits: 0, misses: 4 }), '.028571');
  });

  it('gives what R gives for the table of the criminal twins', () => {
    // fisher.test(matrix(c(2, 10, 15, 3), nrow = 2)), R. A. Fisher's own example.
    assertDigits(fisherExact({ hits: 2, misses: 10 }, { hits: 15, misses: 3 }), '.000537');
  });

  it('is 1 if a group is empty, and is valid for large groups', () => {
    assert.equal(fisherExact({ hits: 0, misses: 0 }, { hits: 3, misses: 1 }), 1);
    const p = fisherExact({ hits: 5_000, misses: 5_000 }, { hits: 5_100, misses: 4_900 });
    assert.ok(p > 0.15 && p < 0.17, `${p}`);
  });
});
