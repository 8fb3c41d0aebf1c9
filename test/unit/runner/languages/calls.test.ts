import assert from 'node:assert/strict';
import type { Json } from '../../../../src/core/text/json.ts';
import { needsSandbox, needsToolchain, resultsOf, type CaseFacts } from '../harness.ts';

/** An answer with functions to call, and the results of the calls. */
interface Calls {
  readonly answer: string;
  /** Function, arguments, value. */
  readonly values: readonly (readonly [string, readonly Json[], Json])[];
  /** Function, arguments, the name of what it throws. */
  readonly throws: readonly (readonly [string, readonly Json[], string])[];
  /** Functions and arguments that do not fit JSON. */
  readonly unfit?: readonly (readonly [string, readonly Json[]])[];
}

const languages: Record<string, Calls> = {
  bash: {
    answer:
      'add() { echo $(( $1 + $2 )); }\nwords() { printf "[\\"%s\\"]" "$1"; }\nbad() { echo no >&2; return 3; }\n',
    values: [
      ['add', [1, 2], 3],
      ['add', [1, 2], '3'],
      ['words', ['a b'], ['a b']],
    ],
    throws: [['bad', [], '3']],
  },
  c: {
    answer:
      '#include <stdbool.h>\n#include <stdlib.h>\n#include <string.h>\n' +
      'static long long sum(const int *items, size_t count) { long long s = 0; for (size_t i = 0; i < count; i++) s += items[i]; return s; }\n' +
      'bool even(int n) { return n % 2 == 0; }\ndouble half(double x) { return x / 2; }\n' +
      'char *twice(const char *s) {\n  char *out = malloc(2 * strlen(s) + 1);\n  return strcat(strcpy(out, s), s);\n}\n' +
      'void reverse(int items[], int n) { for (int i = 0; i < n / 2; i++) { int t = items[i]; items[i] = items[n - 1 - i]; items[n - 1 - i] = t; } }\n' +
      'struct point { int x; };\nint read_point(struct point *p) { return p->x; }\nint *leak(int n) { return 0; }\nint main(void) { return 7; }\n',
    values: [
      ['sum', [[1, 2, 3000000], 3], 3000003],
      ['even', [3], false],
      ['half', [2.5], 1.25],
      ['twice', ['é"'], 'é"é"'],
      ['reverse', [[1, 2, 3], 3], [3, 2, 1]],
    ],
    throws: [],
    unfit: [
      ['read_point', [{ x: 1 }]],
      ['leak', [1]],
      ['even', ['one']],
      ['even', [1, 2]],
    ],
  },
  cpp: {
    answer:
      '#include <map>\n#include <set>\n#include <stdexcept>\n#include <string>\n#include <vector>\nusing namespace std;\n' +
      'vector<int> twice(const vector<int>& xs) { vector<int> out; for (int x : xs) out.push_back(2 * x); return out; }\n' +
      'map<string, int> count(vector<string> words) { map<string, int> m; for (auto& w : words) m[w]++; return m; }\n' +
      'void sorted(vector<int>& xs) { xs = vector<int>(multiset<int>(xs.begin(), xs.end()).begin(), multiset<int>(xs.begin(), xs.end()).end()); }\n' +
      'set<int> unique_of(vector<int> xs) { return {xs.begin(), xs.end()}; }\nlong long big(long long n) { return n + 1; }\n' +
      'bool starts(const string& s, char c) { return !s.empty() && s[0] == c; }\nint fails(int n) { if (n < 0) throw invalid_argument("negative"); return n; }\n' +
      'struct Point { int x; };\nPoint moved(Point p) { return p; }\ntemplate <class T> T same(T x) { return x; }\n' +
      'class Solution { public: int plus(int a, int b) { return a + b; } };\nint main() { return 7; }\n',
    values: [
      ['twice', [[1, 2]], [2, 4]],
      ['count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['unique_of', [[3, 1, 3]], [1, 3]],
      ['big', [9007199254740991], 9007199254740992],
      ['starts', ['abc', 'a'], true],
      ['Solution.plus', [1, 2], 3],
    ],
    throws: [['fails', [-1], 'invalid_argument']],
    unfit: [
      ['moved', [{ x: 1 }]],
      ['same', [1]],
      ['fails', ['x']],
      ['fails', [1, 2]],
    ],
  },
  go: {
    answer:
      'package main\n\nimport (\n\t"errors"\n\t"fmt"\n)\n\ntype Point struct{ X, Y int }\n\ntype Stack struct{}\n\n' +
      'func (s *Stack) Size(n int) int { return n }\n\nfunc Twice(xs []int) []int {\n\tvar out []int\n\tfor _, x := range xs {\n\t\tout = append(out, 2*x)\n\t}\n\treturn out\n}\n\n' +
      'func Count(words []string) map[string]int {\n\tm := map[string]int{}\n\tfor _, w := range words {\n\t\tm[w]++\n\t}\n\treturn m\n}\n\n' +
      'func Move(p Point) Point { p.X++; return p }\n\nfunc Divide(a, b int) (int, error) {\n\tif b == 0 {\n\t\treturn 0, errors.New("zero")\n\t}\n\treturn a / b, nil\n}\n\n' +
      'func At(xs []int, i int) int { return xs[i] }\n\nfunc First(s string) rune { return []rune(s)[0] }\n\nfunc Sum(xs ...int) (s int) {\n\tfor _, x := range xs {\n\t\ts += x\n\t}\n\treturn\n}\n\n' +
      'func Two() (int, string) { return 1, "a" }\n\nfunc Same[T any](x T) T { return x }\n\nfunc Run(f func()) { f() }\n\nfunc main() { fmt.Println("main") }\n',
    values: [
      ['Twice', [[1, 2]], [2, 4]],
      ['Twice', [[]], []],
      ['Count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['Move', [{ X: 1, Y: 2 }], { X: 2, Y: 2 }],
      ['Divide', [7, 2], 3],
      ['First', ['é'], 233],
      ['Sum', [1, 2, 3], 6],
      ['Two', [], [1, 'a']],
      ['Stack.Size', [3], 3],
    ],
    throws: [
      ['Divide', [1, 0], 'error'],
      ['At', [[1], 5], 'panic'],
    ],
    unfit: [
      ['Same', [1]],
      ['Run', [1]],
      ['Twice', ['x']],
      ['Twice', [1.5]],
      ['Divide', [1]],
    ],
  },
  java: {
    answer:
      'import java.util.*;\n\npublic class Solution {\n  record Point(int x, int y) {}\n  public int[] twice(int[] xs) { return Arrays.stream(xs).map(x -> 2 * x).toArray(); }\n' +
      '  static Map<String, Integer> count(List<String> words) {\n    Map<String, Integer> m = new HashMap<>();\n    for (String w : words) m.merge(w, 1, Integer::sum);\n    return m;\n  }\n' +
      '  static Set<Long> unique(Collection<Long> xs) { return new HashSet<>(xs); }\n  static Point point(int x) { return new Point(x, x); }\n  static char first(String s) { return s.charAt(0); }\n' +
      '  static void sort(int[] xs) { Arrays.sort(xs); }\n  static Optional<String> maybe(boolean b) { return b ? Optional.of("x") : Optional.empty(); }\n  static int[][] grid(int[][] g) { return g; }\n' +
      '  static int fails(int n) { if (n < 0) throw new IllegalArgumentException("negative"); return n; }\n  static int moved(Point p) { return p.x(); }\n}\n',
    values: [
      ['twice', [[1, 2]], [2, 4]],
      ['count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['unique', [[3, 1, 3]], [1, 3]],
      ['point', [4], { x: 4, y: 4 }],
      ['first', ['abc'], 'a'],
      ['sort', [[3, 1, 2]], [1, 2, 3]],
      ['maybe', [false], null],
      ['grid', [[[1], [2, 3]]], [[1], [2, 3]]],
      ['Solution.twice', [[]], []],
    ],
    throws: [
      ['fails', [-1], 'IllegalArgumentException'],
      ['fails', [-1], 'RuntimeException'],
    ],
    unfit: [
      ['moved', [{ x: 1 }]],
      ['fails', ['x']],
      ['fails', [1, 2]],
    ],
  },
  perl: {
    answer:
      'use strict; use warnings;\nsub add { my ($x, $y) = @_; return $x + $y; }\nsub items { return (1, 2, 3); }\nsub reference { return [map { $_ * 2 } @{$_[0]}]; }\n' +
      'sub count { my %c; $c{$_}++ for @{$_[0]}; return \\%c; }\nsub is_even { return $_[0] % 2 == 0; }\nsub fails { die "negative\\n" if $_[0] < 0; }\nsub echo { return $_[0]; }\n',
    values: [
      ['add', [1, 2], 3],
      ['items', [], [1, 2, 3]],
      ['reference', [[1, 2]], [2, 4]],
      ['count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['is_even', [2], true],
      ['is_even', [3], false],
      ['echo', ['é😀'], 'é😀'],
    ],
    throws: [['fails', [-1], 'die']],
  },
  php: {
    answer:
      '<?php\nfunction add(int $a, int $b): int { return $a + $b; }\nfunction none(array $xs): array { return array_filter($xs, fn ($x) => false); }\n' +
      'function count_words(array $words): array { return array_count_values($words); }\nfunction items() { yield 1; yield 2; }\n' +
      'function fails(int $n) { if ($n < 0) throw new InvalidArgumentException("negative"); return $n; }\nclass Solution { public function plus($a, $b) { return $a + $b; } }\n',
    values: [
      ['add', [1, 2], 3],
      ['none', [[1]], []],
      ['none', [[1]], {}],
      ['count_words', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['items', [], [1, 2]],
      ['Solution.plus', [1, 2], 3],
      ['plus', [1, 2], 3],
    ],
    throws: [
      ['fails', [-1], 'InvalidArgumentException'],
      ['add', ['x', 1], 'TypeError'],
    ],
  },
  r: {
    answer:
      'add <- function(a, b) a + b\ntwice = function(xs) xs * 2\nnone <- function(xs) xs[xs > 100]\ncount <- function(words) as.list(table(words))\nnamed <- function() list(a = 1, b = c("x", "y"))\n' +
      'missing_one <- function() c(1, NA)\nframe <- function() data.frame(n = 1:2, s = c("a", "b"))\nfails <- function(n) if (n < 0) stop("negative") else n\ngrid <- function() matrix(1:4, nrow = 2)\n',
    values: [
      ['add', [1, 2], 3],
      ['twice', [[1, 2]], [2, 4]],
      ['twice', [[1]], [2]],
      ['none', [[1, 2]], []],
      ['count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['named', [], { a: 1, b: ['x', 'y'] }],
      ['missing_one', [], [1, null]],
      [
        'frame',
        [],
        [
          { n: 1, s: 'a' },
          { n: 2, s: 'b' },
        ],
      ],
      [
        'grid',
        [],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ],
    throws: [['fails', [-1], 'simpleError']],
  },
  ruby: {
    answer:
      "require 'set'\ndef add(a, b) = a + b\ndef unique(xs) = Set.new(xs)\ndef count(words) = words.tally\ndef key = { 1 => [2], b: :c }\n" +
      'def fails(n)\n  raise ArgumentError, "negative" if n < 0\n  n\nend\ndef range = (1..3)\nclass Solution\n  def plus(a, b) = a + b\n  def self.make = "made"\nend\n',
    values: [
      ['add', [1, 2], 3],
      ['unique', [[3, 1, 3]], [1, 3]],
      ['count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['key', [], { '1': [2], b: 'c' }],
      ['range', [], [1, 2, 3]],
      ['Solution.plus', [1, 2], 3],
      ['Solution.make', [], 'made'],
    ],
    throws: [
      ['fails', [-1], 'ArgumentError'],
      ['fails', [-1], 'StandardError'],
    ],
  },
  rust: {
    answer:
      "use std::collections::{HashMap, HashSet};\n\npub fn twice(xs: &[i32]) -> Vec<i32> { xs.iter().map(|x| 2 * x).collect() }\nfn longest<'a>(words: &[&'a str]) -> Option<&'a str> { words.iter().copied().max_by_key(|w| w.len()) }\n" +
      'fn count(words: Vec<String>) -> HashMap<String, usize> {\n    let mut m = HashMap::new();\n    for w in words { *m.entry(w).or_insert(0) += 1; }\n    m\n}\nfn unique(xs: Vec<u8>) -> HashSet<u8> { xs.into_iter().collect() }\n' +
      'fn divide(a: i64, b: i64) -> Result<i64, String> { if b == 0 { Err("zero".into()) } else { Ok(a / b) } }\nfn at(xs: Vec<i32>, i: usize) -> i32 { xs[i] }\nfn same<T>(x: T) -> T { x }\n' +
      'fn half(x: f64) -> f64 { x / 2.0 }\nstruct Point { x: i32 }\nfn moved(p: Point) -> i32 { p.x }\nstruct Solution;\nimpl Solution { pub fn plus(a: i32, b: i32) -> i32 { a + b } }\nfn main() { std::process::exit(7) }\n',
    values: [
      ['twice', [[1, 2]], [2, 4]],
      ['longest', [['a', 'bcd']], 'bcd'],
      ['longest', [[]], null],
      ['count', [['a', 'b', 'a']], { a: 2, b: 1 }],
      ['unique', [[3, 1, 3]], [1, 3]],
      ['divide', [7, 2], 3],
      ['half', [2.5], 1.25],
      ['Solution.plus', [1, 2], 3],
    ],
    throws: [
      ['divide', [1, 0], 'Err'],
      ['at', [[1], 5], 'panic'],
    ],
    unfit: [
      ['same', [1]],
      ['moved', [{ x: 1 }]],
      ['unique', [[300]]],
    ],
  },
};

describe('calls', () => {
  before(needsSandbox());

  for (const [language, { answer, values, throws, unfit = [] }] of Object.entries(languages)) {
    describe(language, function () {
      before(needsToolchain(language));

      it('return values and thrown errors', async () => {
        const expected: CaseFacts[] = [
          ...values.map(
            ([name, args, value]) => ({ kind: 'call', function: name, args, expected: value }) as const,
          ),
          ...throws.map(
            ([name, args, error]) => ({ kind: 'call', function: name, args, throws: error }) as const,
          ),
        ];
        const results = await resultsOf(language, answer, expected);
        const wrong = results.flatMap(({ verdict, reason, actual, stderr }, index) =>
          verdict === 'pass' ? [] : [{ ...expected[index], verdict, reason, actual, stderr }],
        );
        assert.deepEqual(wrong, []);
      });

      it('fail if the value differs, and are errors if the function is missing', async () => {
        const [[name, args]] = values as [(typeof values)[number]];
        const results = await resultsOf(language, answer, [
          { kind: 'call', function: name, args, expected: 'another' },
          { kind: 'call', function: 'not_there', args: [], expected: 1 },
        ]);
        assert.deepEqual(
          results.map(({ verdict }) => verdict),
          ['fail', 'error'],
        );
        assert.equal(results[1]?.reason, 'the answer does not define the function "not_there"');
      });

      if (unfit.length > 0) {
        it('are unsupported, with the reason, if JSON does not fit the type', async () => {
          const cases = unfit.map(
            ([name, args]) => ({ kind: 'call', function: name, args, expected: 1 }) as const,
          );
          const results = await resultsOf(language, answer, cases);
          const wrong = results.flatMap(({ verdict, reason, stderr }, index) =>
            verdict === 'unsupported' ? [] : [{ ...cases[index], verdict, reason, stderr }],
          );
          assert.deepEqual(wrong, []);
          for (const { reason } of results) assert.match(reason ?? '', /type|argument|takes|pointer/);
        });
      }
    });
  }
});
