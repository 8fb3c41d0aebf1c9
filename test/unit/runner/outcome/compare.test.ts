import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ExactNumber } from '../../../../src/core/text/exactNumber.ts';
import type { Json } from '../../../../src/core/text/json.ts';
import type { Comparator } from '../../../../src/core/task/task.ts';
import { compareRows, compareText, compareValue } from '../../../../src/runner/outcome/compare.ts';
import { plainValue } from '../../../../src/runner/outcome/value.ts';

const float = { kind: 'float', rtol: 1e-7, atol: 1e-6 } as const;

/** Comparator, expected, actual: `true` if equal, else the reason. */
const texts: [Comparator, string, string, true | RegExp][] = [
  [{ kind: 'exact' }, 'a\n', 'a\n', true],
  [{ kind: 'exact' }, 'a\n', 'a', /2 lines expected, 1 printed/],
  [{ kind: 'exact' }, 'a\nb', 'a\nc', /line 2 differs/],
  [{ kind: 'trailing-space' }, 'a\nb', 'a  \r\nb\n\n', true],
  [{ kind: 'trailing-space' }, '', '\n', true],
  [{ kind: 'trailing-space' }, 'a', ' a', /line 1 differs/],
  [{ kind: 'tokens' }, '1 2\n3', '1\n2   3 ', true],
  [{ kind: 'tokens' }, '1 2', '1 3', /word 2 differs/],
  [float, '0.3333333 x', '0.33333333 x', true],
  [float, '1', '1.0', true],
  [float, '1', '1.1', /word 1 differs/],
  [float, 'x', 'y', /word 1 differs/],
  [float, 'Infinity', '5', /word 1 differs/],
  [float, '-Infinity', '-Infinity', true],
  [{ kind: 'unordered' }, 'a\nb\nb', 'b\na\nb\n', true],
  [{ kind: 'unordered' }, 'a\nb', 'b\nb', /differs/],
  [{ kind: 'json' }, '{"a":1,"b":[1.0]}', '{ "b": [1], "a": 1 }', true],
  [{ kind: 'json' }, '{"a":1}', '{"a":2}', /^a: the number differs/],
  [{ kind: 'json' }, '[12345678901234567891, 2.0]', '[12345678901234567891, 2]', true],
  [{ kind: 'json' }, '[12345678901234567891]', '[12345678901234567892]', /the number differs/],
  [{ kind: 'json' }, '{"a":1}', 'a', /not JSON/],
  [{ kind: 'checker', source: '' }, 'a', 'b', true],
];

/** Two values that JSON can write in two ways. */
const namedItems = [
  { $: 'named', v: [1], names: ['a'] },
  { $: 'either', v: [0.3333, '1/3'] },
];
const exact = (digits: string): ExactNumber => new ExactNumber(digits);

