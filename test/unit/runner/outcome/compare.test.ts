import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Json } from '../../../src/core/json.ts';
import type { Comparator } from '../../../src/core/task.ts';
import { compareRows, compareText, compareValue } from '../../../src/runner/compare.ts';

const float = { kind: 'float', rtol: 1e-7, atol: 1e-6 } as const;

/** Comparator, expected, actual: equal where the last is true, else why not. */
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
  [{ kind: 'json' }, '{"a":1}', 'a', /not JSON/],
  [{ kind: 'checker', source: '' }, 'a', 'b', true],
];

const values: [Comparator, Json, Json, true | RegExp][] = [
  [{ kind: 'json' }, 1, 1, true],
  [{ kind: 'json' }, [1, { a: 'x' }], [1, { a: 'y' }], /^\[1\]\.a: the string differs/],
  [{ kind: 'json' }, 1, '1', /string instead of number/],
  [{ kind: 'json' }, true, 1, /number instead of boolean/],
  [{ kind: 'json' }, null, [], /list instead of null/],
  [{ kind: 'json' }, [1], [1, 2], /2 items instead of 1/],
  [{ kind: 'json' }, { a: 1 }, {}, /member "a" is missing/],
  [{ kind: 'json' }, {}, { a: 1 }, /member "a" too many/],
  [{ kind: 'json' }, JSON.parse('{"__proto__":1}') as Json, {}, /"__proto__" is missing/],
  [{ kind: 'json' }, [1, 2], { $: 'set', v: [2, 1] }, true],
  [{ kind: 'json' }, [1, 1], { $: 'set', v: [1, 2] }, /1 is missing/],
  [{ kind: 'json' }, null, { $: 'undefined' }, true],
  [{ kind: 'json' }, 'NaN', { $: 'number', v: 'NaN' }, true],
  [{ kind: 'json' }, 2 ** 70, { $: 'number', v: '1180591620717411303424' }, true],
  [{ kind: 'json' }, 'P(1)', { $: 'text', v: 'P(1)' }, true],
  [{ kind: 'json' }, { x: 1 }, { $: 'text', v: 'P(1)' }, /an object instead of object/],
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
  [float, [0.1, { a: 2 }], [0.1 + 1e-9, { a: 2 }], true],
  [float, [0.1], [0.2], /\[0\]: the number differs/],
  [{ kind: 'unordered' }, [[1], [2]], [[2], [1]], true],
  [{ kind: 'unordered' }, [1, 2], [2, 2], /1 is missing/],
  [{ kind: 'tokens' }, 'a b', 'a   b', true],
  [{ kind: 'exact' }, 'a', 'a ', /differs/],
];

/** Longer than a comparison may hold the host up; it took most of a minute when each was held against each. */
const many = Array.from({ length: 15_000 }, (_, index) => [index]);

describe('comparing', () => {
  it('compares long lists without order, and gives up on those that are far apart', () => {
    assert.equal(compareValue({ kind: 'unordered' }, many, many.toReversed()).equal, true);
    const other = many.map(([index]) => [-1 - index!]);
    assert.match(compareValue({ kind: 'unordered' }, many, other).reason ?? '', /15000 items are missing/);
  });

  for (const [rows, compare, what] of [
    [texts, compareText, 'printed text'],
    [values, compareValue, 'values'],
  ] as [typeof values, typeof compareValue, string][]) {
    it(`holds ${what} against what is expected, and says where they differ`, () => {
      for (const [comparator, expected, actual, result] of rows) {
        const comparison = compare(comparator, expected, actual);
        const row = `${comparator.kind}: ${JSON.stringify(expected)} and ${JSON.stringify(actual)}`;
        assert.equal(comparison.equal, result === true, `${row}: ${comparison.reason}`);
        if (result !== true) assert.match(comparison.reason ?? '', result, row);
      }
    });
  }

  it('holds rows of a query against the expected ones, in any order unless order counts', () => {
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
});
