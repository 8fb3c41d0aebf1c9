import assert from 'node:assert/strict';
import { needsSandbox, needsToolchain, resultOf, resultsOf, unit } from '../harness.ts';

/** Tests in a framework, by name: one passes and one fails; some frameworks distinguish failures from errors. */
interface Suite {
  readonly language: string;
  readonly framework: string;
  readonly answer: string;
  readonly source: string;
  readonly tests: Readonly<Record<string, 'pass' | 'fail' | 'error' | 'skip'>>;
  /** The lines of the source that failed, by test; missing where the language does not tell. */
  readonly lines?: Readonly<Record<string, number>>;
}

const add = {
  bash: 'add() { echo $(( $1 + $2 )); }\n',
  go: 'package main\n\nfunc Add(a, b int) int { return a + b }\n',
  java: 'public class Main { static int add(int a, int b) { return a + b; } }',
  perl: 'sub add { return $_[0] + $_[1]; }\n',
  php: '<?php function add($a, $b) { return $a + $b; }',
  r: 'add <- function(a, b) a + b\n',
  ruby: 'def add(a, b) = a + b\n',
  rust: 'fn add(a: i32, b: i32) -> i32 { a + b }\nfn main() {}\n',
} as const;

const suites: readonly Suite[] = [
  {
    language: 'bash',
    framework: 'functions',
    answer: add.bash,
    source: 'test_right() { [ "$(add 1 2)" = 3 ]; }\ntest_wrong() { [ "$(add 1 2)" = 4 ]; true; }\n',
    tests: { test_right: 'pass', test_wrong: 'fail' },
  },
  {
    language: 'go',
    framework: 'go test',
    answer: add.go,
    source:
      'package main\n\nimport "testing"\n\nfunc TestRight(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal("no")\n\t}\n}\n\n' +
      'func TestTable(t *testing.T) {\n\tfor name, want := range map[string]int{"three": 3, "four": 4} {\n\t\tt.Run(name, func(t *testing.T) {\n\t\t\tif got := Add(1, 2); got != want {\n\t\t\t\tt.Errorf("got %d, want %d", got, want)\n\t\t\t}\n\t\t})\n\t}\n}\n\n' +
      'func TestSkipped(t *testing.T) { t.Skip("later") }\n\nfunc TestZPanics(t *testing.T) { var xs []int; _ = xs[Add(1, 2)] }\n',
    tests: {
      TestRight: 'pass',
      'TestTable/three': 'pass',
      'TestTable/four': 'fail',
      TestSkipped: 'skip',
      TestZPanics: 'error',
    },
    lines: { 'TestTable/four': 15, TestZPanics: 23 },
  },
  {
    language: 'java',
    framework: 'JUnit 5',
    answer: add.java,
    source:
      'import static org.junit.jupiter.api.Assertions.*;\nimport org.junit.jupiter.api.*;\nclass MainTest {\n  @Test void right() { assertEquals(3, Main.add(1, 2)); }\n  @Test void wrong() { assertEquals(4, Main.add(1, 2)); }\n' +
      '  @Test void broken() { throw new IllegalStateException("no"); }\n  @Disabled @Test void later() {}\n}\n',
    tests: { right: 'pass', wrong: 'fail', broken: 'error', later: 'skip' },
    lines: { wrong: 5, broken: 6 },
  },
  {
    language: 'java',
    framework: 'JUnit 4',
    answer: add.java,
    source:
      'import static org.junit.Assert.*;\nimport org.junit.Test;\npublic class MainTest {\n  @Test public void right() { assertEquals(3, Main.add(1, 2)); }\n  @Test public void wrong() { assertEquals(4, Main.add(1, 2)); }\n}\n',
    tests: { right: 'pass', wrong: 'fail' },
    lines: { wrong: 5 },
  },
  {
    language: 'perl',
    framework: 'Test::More',
    answer: add.perl,
    source: "use Test::More tests => 3;\nis(add(1, 2), 3, 'right');\nis(add(1, 2), 4, 'wrong');\nok(1);\n",
    tests: { right: 'pass', wrong: 'fail', 'test 3': 'pass' },
    lines: { wrong: 3 },
  },
  {
    language: 'perl',
    framework: 'functions',
    answer: add.perl,
    source:
      'sub test_right { die unless add(1, 2) == 3 }\nsub test_wrong { die "four" unless add(1, 2) == 4 }\n1;\n',
    tests: { test_right: 'pass', test_wrong: 'fail' },
    lines: { test_wrong: 2 },
  },
  {
    language: 'php',
    framework: 'PHPUnit',
    answer: add.php,
    source:
      '<?php\nuse PHPUnit\\Framework\\TestCase;\nfinal class AddTest extends TestCase {\n  public function testRight(): void { $this->assertSame(3, add(1, 2)); }\n  public function testWrong(): void { $this->assertSame(4, add(1, 2)); }\n' +
      '  public function testBroken(): void { throw new RuntimeException("[no]"); }\n  public function testLater(): void { $this->markTestSkipped("later"); }\n}\n',
    tests: { testRight: 'pass', testWrong: 'fail', testBroken: 'error', testLater: 'skip' },
    lines: { testWrong: 5, testBroken: 6 },
  },
  {
    language: 'php',
    framework: 'functions',
    answer: add.php,
    source:
      '<?php\nfunction testRight() { assert(add(1, 2) === 3); }\nfunction testWrong() { assert(add(1, 2) === 4); }\n',
    tests: { testRight: 'pass', testWrong: 'fail' },
    lines: { testWrong: 3 },
  },
  {
    language: 'r',
    framework: 'testthat',
    answer: add.r,
    source:
      'test_that("right", { expect_equal(add(1, 2), 3) })\ntest_that("wrong", { expect_equal(add(1, 2), 4) })\ntest_that("broken", { stop("no") })\ntest_that("later", { skip("later") })\n',
    tests: { right: 'pass', wrong: 'fail', broken: 'error', later: 'skip' },
    lines: { wrong: 2, broken: 3 },
  },
  {
    language: 'r',
    framework: 'functions',
    answer: add.r,
    source:
      'test_right <- function() stopifnot(add(1, 2) == 3)\ntest_wrong <- function() stopifnot(add(1, 2) == 4)\n',
    tests: { test_right: 'pass', test_wrong: 'fail' },
  },
  {
    language: 'ruby',
    framework: 'minitest',
    answer: add.ruby,
    source:
      "require 'minitest/autorun'\nclass AddTest < Minitest::Test\n  def test_right = assert_equal(3, add(1, 2))\n  def test_wrong = assert_equal(4, add(1, 2))\n  def test_broken = raise('no')\n  def test_later = skip\nend\n",
    tests: {
      'AddTest#test_right': 'pass',
      'AddTest#test_wrong': 'fail',
      'AddTest#test_broken': 'error',
      'AddTest#test_later': 'skip',
    },
    lines: { 'AddTest#test_wrong': 4, 'AddTest#test_broken': 5 },
  },
  {
    language: 'ruby',
    framework: 'RSpec',
    answer: add.ruby,
    source:
      "RSpec.describe 'add' do\n  it('is right') { expect(add(1, 2)).to eq 3 }\n  it('is wrong') { expect(add(1, 2)).to eq 4 }\n  it('is broken') { raise 'no' }\n  xit('is later') { }\nend\n",
    tests: {
      'add is right': 'pass',
      'add is wrong': 'fail',
      'add is broken': 'error',
      'add is later': 'skip',
    },
    lines: { 'add is wrong': 3, 'add is broken': 4 },
  },
  {
    language: 'ruby',
    framework: 'functions',
    answer: add.ruby,
    source:
      "def test_right = (raise 'no' unless add(1, 2) == 3)\ndef test_wrong = (raise 'no' unless add(1, 2) == 4)\n",
    tests: { test_right: 'pass', test_wrong: 'fail' },
    lines: { test_wrong: 2 },
  },
  {
    language: 'rust',
    framework: 'cargo test',
    answer: add.rust,
    source:
      '#[cfg(test)]\nmod tests {\n    use super::*;\n    #[test]\n    fn right() { assert_eq!(add(1, 2), 3); }\n    #[test]\n    fn wrong() { println!("printed"); assert_eq!(add(1, 2), 4, "not four"); }\n    #[test]\n    #[ignore]\n    fn later() {}\n    #[test]\n    #[should_panic]\n    fn panics() { panic!("yes") }\n}\n',
    tests: {
      'tests::right': 'pass',
      'tests::wrong': 'fail',
      'tests::later': 'skip',
      'tests::panics': 'pass',
    },
    lines: { 'tests::wrong': 7 },
  },
  {
    language: 'javascript',
    framework: 'mocha',
    answer: 'const add = (a, b) => a + b;',
    source:
      "const assert = require('node:assert');\ndescribe('add', () => {\n  it('is right', () => assert.equal(add(1, 2), 3));\n  it('is wrong', () => assert.equal(add(1, 2), 4));\n});\n",
    tests: { 'is right': 'pass', 'is wrong': 'fail' },
    lines: { 'is wrong': 4 },
  },
  {
    language: 'typescript',
    framework: 'mocha',
    answer:
      'interface Pair {\n  a: number;\n}\n\nfunction add(a: number, b: number): number {\n  return a + b;\n}\n',
    source:
      "import assert from 'node:assert';\ninterface Row {\n  n: number;\n}\nit('is right', () => assert.equal(add(1, 2), 3));\nit('is wrong', () => assert.equal(add(1, 2), 4));\n",
    tests: { 'is right': 'pass', 'is wrong': 'fail' },
    lines: { 'is wrong': 6 },
  },
];

