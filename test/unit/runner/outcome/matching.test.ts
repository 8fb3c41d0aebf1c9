import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Json } from '../../../../src/core/text/json.ts';
import type { Comparator } from '../../../../src/core/task/task.ts';
import { compareRows, compareValue } from '../../../../src/runner/outcome/compare.ts';

const unordered: Comparator = { kind: 'unordered' };
const float: Comparator = { kind: 'float', rtol: 1e-7, atol: 1e-6 };

/** How a language writes an item with this number in a list; `expected` is the item that the case expects. */
const kinds: Readonly<Record<string, { expected: (n: number) => Json; actual: (n: number) => Json }>> = {
  numbers: { expected: (n) => n, actual: (n) => n },
  'texts that are numbers (Perl, Bash)': {
    expected: (n) => n,
    actual: (n) => ({ $: 'scalar', v: n.toFixed(1) }),
  },
  'truth values (Perl, Bash)': {
    expected: (n) => n % 2 === 1,
    actual: (n) => ({ $: 'scalar', v: n % 2 === 1 ? '1' : ['', '0'][(n / 2) % 2]! }),
  },
  'rows with empty lists (PHP)': {
    expected: (n) => [n, n % 2 === 0 ? [] : {}],
    actual: (n) => [n, { $: 'empty' }],
  },
  'rows with nothing (R, Perl)': {
    expected: (n) => [n, [null, [], {}][n % 3]!],
    actual: (n) => [n, { $: 'nothing' }],
  },
  'vectors of length 1 (R)': {
    expected: (n) => (n % 2 === 0 ? n : [n]),
    actual: (n) => ({ $: 'one', v: n }),
  },
  'whole numbers (C++, Go, Java)': {
    expected: (n) => (n % 2 === 0 ? n : `${n}000000000000000000`),
    actual: (n) => ({ $: 'number', v: n % 2 === 0 ? String(n) : `${n}000000000000000000` }),
  },
  'undefined members': {
    expected: (n) => ({ id: n, name: null }),
    actual: (n) => ({ name: { $: 'undefined' }, id: n }),
  },
  'objects shown as text': {
    expected: (n) => `P(${n})`,
    actual: (n) => ({ $: 'unconverted', v: `P(${n})`, what: 'a value' }),
  },
  sets: { expected: (n) => [n, n + 1, 'x'], actual: (n) => ({ $: 'set', v: ['x', n + 1, n] }) },
  'maps without texts as keys': {
    expected: (n) => [
      [n, 'a'],
      [n + 1, []],
    ],
    actual: (n) => ({
      $: 'pairs',
      v: [
        [n + 1, { $: 'empty' }],
        [n, 'a'],
      ],
    }),
  },
};

const sizes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 10, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1000, max: 5000 }) },
);

