import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jsonFault, listElements } from '../../../src/core/jsonText.ts';

describe('jsonFault', () => {
  const faults: [string, number, RegExp][] = [
    ['{"a": 1', 7, /"," or "}" is missing/],
    ['{"a": 1 "b": 2}', 8, /"," or "}" is missing/],
    ['{"a": 1,}', 8, /comma/],
    ['[1, 2,\n]', 7, /comma/],
    ["{'a': 1}", 1, /double quotes/],
    ['{"a": \'x\'}', 6, /single quotes/],
    ['{"a" 1}', 5, /":" is missing/],
    ['{"a": None}', 6, /"None" is not a JSON value/],
    ['{"a": NaN}', 6, /"NaN"/],
    ['{"a": }', 6, /a value is missing/],
    ['{"a": "x', 6, /not closed/],
    ['{"a": "x\ny"}', 8, /line break/],
    ['{"a": "\\x41"}', 7, /escape/],
    ['{"a": -}', 6, /number/],
    ['{} {}', 3, /more text after the end/],
    ['', 0, /ends too early/],
  ];
  for (const [text, offset, reason] of faults) {
    it(`finds what is wrong in ${JSON.stringify(text)}`, () => {
      const fault = jsonFault(text);
      assert.equal(fault?.offset, offset);
      assert.match(fault.reason, reason);
    });
  }

  it('finds a fault exactly where JSON.parse does not read a text', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '\\', '0', 'x', '\n', ' '))
      .map(
        ([json, at, put]) =>
          json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        const fault = jsonFault(text);
        fc.pre(fault?.reason.startsWith('the number') !== true);
        assert.equal(fault !== undefined, !isJson(text), text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds whole numbers that reading would change, and no others', () => {
    assert.match(jsonFault('[9007199254740993]')?.reason ?? '', /9007199254740993 is too large/);
    assert.match(jsonFault(`[1${'0'.repeat(400)}]`)?.reason ?? '', /too large/);
    assert.match(jsonFault('[1000000000000000000000]')?.reason ?? '', /too large/);
    // 20! is above 2^53 and still exact.
    assert.equal(
      jsonFault('[2432902008176640000, -9007199254740992, 1e21, -0, 0.1234567890123456789]'),
      undefined,
    );
    assert.equal(jsonFault('["9007199254740993"]'), undefined);
  });

  it('follows any depth of nesting', () => {
    const depth = 200_000;
    assert.equal(jsonFault('['.repeat(depth) + ']'.repeat(depth)), undefined);
    assert.equal(jsonFault('['.repeat(depth))?.offset, depth);
  });
});

describe('listElements', () => {
  it('cuts a list where its commas are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(3), (values, indent) => {
        const text = JSON.stringify(values, null, indent);
        const elements = listElements(text);
        assert.deepEqual(
          elements.map((element) => JSON.stringify(JSON.parse(element.text))),
          values.map((value) => JSON.stringify(value)),
        );
        for (const { text: element, offset } of elements) assert.ok(text.startsWith(element, offset));
      }),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