const values: [Comparator, Json, Json, true | RegExp][] = [
  [{ kind: 'json' }, exact('2.0'), 2, true],
  [{ kind: 'json' }, 2, exact('2.0'), true],
  [{ kind: 'json' }, exact('-0.0'), 0, true],
  [{ kind: 'json' }, exact('12345678901234567891'), { $: 'number', v: '12345678901234567891' }, true],
  [
    { kind: 'json' },
    exact('12345678901234567891'),
    { $: 'number', v: '12345678901234567892' },
    /the number differs/,
  ],
  [
    { kind: 'json' },
    [exact('12345678901234567891')],
    { $: 'set', v: [{ $: 'number', v: '12345678901234567891' }] },
    true,
  ],
  [{ kind: 'json' }, exact('12345678901234567891'), { $: 'scalar', v: '12345678901234567891' }, true],
  [
    { kind: 'json' },
    exact('12345678901234567891'),
    { $: 'scalar', v: '12345678901234567890' },
    /the number differs/,
  ],
  [{ kind: 'json' }, 7, { $: 'scalar', v: '007' }, true],
  // A double beyond 2^53 equals only its own value, not its neighbours.
  [{ kind: 'json' }, exact('1152921504606846976'), exact('1.152921504606847e+18'), true],
  [{ kind: 'json' }, exact('1152921504606846977'), exact('1.152921504606847e+18'), /the number differs/],
  [{ kind: 'json' }, exact('1e25'), { $: 'number', v: '10000000000000000905969664' }, true],
  [{ kind: 'json' }, exact('0.1234567890123456789'), 0.12345678901234568, true],
  [{ kind: 'json' }, 1, { $: 'number', v: 'NaN' }, /the number differs/],
  [float, exact('12345678901234567891'), { $: 'number', v: '12345678901234567892' }, /the number differs/],
  [float, 1_000_000_000, 1_000_000_001, /the number differs/],
  [float, exact('2.0'), exact('2.0000000001'), true],
  [{ kind: 'unordered' }, [exact('2.0'), 3], [3, 2], true],
  [
    { kind: 'unordered' },
    [exact('9007199254740993')],
    [exact('9007199254740992')],
    /9007199254740993 is missing/,
  ],
  [{ kind: 'json' }, 1, 1, true],
  [{ kind: 'json' }, [1, { a: 'x' }], [1, { a: 'y' }], /^\[1\]\.a: the string differs/],
  [{ kind: 'json' }, 1, '1', /string instead of number/],
  [{ kind: 'json' }, true, 1, /number instead of boolean/],
  [{ kind: 'json' }, null, [], /list instead of null/],
  [{ kind: 'json' }, [1], [1, 2], /2 items instead of 1/],
  [{ kind: 'json' }, { a: 1 }, {}, /member "a" is missing/],
  [{ kind: 'json' }, {}, { a: 1 }, /unexpected member "a"/],
  [{ kind: 'json' }, JSON.parse('{"__proto__":1}') as Json, {}, /"__proto__" is missing/],
  [{ kind: 'json' }, [1, 2], { $: 'set', v: [2, 1] }, true],
  [{ kind: 'json' }, [1, 1], { $: 'set', v: [1, 2] }, /1 is missing/],
  [{ kind: 'json' }, null, { $: 'undefined' }, true],
  [{ kind: 'json' }, 'NaN', { $: 'number', v: 'NaN' }, true],
  [{ kind: 'json' }, 2 ** 70, { $: 'number', v: '1180591620717411303424' }, true],
  [{ kind: 'json' }, 0.5, { $: 'either', v: [0.5, '1/2'] }, true],
  [{ kind: 'json' }, '1/2', { $: 'either', v: [0.5, '1/2'] }, true],
  [{ kind: 'json' }, '1/3', { $: 'either', v: [0.5, '1/2'] }, /^the string differs/],
  [{ kind: 'json' }, [1, 2], { $: 'named', v: [1, 2], names: ['a', 'b'] }, true],
  [{ kind: 'json' }, { a: 1, b: 2 }, { $: 'named', v: [1, 2], names: ['a', 'b'] }, true],
  [{ kind: 'json' }, { a: 1, b: 3 }, { $: 'named', v: [1, 2], names: ['a', 'b'] }, /^b: the number differs/],
  [{ kind: 'unordered' }, [2, 1], { $: 'named', v: [1, 2], names: ['a', 'b'] }, true],
  [{ kind: 'unordered' }, ['1/3', { a: 1 }], namedItems, true],
  [{ kind: 'unordered' }, ['1/3', { a: 2 }], namedItems, /missing/],
  [{ kind: 'json' }, 'P(1)', { $: 'unconverted', v: 'P(1)', what: 'a value' }, true],
  [{ kind: 'json' }, 'P(1)', { $: 'own', v: { x: 1 }, type: 'P', text: 'P(1)' }, true],
  [{ kind: 'json' }, { x: 1 }, { $: 'own', v: { x: 1 }, type: 'P' }, true],
  [{ kind: 'json' }, { x: 2 }, { $: 'own', v: { x: 1 }, type: 'P' }, /^x: the number differs/],
  [{ kind: 'json' }, { 1: 'a' }, { $: 'pairs', v: [[1, 'a']] }, true],
  [{ kind: 'json' }, { 1: 'b' }, { $: 'pairs', v: [[1, 'a']] }, /^1: the string differs/],
  [{ kind: 'json' }, [], { $: 'empty' }, true],
  [{ kind: 'json' }, {}, { $: 'empty' }, true],
  [{ kind: 'json' }, null, { $: 'empty' }, /list instead of null/],
  [{ kind: 'json' }, null, { $: 'nothing' }, true],
  [{ kind: 'json' }, [], { $: 'nothing' }, true],
  [{ kind: 'json' }, [1], { $: 'nothing' }, /0 items instead of 1/],
  [{ kind: 'json' }, 3, { $: 'one', v: 3 }, true],
  [{ kind: 'json' }, [3], { $: 'one', v: 3 }, true],
  [{ kind: 'json' }, [3, 3], { $: 'one', v: 3 }, /1 items instead of 2/],
  [{ kind: 'json' }, 3, { $: 'scalar', v: '3.0' }, true],
  [{ kind: 'json' }, '3.0', { $: 'scalar', v: '3.0' }, true],
  [{ kind: 'json' }, 0, { $: 'scalar', v: '' }, /the number differs/],
  [{ kind: 'json' }, false, { $: 'scalar', v: '' }, true],
  [{ kind: 'json' }, true, { $: 'scalar', v: '1' }, true],
  [{ kind: 'json' }, true, { $: 'scalar', v: 'x' }, /the truth value differs/],
  [{ kind: 'json' }, 0.3, 0.1 + 0.2, true],
  [{ kind: 'json' }, [{ a: 0.3 }], [{ a: 0.301 }], /the number differs/],
  [{ kind: 'json' }, 0, 1e-17, true],
  [{ kind: 'json' }, 0, 1e-9, /the number differs/],
  [{ kind: 'json' }, 3_000_000_000_000, 3_000_000_000_001, /the number differs/],
  [{ kind: 'json' }, 1, true, /boolean instead of number/],
  [{ kind: 'unordered' }, [0.3, 1], [1, 0.1 + 0.2], true],
  [{ kind: 'unordered' }, [['b', 'a']], [['a', 'b']], /lists inside the list are compared in order/],
  [float, [0.1, { a: 2 }], [0.1 + 1e-9, { a: 2 }], true],
  [float, [0.1], [0.2], /\[0\]: the number differs/],
  [{ kind: 'unordered' }, [[1], [2]], [[2], [1]], true],
  [{ kind: 'unordered' }, [1, 2], [2, 2], /1 is missing/],
  [{ kind: 'tokens' }, 'a b', 'a   b', true],
  [{ kind: 'exact' }, 'a', 'a ', /differs/],
];

