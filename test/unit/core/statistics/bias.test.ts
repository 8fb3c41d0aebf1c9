import assert from 'node:assert/strict';
import type { Preference } from '../../../../src/core/task/preference.ts';
import { flipRate } from '../../../../src/core/statistics/flipRate.ts';
import { lengthBias } from '../../../../src/core/statistics/lengthBias.ts';
import { positionBias } from '../../../../src/core/statistics/positionBias.ts';
import { seededRandom, shuffled } from '../../../../src/core/text/random.ts';
import { relativeDifference, styleOf, styleTraits } from '../../../../src/core/statistics/style.ts';
import { assertDigits } from './tables.ts';

const left: Preference = { kind: 'better', winner: 'left', strength: 2 };
const right: Preference = { kind: 'better', winner: 'right', strength: 1 };

describe('position bias', () => {
  it('counts how often the answer shown first wins, whichever it is', () => {
    const reviews = [
      ...Array.from({ length: 15 }, () => ({ shown: ['left', 'right'], preference: left })),
      ...Array.from({ length: 15 }, () => ({ shown: ['right', 'left'], preference: right })),
      ...Array.from({ length: 10 }, () => ({ shown: ['right', 'left'], preference: left })),
      { shown: ['left', 'right'], preference: { kind: 'tie' } as const },
      { shown: ['left'], preference: null },
    ];
    const { first, delta, standardError } = positionBias(reviews);
    assert.deepEqual([first.count, first.of], [30, 40]);
    assertDigits(delta, Math.log(3).toFixed(9));
    assertDigits(standardError, Math.sqrt(1 / 30 + 1 / 10).toFixed(9));
  });

  it('has no logit if one side always wins', () => {
    assert.equal(positionBias([{ shown: ['left', 'right'], preference: left }]).delta, undefined);
    assert.equal(positionBias([]).first.share, undefined);
  });
});

describe('length bias', () => {
  const lengths: Record<string, number> = { left: 300, right: 100, same: 100 };
  const choice = (n: number, preference: Preference, shown = ['left', 'right']) => ({
    taskId: `t${n}`,
    shown,
    preference,
  });

  it('counts how often the longer answer wins, and estimates the effect of length', () => {
    const reviews = Array.from({ length: 40 }, (_, n) =>
      choice(n, n < 30 ? left : right, n % 2 === 0 ? ['left', 'right'] : ['right', 'left']),
    );
    const { longer, beta } = lengthBias(reviews, (_task, answer) => lengths[answer]);
    assert.deepEqual([longer.count, longer.of], [30, 40]);
    // All differ by the same, one standard deviation: the logit of 3/4.
    assertDigits(beta?.value, Math.log(3).toFixed(6));
    assertDigits(
      beta && (beta.interval.high - beta.value) / 1.959964,
      Math.sqrt(1 / (40 * 0.1875)).toFixed(5),
    );
  });

  it('leaves out answers of equal length, ties, and removed tasks', () => {
    const reviews = [
      choice(1, left),
      choice(2, { kind: 'better', winner: 'right', strength: 1 }, ['right', 'same']),
      choice(3, { kind: 'tie' }),
      choice(4, left, ['left', 'gone']),
    ];
    assert.equal(lengthBias(reviews, (_task, answer) => lengths[answer]).longer.of, 1);
  });
});

describe('the flip rate', () => {
  it('counts reversed winners, and repeated verdicts', () => {
    const { flipped, kept } = flipRate([
      { before: left, after: { ...left, strength: 1 } },
      { before: left, after: right },
      { before: left, after: { kind: 'tie' } },
      { before: { kind: 'both-bad' }, after: { kind: 'both-bad' } },
    ]);
    assert.deepEqual([flipped.count, flipped.of], [1, 2]);
    assert.deepEqual([kept.count, kept.of], [2, 4]);
  });
});

describe('the difference in style', () => {
  it('compares length, comments in code, headings and lists outside of it', () => {
    const one = '# Title\n- a\n- b\n```py\n# comment\nx = 1\n```\n';
    const other = 'x = 1\n';
    const difference = styleOf(one).map((value, at) => relativeDifference(value, styleOf(other)[at]!));
    const [length, comments, headings, items] = difference;
    assert.equal(difference.length, styleTraits.length);
    assertDigits(length, ((one.length - other.length) / (one.length + other.length + 1)).toFixed(9));
    assert.deepEqual([comments, headings, items], [1 / 2, 1 / 2, 2 / 3]);
    assert.deepEqual(styleOf(one), [one.length, 1, 1, 2]);
  });
});

describe('seeded random numbers', () => {
  it('are the same for the same seed, spread evenly, and shuffle without loss', () => {
    const [one, again, other] = [seededRandom('a'), seededRandom('a'), seededRandom('b')];
    const numbers = Array.from({ length: 10_000 }, () => one());
    assert.deepEqual(
      numbers.slice(0, 50),
      Array.from({ length: 50 }, () => again()),
    );
    assert.notEqual(numbers[0], other());
    const tenths = Array.from(
      { length: 10 },
      (_, at) => numbers.filter((n) => Math.floor(n * 10) === at).length,
    );
    assert.ok(
      tenths.every((count) => count > 880 && count < 1_120),
      tenths.join(),
    );
    const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const order = shuffled(letters, seededRandom('s'));
    assert.deepEqual(order.toSorted(), letters);
    assert.notDeepEqual(order, letters);
  });
});
