import assert from 'node:assert/strict';
import { readGoTest } from '../../../../../src/runner/outcome/units/goTest.ts';
import { readLibtest } from '../../../../../src/runner/outcome/units/libtest.ts';
import type { TestReport } from '../../../../../src/runner/outcome/units/report.ts';
import { readTap } from '../../../../../src/runner/outcome/units/tap.ts';
import { readTeamcity } from '../../../../../src/runner/outcome/units/teamcity.ts';

// Recorded outputs of frameworks, with tests that pass, fail, break and are skipped.

/** go test 1.19 */
const goTest = `=== RUN   TestRight
    a_test.go:5: logged
--- PASS: TestRight (0.00s)
=== RUN   TestTable
=== RUN   TestTable/one
=== RUN   TestTable/two_words
    a_test.go:10: got 1, want 2
--- FAIL: TestTable (0.00s)
    --- PASS: TestTable/one (0.00s)
    --- FAIL: TestTable/two_words (0.00s)
=== RUN   TestSkipped
    a_test.go:15: later
--- SKIP: TestSkipped (0.00s)
=== RUN   TestPanics
--- FAIL: TestPanics (0.00s)
panic: runtime error: index out of range [0] with length 0 [recovered]
	panic: runtime error: index out of range [0] with length 0

goroutine 23 [running]:
`;

/** rustc 1.63, whose panics stand in quotes on one line */
const olderLibtest = `
running 5 tests
test later ... ignored
test panics - should panic ... ok
test right ... ok
test told ... FAILED
test wrong ... FAILED

failures:

---- told stdout ----
thread 'main' panicked at 'assertion failed: \`(left == right)\`
  left: \`1\`,
 right: \`0\`: the test returned a termination value with a non-zero status code (1) which indicates a failure', library/test/src/lib.rs:184:5
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace

---- wrong stdout ----
printed
thread 'main' panicked at 'assertion failed: \`(left == right)\`
  left: \`2\`,
 right: \`3\`: not three', r.rs:2:43
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace


failures:
    told
    wrong

test result: FAILED. 2 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s

`;

/** rustc 1.95 */
const newerLibtest = `
running 5 tests
test later ... ignored
test panics - should panic ... ok
test right ... ok
test told ... FAILED
test wrong ... FAILED

failures:

---- told stdout ----
Error: "told"

---- wrong stdout ----
printed

thread 'wrong' (4870) panicked at r.rs:2:43:
assertion \`left == right\` failed: not three
  left: 2
 right: 3
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace


failures:
    told
    wrong

test result: FAILED. 2 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.24s

`;

/** Test::More of Perl 5.36 */
const tap = `ok 1 - right
not ok 2 - wrong
ok 3
# Subtest: inner
    1..1
    ok 1 - inside
ok 4 - inner
ok 5 # skip later
not ok 6 - todo # TODO not yet
#   Failed (TODO) test 'todo'
1..6
`;

/** PHPUnit 9.6, as --log-teamcity writes it, without places and flows */
const teamcity = `
##teamcity[testCount count='6']

##teamcity[testSuiteStarted name='AddTest']

##teamcity[testStarted name='testRight']

##teamcity[testFinished name='testRight' duration='5']

##teamcity[testStarted name='testWrong']

##teamcity[testFailed name='testWrong' message='Failed asserting that two strings are identical.' details=' AddTest.php:5|n ' duration='1' type='comparisonFailure' actual='|'é|'' expected='|'a||b|'|[x|]|'']

##teamcity[testFinished name='testWrong' duration='1']

##teamcity[testStarted name='testBroken']

##teamcity[testFailed name='testBroken' message='RuntimeException : no' details=' AddTest.php:6|n ' duration='0']

##teamcity[testFinished name='testBroken' duration='0']

##teamcity[testStarted name='testLater']

##teamcity[testIgnored name='testLater' message='later' details=' AddTest.php:7|n ' duration='0']

##teamcity[testFinished name='testLater' duration='0']

##teamcity[testSuiteStarted name='testSums']

##teamcity[testStarted name='testSums with data set #0']

##teamcity[testFinished name='testSums with data set #0' duration='0']

##teamcity[testStarted name='testSums with data set "two"']

##teamcity[testFailed name='testSums with data set "two"' message='Failed asserting that 2 is identical to 1.' details=' AddTest.php:8|n ' duration='0']

##teamcity[testFinished name='testSums with data set "two"' duration='0']

##teamcity[testSuiteFinished name='testSums']

##teamcity[testSuiteFinished name='AddTest']
`;