/** Values without a JSON form, with an expected value. */
const incomparable: [Comparator, Json, Json][] = [
  [{ kind: 'json' }, 'P(2)', { $: 'unconverted', v: 'P(1)', what: 'a value' }],
  [{ kind: 'json' }, [1, 2], [1, { $: 'unconverted', v: 'P(1)', what: 'a value' }]],
  [{ kind: 'checker', source: '' }, 1, { $: 'unconverted', v: 'P(1)', what: 'a value' }],
  [{ kind: 'json' }, [1], { $: 'own', v: { x: 1 }, type: 'P' }],
  [{ kind: 'json' }, 'P(1)', { $: 'own', v: { x: 1 }, type: 'P' }],
  [{ kind: 'json' }, { x: 1, y: 2 }, { $: 'own', v: { x: 1 }, type: 'P' }],
  [{ kind: 'unordered' }, [{ y: 1 }], [{ $: 'own', v: { x: 1 }, type: 'P' }]],
  [{ kind: 'json' }, { '1,2': 3 }, { $: 'pairs', v: [[[1, 2], 3]] }],
];

/** A pairwise comparison of these took most of a minute, which would block the host. */
const many = Array.from({ length: 15_000 }, (_, index) => [index]);

describe('the float comparator', () => {
  for (const [expected, actual, equal] of [
    ['0.333333', '0.3333333', true],
    ['2.5', '2.50', true],
    ['1e-7', '0.0000001', true],
    ['16', '0x10', false],
    ['3', '0b11', false],
    ['inf', 'Infinity', true],
    ['-INF', '-inf', true],
    ['inf', '-inf', false],
    ['nan', 'NaN', true],
    ['nan', '0', false],
    ['50000000000000000', '50000000000000001', false],
    ['100000000000000000000', '100000000000000000000', true],
    ['+5', '5', true],
    ['3', '3.0', true],
    ['YES', 'yes', false],
    ['', 'nan', false],
  ] as const) {
    it(`finds ${actual} ${equal ? 'equal to' : 'other than'} ${expected}`, () => {
      assert.equal(compareText(float, expected, actual).equal, equal);
    });
  }

  it('ignores case if requested', () => {
    assert.ok(compareText({ ...float, ignoreCase: true }, 'YES 2.5', 'Yes 2.50').equal);
    assert.ok(compareText({ kind: 'tokens', ignoreCase: true }, 'YES', 'yes').equal);
  });
});