/** The items in a random order by the seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed || 1;
  const keys = items.map((_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return [state, index] as const;
  });
  return keys.toSorted(([a], [b]) => a - b).map(([, index]) => items[index]!);
}

function numbersUpTo(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}

describe('comparing without order', function () {
  for (const [kind, { expected, actual }] of Object.entries(kinds)) {
    it(`finds a shuffled list equal to itself, but not a list with a wrong item: ${kind}`, () => {
      const wrong: Json = 'nothing of the kind';
      fc.assert(
        fc.property(sizes, fc.nat(), fc.constantFrom(unordered, float), (size, seed, comparator) => {
          const wanted = numbersUpTo(size).map(expected);
          const given = shuffled(numbersUpTo(size).map(actual), seed);
          const whole = comparator === float ? { $: 'set', v: given } : given;
          const comparison = compareValue(comparator, wanted, whole);
          assert.ok(comparison.equal, comparison.reason);
          const broken = given.with(seed % size, wrong);
          assert.equal(
            compareValue(comparator, wanted, comparator === float ? { $: 'set', v: broken } : broken).equal,
            false,
          );
        }),
        { numRuns: 25 },
      );
    });
  }

  it('finds shuffled rows with averages equal to themselves, as engines print them', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.constantFrom(0.37, 1e-5, 1e-8), (size, seed, step) => {
        const rows = numbersUpTo(size).map((n) => [n % 7, `name ${n % 3}`, n * step]);
        const printed = rows.map(([a, b, c]) => [a!, b!, Number((c as number).toPrecision(9))]);
        const comparison = compareRows(rows, shuffled(printed, seed), false);
        assert.ok(comparison.equal, comparison.reason);
      }),
      { numRuns: 25 },
    );
  });

  it('agrees with a search through every way to pair the items', () => {
    const near = fc.constantFrom(0, 1, 1 - 8e-7, 1 + 8e-7, 1 + 16e-7, 2);
    const leaf = fc.oneof(near, fc.constantFrom('', '0', '1', '1.0', 'true', 'x', null, true, false));
    const { value: plain } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.array(tie('value'), { maxLength: 2 }) as fc.Arbitrary<Json>,
        fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }) as fc.Arbitrary<Json>,
      ),
    }));
    const wire = fc.oneof(
      plain,
      fc.constantFrom<Json>({ $: 'empty' }, { $: 'nothing' }, { $: 'undefined' }, { $: 'number', v: '1' }),
      fc.constantFrom('', '0', '1', ' 1 ', '1.0', 'true', 'x').map((v): Json => ({ $: 'scalar', v })),
      plain.map((v): Json => ({ $: 'one', v })),
      fc.array(leaf, { maxLength: 3 }).map((v): Json => ({ $: 'set', v: v as Json[] })),
    );
    const few = { minLength: 1, maxLength: 5 };
    fc.assert(
      fc.property(
        fc.array(plain, few),
        fc.array(wire, few),
        fc.constantFrom(unordered, float),
        fc.nat(),
        (wanted, other, comparator, seed) => {
          // Half of the given items are wanted items; otherwise few would be equal.
          const given = shuffled(
            wanted.map((item, index) => (index % 2 === seed % 2 ? item : (other[index] ?? item))),
            seed,
          );
          const matches = (a: Json, b: Json): boolean =>
            compareValue(comparator === unordered ? { kind: 'json' } : comparator, a, b).equal;
          const whole: Json = { $: 'set', v: given };
          const found = compareValue(comparator === unordered ? { kind: 'json' } : comparator, wanted, whole);
          const isEqual = canPair(wanted, given, matches);
          assert.equal(found.equal, isEqual, `${JSON.stringify(wanted)} and ${JSON.stringify(given)}`);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('pairs items that equal several others, if possible', () => {
    const scalar: Json = { $: 'scalar', v: '1' };
    assert.equal(compareValue(unordered, [1, '1'], [scalar, 1]).equal, true);
    assert.equal(compareValue(unordered, ['1', 1], [1, scalar]).equal, true);
    assert.equal(compareValue(unordered, [1, 1], [scalar, '1']).equal, false);
  });

  it('is fast for long lists: each item is looked up, not searched for', () => {
    const count = 100_000;
    const wanted = numbersUpTo(count).map((n) => [n, n / 3]);
    const given = shuffled(wanted, 7).map(([a, b]): Json => [{ $: 'number', v: String(a) }, b!]);
    assert.equal(compareValue(unordered, wanted, given).equal, true);
    assert.equal(compareRows(wanted, given, false).equal, true);
    assert.match(compareRows(wanted, given.with(3, [-5, 0]), false).reason ?? '', /is missing/);
    const other = wanted.map(([a]) => [-1 - a!]);
    assert.match(compareValue(unordered, wanted, other).reason ?? '', /100000 items are missing/);
  });

  it('gives up, with a reason, on items that an answer made similar to block the editor', () => {
    const orders = numbersUpTo(3000).map((n) => numbersUpTo(12).map((k) => (n >> k) & 1));
    const given = orders.map((bits, index): Json => ({
      $: 'set',
      v: [...shuffled(bits, index), { $: 'one', v: index % 2 }],
    }));
    const wanted = orders.map((bits, index) => [...bits, (index + 1) % 2]);
    assert.match(compareValue(unordered, wanted, given).reason ?? '', /too many similar items/);
  });
});

/** Whether the items can be paired; tries every way. */
function canPair(
  wanted: readonly Json[],
  given: readonly Json[],
  matches: (a: Json, b: Json) => boolean,
): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return given.length === 0;
  return given.some(
    (item, index) => matches(first, item) && canPair(rest, given.toSpliced(index, 1), matches),
  );
}
