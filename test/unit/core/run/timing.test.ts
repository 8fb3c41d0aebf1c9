import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareTimes, growthOf, medianEstimate } from '../../../../src/core/run/timing.ts';
import { timingLines } from '../../../../src/core/run/timingWords.ts';
import { timing } from '../../../fixtures/timings.ts';

/** A number that looks random and is the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the median of times', () => {
  it('lies between the ranks of the sign test’s interval', () => {
    // Conover's table: of 11 values the 2nd and the 10th hold the median with 98.8%, of 6 the extremes with 96.9%.
    const eleven = medianEstimate([11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6]);
    assert.deepEqual({ ...eleven, level: 0 }, { value: 6, low: 2, high: 10, level: 0 });
    assert.equal(eleven.level.toFixed(4), '0.9883');
    assert.equal(medianEstimate([1, 2, 3, 4, 5, 6]).level, 0.96875);
    assert.deepEqual(medianEstimate([5, 1, 4, 2, 3]), { value: 3, low: 1, high: 5, level: 0.9375 });
  });

  it('is inside of its interval, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1, maxLength: 60 }),
        (values) => {
          const { value, low, high } = medianEstimate(values);
          assert.ok(low <= value && value <= high);
        },
      ),
    );
  });
});

describe('the comparison of times', () => {
  it('finds a difference between equals in at most one of twenty comparisons', () => {
    const random = noise(7);
    // Times scatter to one side, and now and then the machine is busy.
    const time = () => 20 + 2 * random() ** 2 + (random() < 0.1 ? 30 * random() : 0);
    const trials = 2_000;
    let found = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const both = Array.from({ length: 11 }, () => [time(), time()] as const);
      const times = [both.map(([a]) => a), both.map(([, b]) => b)] as const;
      if (compareTimes(timing(times[0], times[1]))!.differs) found += 1;
    }
    assert.ok(found / trials < 0.05, `${found} of ${trials}`);
  });

  it('finds a difference of a fifth in the same noise, with its ratio', () => {
    const random = noise(3);
    const slow = Array.from({ length: 11 }, () => 24 + 2 * random());
    const fast = Array.from({ length: 11 }, () => 20 + 2 * random());
    const { ratio, differs } = compareTimes(timing(slow, fast))!;
    assert.ok(differs && ratio.low < 1.2 && ratio.high > 1.15, JSON.stringify(ratio));
  });

  it('is undefined for fewer than five pairs', () => {
    assert.equal(compareTimes(timing([1, 2, 3, 4], [1, 2, 3, 4])), undefined);
  });
});

describe('growth with n', () => {
  const grown = (time: (size: number) => number, startMs = 0) => {
    const random = noise(5);
    const points = [100, 200, 400, 800, 1600].map((size) => ({
      size,
      times: [1, 2, 3].map(() => ({ cpuMs: startMs + time(size) * (0.95 + 0.1 * random()), wallMs: 0 })),
    }));
    return growthOf({ growth: { points } }, { wallMs: 0, cpuMs: startMs });
  };

  it('is the power of n after subtracting the start time of the language', () => {
    for (const power of [1, 2, 3]) {
      const { exponent } = grown((size) => (size / 100) ** power * 2, 30)!;
      assert.ok(exponent.low < power + 0.05 && exponent.high > power - 0.05, `${power}: ${exponent.value}`);
      assert.equal(Math.round(exponent.value), power);
      assert.ok(exponent.high - exponent.low < 0.3);
    }
  });

  it('is undefined if times are close to the start time', () => {
    assert.equal(
      grown((size) => size / 1000, 30),
      undefined,
    );
  });
});

describe('a comparison of times in words', () => {
  it('names the slower, the ratio and its interval, by both clocks', () => {
    const made = timing([20, 21, 20, 21, 20, 21], [41, 42, 40, 41, 42, 41], 15);
    for (const { times } of made.answers) for (const time of times) time.wallMs = 100;
    assert.deepEqual(timingLines(made, ['A', 'B']), [
      'Processor time: B takes 2.00 times as long as A (1.95 to 2.10, 96.8% interval). A 20.5 ms (20 ms to 21 ms), B 41 ms (40 ms to 42 ms); medians of 6 runs each, in turn, 15 ms of it CPython’s start.',
      'Wall-clock time: no difference within noise: A takes 1.00 times as long as B (1.00 to 1.00, 96.8% interval). A 100 ms (100 ms to 100 ms), B 100 ms (100 ms to 100 ms); medians of 6 runs each, in turn, 15 ms of it CPython’s start.',
    ]);
  });

  it('says how each grows, or that it cannot be estimated, and why an answer has no times', () => {
    const made = timing([], []);
    const points = [1_000, 2_000, 4_000].map((size) => ({
      size,
      times: [{ cpuMs: size ** 2 / 1e5, wallMs: 0 }],
    }));
    made.answers[0]!.growth = { points, problem: 'stopped at n = 8,000: timeout' };
    made.answers[1]!.growth = { points: [] };
    made.answers[1]!.problem = 'it does not pass this case (fail), so its time says nothing';
    assert.deepEqual(timingLines(made, ['A', 'B']), [
      'B: it does not pass this case (fail), so its time says nothing.',
      'The time of A grows about as n^2 (n^2.00 to n^2.00, 95% interval; n = 1,000 to 4,000; stopped at n = 8,000: timeout).',
      'B: its times at these sizes are too short or too few to estimate their growth.',
    ]);
  });
});