describe('comparing', () => {
  it('compares long lists without order, and gives up on very different lists', () => {
    assert.equal(compareValue({ kind: 'unordered' }, many, many.toReversed()).equal, true);
    const other = many.map(([index]) => [-1 - index!]);
    assert.match(compareValue({ kind: 'unordered' }, many, other).reason ?? '', /15000 items are missing/);
  });

  for (const [rows, compare, what] of [
    [texts, compareText, 'printed text'],
    [values, compareValue, 'values'],
  ] as [typeof values, typeof compareValue, string][]) {
    it(`compares ${what} with the expected value, and says where they differ`, () => {
      for (const [comparator, expected, actual, result] of rows) {
        const comparison = compare(comparator, expected, actual);
        const row = `${comparator.kind}: ${JSON.stringify(expected)} and ${JSON.stringify(actual)}`;
        assert.equal(comparison.equal, result === true, `${row}: ${comparison.reason}`);
        if (result !== true) assert.match(comparison.reason ?? '', result, row);
      }
    });
  }

  it('says if a fraction is equal only within the default tolerance', () => {
    const said = (expected: Json, actual: Json, kind: 'json' | 'unordered' = 'json') =>
      compareValue({ kind }, expected, actual).reason;
    assert.equal(said(0.3, 0.1 + 0.2), 'equal within 1e-9');
    assert.equal(said([1, { a: 0.3 }], [1, { a: 0.1 + 0.2 }]), 'equal within 1e-9');
    assert.equal(said([0.3], [0.1 + 0.2], 'unordered'), 'equal within 1e-9');
    assert.equal(said([0.3, 1, 2.5], [0.3, 1.0, 2.5]), undefined);
    assert.equal(compareValue(float, 0.3, 0.1 + 0.2).reason, undefined, 'the case says how close');
  });

  it('neither passes nor fails values without a JSON form', () => {
    for (const [comparator, expected, actual] of incomparable) {
      const comparison = compareValue(comparator, expected, actual);
      assert.equal(comparison.incomparable, true, JSON.stringify([expected, actual, comparison]));
    }
  });

  it('ignores addresses, which differ from run to run', () => {
    const value = { $: 'unconverted', v: '<main.P object at 0x7f138f790e10>', what: 'a value' };
    assert.equal(plainValue(value), '<main.P object>');
  });

  it('compares rows of a query with the expected rows, in any order unless order counts', () => {
    const rows = [
      ['Ada', 1.5],
      ['Bob', null],
    ];
    assert.equal(compareRows(rows, rows.toReversed(), false).equal, true);
    assert.equal(compareRows(rows, rows.toReversed(), true).equal, false);
    assert.equal(compareRows(rows, [['Ada', 1.5000001], rows[1]!], true).equal, true, 'as engines print it');
    assert.match(compareRows(rows, [rows[0]!, rows[0]!], false).reason ?? '', /\["Bob",null\] is missing/);
    assert.match(compareRows(rows, [rows[0]!], false).reason ?? '', /1 items instead of 2/);
  });

  it('finds every JSON value equal to itself, and never throws', () => {
    const kinds = ['exact', 'trailing-space', 'tokens', 'unordered', 'json'] as const;
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom(...kinds), (a, b, kind) => {
        // JSON has one zero.
        const clean = JSON.parse(JSON.stringify(a)) as Json;
        if (!JSON.stringify(clean).includes('"$"')) assert.ok(compareValue({ kind }, clean, clean).equal);
        assert.equal(typeof compareValue({ kind }, clean, b as Json).equal, 'boolean');
      }),
    );
  });

  it('finds every text equal to itself', () => {
    const kinds = ['exact', 'trailing-space', 'tokens', 'unordered'] as const;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...kinds), (text, kind) => {
        assert.ok(compareText({ kind }, text, text).equal);
      }),
    );
  });

  it('compares lines without order as if both texts were sorted, and tells the first line that differs', () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'b', 'ab', 'é', '😀', '\ufffd'), { maxLength: 8 });
    const sorted = (text: readonly string[]): string => ['', ...text].toSorted().join('\n|');
    fc.assert(
      fc.property(lines, lines, fc.boolean(), (one, other, isShuffled) => {
        const actual = isShuffled ? one.toReversed() : other;
        const found = compareText({ kind: 'unordered' }, `|${one.join('\n|')}`, `|${actual.join('\n|')}`);
        const [wanted, given] = [one, actual].map((text) =>
          text.length === 0 ? '|' : sorted(text).slice(1),
        );
        const { reason, ...rest } = compareText({ kind: 'exact' }, wanted!, given!);
        const where = reason?.replace('line', 'line, both sorted');
        assert.deepEqual(
          found,
          where === undefined || /expected/.test(where)
            ? { ...rest, ...(reason === undefined ? {} : { reason }) }
            : { ...rest, reason: where },
        );
      }),
    );
  });
});
