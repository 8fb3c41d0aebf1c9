import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { canonicalJson } from '../../../../src/core/text/canonicalJson.ts';
import { ExactNumber, numberOf, parseJson } from '../../../../src/core/text/exactNumber.ts';

/** Numbers as JSON writes them: integers of any length, fractions, exponents, zeros with a sign. */
export const jsonNumbers = fc.oneof(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc.integer().map((number) => `${number}.0`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
  fc.constantFrom('-0', '-0.0', '0.0', '1e3', '1E-5', '2.50', '1e-400', '0.1234567890123456789', '1e+25'),
);

describe('parseJson', () => {
  for (const digits of [
    '2.0',
    '-0',
    '-0.0',
    '0.0',
    '1e3',
    '9007199254740992',
    '12345678901234567891',
    '15511210043330985984000000',
    '1000000000000000000',
    '0.1234567890123456789',
  ]) {
    it(`keeps the digits of ${digits}`, () => {
      const text = `{"a":[${digits},"${digits}"],"b":{"c":${digits}}}`;
      const value = parseJson(text) as { a: unknown[] };
      assert.ok(value.a[0] instanceof ExactNumber);
      assert.equal(JSON.stringify(value), text);
      assert.equal(canonicalJson(value), text);
    });
  }

  for (const digits of [
    '0',
    '-7',
    '2.5',
    '9007199254740991',
    '0.1',
    '1e-7',
    '2.50',
    '0.30000000000000004',
    '1e-05',
  ]) {
    it(`reads ${digits} as a plain number`, () => {
      assert.deepEqual(parseJson(`[${digits}]`), [Number(digits)]);
    });
  }

  it('ignores numbers in strings', () => {
    const text = '["2.0, -0, 1e3 \\"12345678901234567891\\\\", 1]';
    assert.deepEqual(parseJson(text), ['2.0, -0, 1e3 "12345678901234567891\\', 1]);
  });

  it('reads the texts that JSON.parse reads, and throws for all others', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          assert.throws(() => parseJson(text), SyntaxError);
          return;
        }
        assert.deepEqual(JSON.parse(JSON.stringify(parseJson(text))), JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes every number with the value and the type that it had', () => {
    fc.assert(
      fc.property(fc.array(jsonNumbers), (numbers) => {
        const again = JSON.parse(JSON.stringify(parseJson(`[${numbers.join(',')}]`)), keepSource) as string[];
        again.forEach((digits, at) => {
          const given = numbers[at]!;
          assert.equal(/[.e]/i.test(digits), /[.e]/i.test(given), `${given} became ${digits}`);
          assert.ok(Object.is(Number(digits), Number(given)), `${given} became ${digits}`);
          if (!/[.e]/i.test(given)) assert.equal(digits, given);
        });
      }),
    );
  });
});

describe('an exact number', () => {
  it('shows its digits, and counts as the nearest double', () => {
    const number = numberOf('12345678901234567891');
    assert.equal(String(number), '12345678901234567891');
    assert.equal(Number(number), 12345678901234567000);
  });

  it('accepts only JSON numbers', () => {
    for (const text of ['', '1,2', '"a"', '01', 'NaN', '1]'])
      assert.throws(() => new ExactNumber(text), /is not a JSON number/);
  });
});

function keepSource(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? context!.source : value;
}
