import assert from 'node:assert/strict';
import { answerProgram } from '../../../src/core/extraction/programFiles.ts';
import type { CaseResult } from '../../../src/core/run/run.ts';
import { needsSandbox, needsToolchain, resultOf, type CaseFacts } from './harness.ts';

/** A small repository: a package, its test and the command that runs it. */
const files = [
  { path: 'shop/__init__.py', text: '' },
  { path: 'shop/cart.py', text: 'def total(prices):\n    return sum(prices) + 1\n' },
  { path: 'tests.py', text: 'from shop.cart import total\n\nassert total([]) == 1\n' },
];
const tests: CaseFacts = {
  kind: 'command',
  argv: ['/usr/bin/python3', 'tests.py'],
  files: [
    { path: 'tests.py', text: 'from shop.cart import total\n\nassert total([1, 2]) == 3, total([1, 2])\n' },
  ],
  expect: { exit: 0 },
};
const remedy = '--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ -1,2 +1,2 @@\n def total(prices):\n';

function verdictOn(patch: string): Promise<CaseResult> {
  const task = { language: 'python', prompt: 'The total is off by one.', files };
  const { files: patched, rejections } = answerProgram(task, { text: patch }, { mainFile: 'main.py' });
  return resultOf('python', patched, tests, { ...(rejections && { rejections }) });
}

describe('the answers of a repository task', function () {
  before(needsSandbox());
  before(needsToolchain('python'));

  it('pass or fail the test command with the patch applied', async () => {
    const good = await verdictOn(`${remedy}-    return sum(prices) + 1\n+    return sum(prices)\n`);
    assert.equal(good.verdict, 'pass', good.reason);
    const weak = await verdictOn(`${remedy}-    return sum(prices) + 1\n+    return sum(prices) + 2\n`);
    assert.equal(weak.verdict, 'fail');
    assert.match(weak.reason ?? '', /AssertionError: 5/);
  });

  it('may have as many files as a task takes, and the files of the answer beside them', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ path: `data/f${index}`, text: `${index}` }));
    const task = { language: 'python', prompt: 'Count.', files: many };
    const patch =
      '--- /dev/null\n+++ b/main.py\n@@ -0,0 +1,2 @@\n+import os\n+print(len(os.listdir("data")))\n';
    const { files: patched } = answerProgram(task, { text: patch }, { mainFile: 'main.py' });
    assert.equal(patched.length, 2001);
    const result = await resultOf('python', patched, { kind: 'stdin', input: '', output: '2000\n' });
    assert.equal(result.verdict, 'pass', result.reason);
  });

  it('cannot change the tests that the case brings', async () => {
    const patch =
      '--- a/tests.py\n+++ b/tests.py\n@@ -1,3 +1 @@\n-from shop.cart import total\n-\n-assert total([]) == 1\n+pass\n';
    assert.equal((await verdictOn(patch)).verdict, 'fail');
  });

  it('get a verdict with the rejected hunk if the patch does not apply', async () => {
    const { verdict, reason, stderr, wallMs } = await verdictOn(
      `${remedy}-    return sum(prices) - 1\n+    return sum(prices)\n`,
    );
    assert.equal(verdict, 'error');
    assert.equal(
      reason,
      'the patch does not apply: shop/cart.py: hunk 1 of 1 does not apply, nearest at line 1',
    );
    assert.equal(
      stderr,
      'shop/cart.py: hunk 1 of 1 does not apply, nearest at line 1\nexpected:\n  def total(prices):\n!     return sum(prices) - 1\n' +
        'found, from line 1:\n  def total(prices):\n!     return sum(prices) + 1\n',
    );
    assert.equal(wallMs, 0, 'nothing is run');
  });
});