describe('tests in the language’s own style', () => {
  before(needsSandbox());

  for (const { language, framework, answer, source, tests, lines = {} } of suites) {
    describe(`${framework} of ${language}`, function () {
      before(needsToolchain(language));

      it('are reported one by one', async () => {
        const result = await resultOf(language, answer, unit(source));
        const told = Object.fromEntries((result.tests ?? []).map(({ name, verdict }) => [name, verdict]));
        assert.deepEqual(told, tests, `${result.reason} ${result.stdout} ${result.stderr}`);
        assert.equal(result.verdict, 'fail');
        for (const { verdict, message } of result.tests ?? []) {
          if (verdict === 'error') assert.match(message ?? '', /no|out of range/);
        }
        for (const [name, line] of Object.entries(lines)) {
          const { message = '' } = result.tests!.find((test) => test.name === name)!;
          const code = source.split('\n')[line - 1]!.trim();
          assert.ok(message.split('\n').slice(1).includes(`line ${line}: ${code}`), `${name}: ${message}`);
        }
      });
    });
  }

  const plain: readonly (readonly [language: string, answer: string, right: string, wrong: string])[] = [
    ['bash', add.bash, '[ "$(add 1 2)" = 3 ]', '[ "$(add 1 2)" = 4 ]'],
    [
      'c',
      'int add(int a, int b) { return a + b; }\nint main(void) { return 1; }\n',
      '#include <assert.h>\nint main(void) { assert(add(1, 2) == 3); }',
      '#include <assert.h>\nint main(void) { assert(add(1, 2) == 4); }',
    ],
    [
      'cpp',
      'int add(int a, int b) { return a + b; }',
      '#include <cassert>\nint main() { assert(add(1, 2) == 3); }',
      '#include <cassert>\nint main() { assert(add(1, 2) == 4); }',
    ],
    [
      'java',
      add.java,
      'class Check { public static void main(String[] args) { assert Main.add(1, 2) == 3; } }',
      'class Check { public static void main(String[] args) { assert Main.add(1, 2) == 4 : "four"; } }',
    ],
    [
      'javascript',
      'const add = (a, b) => a + b;\n',
      'require("assert").equal(add(1, 2), 3);',
      '\nrequire("assert").equal(add(1, 2), 4);',
    ],
    ['php', add.php, '<?php assert(add(1, 2) === 3);', '<?php assert(add(1, 2) === 4);'],
    ['r', add.r, 'stopifnot(add(1, 2) == 3)', 'stopifnot(add(1, 2) == 4)'],
    ['rust', add.rust, 'fn main() { assert_eq!(add(1, 2), 3); }', 'fn main() { assert_eq!(add(1, 2), 4); }'],
  ];
  for (const [language, answer, right, wrong] of plain) {
    describe(`plain asserts of ${language}`, function () {
      before(needsToolchain(language));

      it('pass or fail, and affect no other case if they do not compile', async () => {
        const broken = unit(language === 'php' ? '<?php (no program' : '(no program');
        const results = await resultsOf(language, answer, [unit(right), unit(wrong), broken]);
        assert.deepEqual(
          results.map(({ verdict }) => verdict),
          ['pass', 'fail', 'error'],
          JSON.stringify(results.map(({ reason }) => reason)),
        );
        const line = wrong.split('\n').length;
        const told = `line ${line}: ${wrong.split('\n')[line - 1]!}`;
        if (!['bash', 'r'].includes(language))
          assert.ok(results[1]!.reason?.includes(told), results[1]!.reason);
      });
    });
  }

  for (const [language, answer, source] of [
    [
      'go',
      'package main\n\nimport "os"\n\nfunc Add(a, b int) int { os.Exit(0); return 0 }\n',
      suites[1]!.source,
    ],
    [
      'java',
      'public class Main { static int add(int a, int b) { System.exit(0); return 0; } }',
      suites[2]!.source,
    ],
    ['perl', 'sub add { exit 0 }', suites[4]!.source],
    ['php', '<?php function add($a, $b) { exit(0); }', suites[6]!.source],
    ['r', 'add <- function(a, b) quit("no", 0)', suites[8]!.source],
    ['ruby', 'def add(a, b) = exit!(0)', suites[10]!.source],
    ['rust', 'fn add(a: i32, b: i32) -> i32 { std::process::exit(0) }', suites[13]!.source],
  ] as const) {
    describe(`an answer that ends the program before its tests: ${language}`, function () {
      before(needsToolchain(language));

      it('does not pass them', async () => {
        const { verdict, reason } = await resultOf(language, answer, unit(source));
        assert.ok(verdict === 'error' || verdict === 'fail', `${verdict}: ${reason}`);
      });
    });
  }
});