/** Name → verdict, with the message if there is one. */
function told({ tests }: TestReport): Record<string, string> {
  return Object.fromEntries(
    tests.map(({ name, verdict, message }) => [
      name,
      message === undefined ? verdict : `${verdict}: ${message}`,
    ]),
  );
}

describe('reports of test frameworks', () => {
  it('of go test', () => {
    assert.deepEqual(told(readGoTest(goTest)), {
      TestRight: 'pass: a_test.go:5: logged',
      'TestTable/one': 'pass',
      'TestTable/two_words': 'fail: a_test.go:10: got 1, want 2',
      TestSkipped: 'skip: a_test.go:15: later',
      TestPanics: 'error: panic: runtime error: index out of range [0] with length 0',
    });
    assert.equal(readGoTest(goTest).complete, false);
    assert.equal(readGoTest('=== RUN   TestA\n--- PASS: TestA (0.00s)\nPASS\n').complete, true);
  });

  it('of go test, where a test that holds others fails by itself', () => {
    const printed =
      '=== RUN   TestA\n=== RUN   TestA/b\n--- FAIL: TestA (0.00s)\n    --- PASS: TestA/b (0.00s)\nFAIL\n';
    assert.deepEqual(told(readGoTest(printed)), { TestA: 'fail', 'TestA/b': 'pass' });
  });

  it('of go test, where the program ends within a test', () => {
    assert.deepEqual(told(readGoTest('=== RUN   TestA\n')), { TestA: 'error: the test did not finish' });
  });

  it('of Rust’s test harness, older and newer', () => {
    const names = { later: 'skip', panics: 'pass', right: 'pass' };
    assert.deepEqual(told(readLibtest(newerLibtest)), {
      ...names,
      told: 'fail: Error: "told"',
      wrong: 'fail: assertion `left == right` failed: not three\n  left: 2\n right: 3\nat r.rs:2',
    });
    const older = told(readLibtest(olderLibtest));
    assert.deepEqual(Object.keys(older), ['later', 'panics', 'right', 'told', 'wrong']);
    assert.equal(
      older['wrong'],
      'fail: assertion failed: `(left == right)`\n  left: `2`,\n right: `3`: not three\nat r.rs:2',
    );
    assert.equal(readLibtest(newerLibtest).complete, true);
    assert.equal(readLibtest(newerLibtest.slice(0, 100)).complete, false);
  });

  it('in the Test Anything Protocol', () => {
    assert.deepEqual(told(readTap(tap)), {
      right: 'pass',
      wrong: 'fail',
      'test 3': 'pass',
      inner: 'pass',
      'test 5': 'skip',
      todo: 'skip',
    });
    assert.equal(readTap(tap).complete, true);
    const errors =
      "#   Failed test 'wrong'\n#   at ./t.t line 3.\n#          got: '3'\n#     expected: '4'\n# Looks like you failed 1 test of 3.\n";
    assert.equal(
      told(readTap('1..2\nok 1 - right\nnot ok 2 - wrong\n', errors))['wrong'],
      "fail: got: '3' expected: '4'\nat ./t.t line 3.",
    );
    assert.equal(readTap('1..3\nok 1\nok 2\n').complete, false, 'two of three came');
    assert.equal(readTap('ok 1\n').complete, false, 'no plan');
  });

  it('of PHPUnit', () => {
    assert.deepEqual(told(readTeamcity(teamcity)), {
      testRight: 'pass',
      testWrong: 'fail: Failed asserting that two strings are identical.\n AddTest.php:5',
      testBroken: 'error: RuntimeException : no\n AddTest.php:6',
      testLater: 'skip: later\n AddTest.php:7',
      'testSums with data set #0': 'pass',
      'testSums with data set "two"': 'fail: Failed asserting that 2 is identical to 1.\n AddTest.php:8',
    });
    assert.equal(readTeamcity(teamcity).complete, true);
    assert.equal(readTeamcity(teamcity.slice(0, -60)).complete, false);
  });
});
