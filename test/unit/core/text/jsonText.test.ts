import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isJson, jsonFault, listElements } from '../../../../src/core/text/jsonText.ts';

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
    ['{} {}', 3, /more text after/],
    ['', 0, /ends too early/],
  ];
  for (const [text, offset, reason] of faults) {
    it(`finds the fault in ${JSON.stringify(text)}`, () => {
      const fault = jsonFault(text);
      assert.equal(fault?.offset, offset);
      assert.match(fault.reason, reason);
    });
  }

  it('finds a fault exactly if JSON.parse rejects a text', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '\\', '0', 'x', '\n', ' '))
      .map(
        ([json, at, put]) =>
          json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        const fault = jsonFault(text);
        assert.equal(fault !== undefined, !isJson(text), text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('follows any depth of nesting', () => {
    const depth = 200_000;
    assert.equal(jsonFault('['.repeat(depth) + ']'.repeat(depth)), undefined);
    assert.equal(jsonFault('['.repeat(depth))?.offset, depth);
  });
});

describe('listElements', () => {
  it('splits a list at its commas', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(3), (values, indent) => {
        const text = JSON.stringify(values, null, indent);
        const elements = [...listElements(text)];
        assert.deepEqual(
          elements.map((element) => JSON.stringify(JSON.parse(element.text))),
          values.map((value) => JSON.stringify(value)),
        );
        for (const { text: element, offset } of elements) assert.ok(text.startsWith(element, offset));
      }),
    );
  });
});
