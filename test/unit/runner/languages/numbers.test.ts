import assert from 'node:assert/strict';
import { parseJson } from '../../../../src/core/text/exactNumber.ts';
import type { Json } from '../../../../src/core/text/json.ts';
import { needsSandbox, needsToolchain, resultsOf, type CaseFacts } from '../harness.ts';

/** Answers that distinguish types of numbers. Arguments and values are JSON, as in a file. */
interface Numbers {
  readonly answer: string;
  /** Function, arguments, value. */
  readonly pass: readonly (readonly [string, string, string])[];
  readonly fail?: readonly (readonly [string, string, string])[];
  readonly unsupported?: readonly (readonly [string, string, string])[];
}

const big = '12345678901234567891';
const factorial = '15511210043330985984000000';

const languages: Record<string, Numbers> = {
  bash: {
    answer: 'same() { printf "%s" "$1"; }\n',
    pass: [
      ['same', `[${big}]`, big],
      ['same', '[2.0]', '"2.0"'],
      ['same', '[-0.0]', '"-0.0"'],
    ],
    fail: [['same', '[12345678901234567892]', big]],
  },
  c: {
    answer:
      '#include <math.h>\n#include <stdint.h>\nint half(int n) { return n / 2; }\ndouble share(double x) { return x / 4; }\n' +
      'long long next(long long n) { return n + 1; }\nuint64_t last(uint64_t n) { return n % 10; }\nint sign(double x) { return signbit(x) ? -1 : 1; }\n',
    pass: [
      ['half', '[2.0]', '1'],
      ['share', '[2.0]', '0.5'],
      ['share', '[8]', '2.0'],
      ['next', '[9007199254740993]', '9007199254740994'],
      ['last', `[${big}]`, '1'],
      ['sign', '[-0.0]', '-1'],
    ],
    fail: [['next', '[9007199254740993]', '9007199254740995']],
    unsupported: [
      ['half', '[3000000000]', '0'],
      ['half', '[2.5]', '1'],
      ['next', `[${big}]`, '0'],
      ['last', '[-1]', '0'],
      ['share', '[9007199254740993]', '0'],
    ],
  },
  cpp: {
    answer:
      '#include <cmath>\n#include <vector>\nint half(int n) { return n / 2; }\ndouble share(double x) { return x / 4; }\nlong long next(long long n) { return n + 1; }\n' +
      'unsigned long long last(unsigned long long n) { return n % 10; }\nint sign(double x) { return std::signbit(x) ? -1 : 1; }\nint count(std::vector<signed char> xs) { return xs.size(); }\n',
    pass: [
      ['half', '[2.0]', '1'],
      ['share', '[2.0]', '0.5'],
      ['share', '[8]', '2.0'],
      ['next', '[9007199254740993]', '9007199254740994'],
      ['last', `[${big}]`, '1'],
      ['sign', '[-0.0]', '-1'],
      ['count', '[[-128, 127]]', '2'],
    ],
    fail: [['next', '[9007199254740993]', '9007199254740995']],
    unsupported: [
      ['half', '[3000000000]', '0'],
      ['half', '[2.5]', '1'],
      ['next', `[${big}]`, '0'],
      ['next', '[9223372036854775808.0]', '0'],
      ['share', '[9007199254740993]', '0'],
      ['count', '[[300]]', '0'],
    ],
  },
  go: {
    answer:
      'package main\n\nimport (\n\t"fmt"\n\t"math"\n)\n\nfunc Half(n int) int { return n / 2 }\nfunc Halves(xs []int) int { return len(xs) }\nfunc Share(x float64) float64 { return x / 4 }\n' +
      'func Next(n int64) int64 { return n + 1 }\nfunc Last(n uint64) uint64 { return n % 10 }\nfunc Kind(x interface{}) string { return fmt.Sprintf("%T", x) }\n' +
      'func Sign(x float64) bool { return math.Signbit(x) }\nfunc Items(xs map[string]interface{}) int { return len(xs) }\n',
    pass: [
      ['Half', '[2.0]', '1'],
      ['Halves', '[[2.0, 3]]', '2'],
      ['Share', '[2.0]', '0.5'],
      ['Share', '[8]', '2.0'],
      ['Next', '[9007199254740993]', '9007199254740994'],
      ['Last', `[${big}]`, '1'],
      ['Kind', '[2.0]', '"float64"'],
      ['Kind', '[2]', '"float64"'],
      ['Sign', '[-0.0]', 'true'],
      ['Items', '[{"a": 1, "b": [2.0]}]', '2'],
    ],
    fail: [['Next', '[9007199254740993]', '9007199254740995']],
    unsupported: [
      ['Half', '[2.5]', '1'],
      ['Next', `[${big}]`, '0'],
      ['Kind', `[${big}]`, '"float64"'],
      ['Share', '[9007199254740993]', '0'],
      ['Items', `[{"a": [${big}]}]`, '1'],
    ],
  },
  java: {
    answer:
      'import java.math.*;\nimport java.util.*;\nclass Main {\n  static String kind(Object x) { return x.getClass().getSimpleName(); }\n  static String inner(Map<String, Object> x) { return kind(x.get("a")); }\n' +
      '  static int half(int n) { return n / 2; }\n  static double share(double x) { return x / 4; }\n  static long next(long n) { return n + 1; }\n' +
      '  static BigInteger factorial(int n) { BigInteger r = BigInteger.ONE; for (int i = 2; i <= n; i++) r = r.multiply(BigInteger.valueOf(i)); return r; }\n' +
      '  static int last(BigInteger n) { return n.mod(BigInteger.TEN).intValue(); }\n  static boolean sign(double x) { return 1 / x < 0; }\n  static String text(BigDecimal x) { return x.toString(); }\n}\n',
    pass: [
      ['kind', '[2.0]', '"Double"'],
      ['kind', '[2.5]', '"Double"'],
      ['kind', '[2]', '"Integer"'],
      ['kind', '[3000000000]', '"Long"'],
      ['kind', `[${big}]`, '"BigInteger"'],
      ['inner', '[{"a": 2}]', '"Integer"'],
      ['half', '[2.0]', '1'],
      ['share', '[2.0]', '0.5'],
      ['share', '[8]', '2.0'],
      ['next', '[9007199254740993]', '9007199254740994'],
      ['factorial', '[25]', factorial],
      ['last', `[${big}]`, '1'],
      ['sign', '[-0.0]', 'true'],
      ['text', '[0.1234567890123456789]', '"0.1234567890123456789"'],
    ],
    fail: [['factorial', '[25]', '15511210043330985984000001']],
    unsupported: [
      ['half', '[3000000000]', '0'],
      ['half', '[2.5]', '1'],
      ['next', `[${big}]`, '0'],
      ['share', '[9007199254740993]', '0'],
    ],
  },
  javascript: {
    answer:
      'function kind(x) { return typeof x; }\nfunction last(n) { return Number(n % 10n); }\nfunction next(n) { return n + 1n; }\nfunction sign(x) { return Object.is(x, -0); }\n' +
      'function share(x) { return x / 4; }\nfunction member(x) { return Object.keys(x)[0]; }\nfunction power() { return 2 ** 60; }\nfunction sum(xs) { return xs.reduce((a, b) => a + b); }\n',
    pass: [
      ['kind', '[2.0]', '"number"'],
      ['kind', '[9007199254740991]', '"number"'],
      ['kind', '[1000000000000000000]', '"number"'],
      ['kind', `[${big}]`, '"bigint"'],
      ['last', `[${big}]`, '1'],
      ['next', `[${big}]`, '12345678901234567892'],
      ['sign', '[-0.0]', 'true'],
      ['share', '[2.0]', '0.5'],
      ['share', '[8]', '2.0'],
      ['member', '[{"__proto__": 2.0}]', '"__proto__"'],
      ['power', '[]', '1152921504606846976'],
      ['sum', '[[1.0, 2e0]]', '3'],
    ],
    fail: [
      ['next', `[${big}]`, big],
      ['power', '[]', '1152921504606846977'],
    ],
  },
  perl: {
    answer:
      'sub same { return $_[0]; }\nsub third { return $_[0] / 3; }\nsub last_digit { return $_[0] % 10; }\n',
    pass: [
      ['same', `[${big}]`, big],
      ['same', `[${factorial}]`, factorial],
      ['same', '[0.30000000000000004]', '0.30000000000000004'],
      ['third', '[1.0]', '0.3333333333333333'],
      ['last_digit', `[${big}]`, '1'],
    ],
    fail: [['same', `[${factorial}]`, '15511210043330985984000001']],
  },
  php: {
    answer:
      '<?php\nfunction kind($x) { return gettype($x); }\nfunction same($x) { return $x; }\nfunction sign($x) { return fdiv(1, $x) < 0; }\nfunction inner($x) { return gettype($x["a"][0]); }\n',
    pass: [
      ['kind', '[2.0]', '"double"'],
      ['kind', '[2]', '"integer"'],
      ['kind', '[1e3]', '"double"'],
      ['inner', '[{"a": [2.0]}]', '"double"'],
      ['same', '[9007199254740993]', '9007199254740993'],
      ['same', '[9223372036854775807]', '9223372036854775807'],
      ['same', '[0.30000000000000004]', '0.30000000000000004'],
      ['sign', '[-0.0]', 'true'],
    ],
    fail: [['same', '[9007199254740993]', '9007199254740992']],
    unsupported: [
      ['kind', `[${big}]`, '"double"'],
      ['same', '[1]', factorial],
    ],
  },
  python: {
    answer:
      'import json\nimport math\ndef kind(x):\n    return type(x).__name__\ndef text(x):\n    return str(x)\ndef dump(x):\n    return json.dumps(x)\ndef bits(x):\n    return x.hex()\n' +
      'def whole(x):\n    return x.is_integer()\ndef sign(x):\n    return math.copysign(1, x)\ndef ints(xs):\n    return [x for x in xs if type(x) is int]\n' +
      'def factorial(n):\n    return math.factorial(n)\ndef wrong(n):\n    return math.factorial(n) + 1\ndef last(n):\n    return n % 10\ndef rounded(n):\n    return float(n)\ndef same(x):\n    return x\n',
    pass: [
      ['kind', '[2.0]', '"float"'],
      ['kind', '[2]', '"int"'],
      ['kind', '[1e3]', '"float"'],
      ['text', '[3.0]', '"3.0"'],
      ['text', '[10000000000000000000000000]', '"10000000000000000000000000"'],
      ['dump', '[{"a": [2.0, -0.0, 1e3]}]', '"{\\"a\\": [2.0, -0.0, 1000.0]}"'],
      ['bits', '[1.0]', '"0x1.0000000000000p+0"'],
      ['whole', '[2.0]', 'true'],
      ['sign', '[-0.0]', '-1'],
      ['ints', '[[1, 2.0]]', '[1]'],
      ['factorial', '[25]', factorial],
      ['last', `[${big}]`, '1'],
      ['last', `[1${'0'.repeat(5_000)}7]`, '7'],
      ['same', `[[${big}, {"$": "number", "v": "2.0"}]]`, `[${big}, [["$", "number"], ["v", "2.0"]]]`],
      ['same', '[1152921504606846976]', '1152921504606846976'],
      ['same', '[2.0]', '2'],
      ['same', '[2]', '2.0'],
      ['rounded', '[9007199254740992]', '9007199254740992'],
    ],
    fail: [
      ['wrong', '[25]', factorial],
      ['same', '[1152921504606846977]', '1152921504606846976'],
      ['rounded', '[9007199254740993]', '9007199254740993'],
    ],
  },
  r: {
    answer:
      'kind <- function(x) class(x)\nsign_of <- function(x) 1 / x < 0\nsame <- function(x) x\nshare <- function(x) x / 4\ncount <- function(xs) length(xs)\n',
    pass: [
      ['kind', '[2.0]', '"numeric"'],
      ['sign_of', '[-0.0]', 'true'],
      ['same', '[1152921504606846976]', '1152921504606846976'],
      ['same', '[0.30000000000000004]', '0.30000000000000004'],
      ['share', '[8]', '2.0'],
      ['kind', '[[1, 2.0]]', '"numeric"'],
    ],
    unsupported: [
      ['same', `[${big}]`, big],
      ['same', '[1]', factorial],
    ],
  },
  ruby: {
    answer:
      'def half(x) = x / 4\ndef int(x) = x.is_a?(Integer)\ndef same(x) = x\ndef text(x) = x.to_s\ndef last(n) = n % 10\n',
    pass: [
      ['half', '[2.0]', '0.5'],
      ['int', '[2.0]', 'false'],
      ['int', '[2]', 'true'],
      ['text', '[-0.0]', '"-0.0"'],
      ['text', '[1e3]', '"1000.0"'],
      ['last', `[${big}]`, '1'],
      ['same', `[${factorial}]`, factorial],
    ],
    fail: [['same', `[${factorial}]`, '15511210043330985984000001']],
  },
  rust: {
    answer:
      'fn half(n: i32) -> i32 { n / 2 }\nfn share(x: f64) -> f64 { x / 4.0 }\nfn next(n: i64) -> i64 { n + 1 }\nfn last(n: u64) -> u64 { n % 10 }\nfn sign(x: f64) -> bool { x.is_sign_negative() }\n' +
      'fn factorial(n: u32) -> u128 { (1..=n as u128).product() }\nfn huge() -> f64 { 1e300 }\n',
    pass: [
      ['half', '[2.0]', '1'],
      ['share', '[2.0]', '0.5'],
      ['share', '[8]', '2.0'],
      ['next', '[9007199254740993]', '9007199254740994'],
      ['last', `[${big}]`, '1'],
      ['sign', '[-0.0]', 'true'],
      ['factorial', '[25]', factorial],
      ['huge', '[]', '1e300'],
    ],
    fail: [['factorial', '[25]', '15511210043330985984000001']],
    unsupported: [
      ['half', '[3000000000]', '0'],
      ['half', '[2.5]', '1'],
      ['next', '[9223372036854775808]', '0'],
      ['next', '[9223372036854775808.0]', '0'],
      ['share', '[9007199254740993]', '0'],
    ],
  },
};

describe('numbers', () => {
  before(needsSandbox());

  for (const [language, numbers] of Object.entries(languages)) {
    describe(language, function () {
      before(needsToolchain(language));

      it('keep their type and digits', async () => {
        const rows = (['pass', 'fail', 'unsupported'] as const).flatMap((verdict) =>
          (numbers[verdict] ?? []).map(([name, args, expected]) => ({ name, args, expected, verdict })),
        );
        const cases = rows.map(({ name, args, expected }): CaseFacts => ({
          kind: 'call',
          function: name,
          args: parseJson(args) as Json[],
          expected: parseJson(expected) as Json,
        }));
        const results = await resultsOf(language, numbers.answer, cases);
        const wrong = results.flatMap(({ verdict, reason, actual, stderr }, index) =>
          verdict === rows[index]!.verdict ? [] : [{ ...rows[index], got: verdict, reason, actual, stderr }],
        );
        assert.deepEqual(wrong, []);
      });
    });
  }
});
