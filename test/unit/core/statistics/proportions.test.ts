import assert from 'node:assert/strict';
import { bernoulliCusum, firstAlarm } from '../../../../src/core/statistics/cusum.ts';
import { chiSquareQuantile, combineP } from '../../../../src/core/statistics/fisher.ts';
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

  it('ends at 1 where all succeeded, and does not exist for nothing', () => {
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

  it('tells at which trial the threshold was reached', () => {
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
});
