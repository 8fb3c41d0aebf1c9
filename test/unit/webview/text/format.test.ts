import { strict as assert } from 'node:assert';
import { parseJson } from '../../../../src/core/text/exactNumber.ts';
import { clock, counted, duration, moment, shownValue, size } from '../../../../src/webview/text/format.ts';

describe('figures and values as a person reads them', () => {
  it('are short', () => {
    assert.deepEqual([duration(9.4), duration(999.4), duration(2_003)], ['9 ms', '999 ms', '2.0 s']);
    assert.deepEqual(
      [size(900), size(9_100_000), size(212_000_000), size(2_500_000_000)],
      ['1 kB', '9.1 MB', '212 MB', '2.50 GB'],
    );
    assert.deepEqual([clock(0), clock(252_000), clock(3_661_000)], ['0:00', '4:12', '61:01']);
    assert.deepEqual([counted(0, 'error'), counted(1, 'error')], ['0 errors', '1 error']);
  });

  it('name the day only of a moment that is not today', () => {
    const at = new Date(2026, 10, 28, 14, 32);
    assert.equal(moment(at.toISOString(), new Date(2026, 10, 28, 23, 59)), '14:32');
    assert.equal(moment(at.toISOString(), new Date(2026, 10, 29)), '28 Nov, 14:32');
  });

  it('are JSON on one line, with spaces where a person puts them', () => {
    assert.equal(
      shownValue([[1, 'two\n'], { a: null, 'b c': [] }]),
      '[[1, "two\\n"], {"a": null, "b c": []}]',
    );
    assert.deepEqual(JSON.parse(shownValue({ a: [1, { b: '"' }] })), { a: [1, { b: '"' }] });
    assert.equal(
      shownValue(parseJson('[2.0,{"a":12345678901234567891}]')),
      '[2.0, {"a": 12345678901234567891}]',
    );
  });

  it('have no hidden characters, and stay JSON', () => {
    const value = { '\u202e': ['\u001b[2J', '\u009b\u200b'] };
    assert.equal(shownValue(value), '{"\\u202e": ["\\u001b[2J", "\\u009b\\u200b"]}');
    assert.deepEqual(JSON.parse(shownValue(value)), value);
  });
});
