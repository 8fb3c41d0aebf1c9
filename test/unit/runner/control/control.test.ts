import assert from 'node:assert/strict';
import type { CaseResult } from '../../../../src/core/run/run.ts';
import { controlMark } from '../../../../src/runner/control/controlSource.ts';
import { literal, withOtherLiterals } from '../../../../src/runner/control/otherLiterals.ts';
import { createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import type { CaseVerdict, Toolchain } from '../../../../src/runner/toolchains/toolchain.ts';
import { fakeSandbox } from '../fakeSandbox.ts';
import { fakeToolchain, fakeToolchains } from '../fakeToolchain.ts';
import { checkersDir, createTestRunner, request, unit } from '../harness.ts';

/** Runs an answer on a test whose control has a verdict. Resolves with the result and how many programs ran. */
async function run(
  answer: string,
  control: CaseVerdict,
  source = 'the test',
): Promise<{ result: CaseResult; programs: number }> {
  let programs = 0;
  const toolchain: Toolchain = {
    ...fakeToolchain(),
    kinds: ['unit'],
    controls: [
      {
        suspects: /patch/,
        control: (testCase) => ({ ...testCase, source: `${testCase.source}, which must fail` }),
      },
    ],
    read: (testCase) =>
      testCase.kind === 'unit' && testCase.source.endsWith('which must fail') ? control : { verdict: 'pass' },
  };
  const sandbox = fakeSandbox(async () => void (programs += 1));
  const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(toolchain) });
  const files = [{ path: 'main', text: answer }];
  const { results } = await runner.run({ ...request('fake', files, [unit(source)]), files });
  return { result: results[0]!, programs };
}

describe('the control of a pass', () => {
  it('does not run for an answer without words that gaming needs', async () => {
    const { result, programs } = await run('a + b', { verdict: 'pass' });
    assert.deepEqual([result.verdict, programs], ['pass', 1]);
  });

  it('does not run if the answer is its own test', async () => {
    const { result, programs } = await run('patch', { verdict: 'pass' }, '');
    assert.deepEqual([result.verdict, programs], ['pass', 1]);
  });

  it('leaves a pass whose control fails', async () => {
    const { result, programs } = await run('patch', { verdict: 'fail', reason: 'line 1: assert 1 == 2' });
    assert.deepEqual([result.verdict, result.reason, programs], ['pass', undefined, 2]);
  });

  it('leaves a pass whose control ends by a limit, or in an error of its own', async () => {
    for (const verdict of ['timeout', 'memory', 'error', 'unsupported'] as const)
      assert.equal((await run('patch', { verdict })).result.verdict, 'pass');
  });

  it('turns a pass whose control passes into a fail', async () => {
    const { result } = await run('patch', { verdict: 'pass' });
    assert.equal(result.verdict, 'fail');
    assert.match(result.reason ?? '', /^it passes whatever the test expects: it also passes when/);
  });

  it('tells what its checks found', async () => {
    const message = `1 of 2 tests: test_a: Control: ${controlMark}assertEqual accepts what it must reject`;
    const { result } = await run('patch', { verdict: 'fail', reason: message });
    assert.equal(result.verdict, 'fail');
    assert.equal(
      result.reason,
      'it passes whatever the test expects: assertEqual accepts what it must reject',
    );
  });

  it('does not take a quotation of its own source for what it found', async () => {
    const reason = `line 9: print("${controlMark}assert accepts")`;
    assert.equal((await run('patch', { verdict: 'fail', reason })).result.verdict, 'pass');
  });
});

describe('words that gaming needs', () => {
  const toolchains = createToolchains(checkersDir);
  const suspected = (language: string, text: string): boolean =>
    (toolchains.find(language)?.controls ?? []).some(({ suspects }) => suspects.test(text));

  /** Answers that cannot game their tests, so that they run once. */
  const usual: Readonly<Record<string, readonly string[]>> = {
    bash: ['add() {\n  echo $(( $1 + $2 ))\n}\n'],
    c: ['#include <stdlib.h>\n#include <string.h>\nint add(int a, int b) { return a + b; }\n'],
    cpp: [
      '#include <algorithm>\n#include <vector>\nint most(std::vector<int> xs) { return *std::max_element(xs.begin(), xs.end()); }\n',
    ],
    go: ['package main\n\nimport "sort"\n\nfunc Sorted(xs []int) []int {\n\tsort.Ints(xs)\n\treturn xs\n}\n'],
    java: [
      'import java.util.*;\npublic class Main {\n  static int add(int a, int b) { return a + b; }\n  public static void main(String[] args) { System.out.println(add(1, 2)); }\n}\n',
    ],
    javascript: [
      'class Queue {\n  #items = [];\n  push(item) { this.#items.push(item); }\n}\nconst add = (a, b) => a + b;\nmodule.exports = { add, Queue };\n',
      'export function groups(xs) { return Object.entries(Object.groupBy(xs, String)); }\n',
    ],
    perl: ['sub add { my ($x, $y) = @_; return $x + $y; }\n1;\n'],
    php: [
      '<?php\nclass Sum { public function __construct(private int $a) {} public function plus(int $b): int { return $this->a + $b; } }\n',
    ],
    python: [
      'import sys\nfrom collections import Counter\n\nclass Stack:\n    def __init__(self):\n        self.items = []\n\n    def __len__(self):\n        return len(self.items)\n\nif __name__ == "__main__":\n    print(sys.stdin.read())\n',
      'def add(a: int, b: int) -> int:\n    """Adds."""\n    total = sum([a, b])\n    return max(total, 0)\n',
    ],
    r: ['add <- function(a, b) {\n  stopifnot(is.numeric(a))\n  a + b\n}\n'],
    ruby: [
      "require 'set'\n\nclass Stack\n  def initialize = @items = []\n  def push(item) = @items << item\nend\n",
    ],
    rust: ['use std::collections::HashMap;\npub fn add(a: i32, b: i32) -> i32 { a + b }\n'],
    typescript: [
      'interface Row { id: number }\nexport const ids = (rows: Row[]): number[] => rows.map(({ id }) => id);\n',
    ],
  };

  for (const [language, texts] of Object.entries(usual))
    it(`are not in usual answers in ${language}`, () => {
      assert.deepEqual(
        texts.filter((text) => suspected(language, text)),
        [],
      );
    });

  it('are known for every language whose tests run', () => {
    const without = toolchains.languages.filter((language) => {
      const { kinds, controls } = toolchains.toolchain(language);
      return kinds.includes('unit') && controls === undefined;
    });
    assert.deepEqual(without, []);
  });
});

describe('a test that expects other values', () => {
  const pattern = new RegExp(String.raw`== ${literal}`, 'g');
  const rows: readonly (readonly [string, string])[] = [
    ['f() == 3', 'f() == 1'],
    ['f() == -17u8', 'f() == -27u8'],
    ['f() == 0.5', 'f() == 1.5'],
    ['f() == "a\\"b"', 'f() == "a\\"b?"'],
    ["f() == 'a'", "f() == '?'"],
    ['f() == true && g() == false', 'f() == false && g() == true'],
  ];
  for (const [before, after] of rows)
    it(`${before} becomes ${after}`, () => assert.equal(withOtherLiterals(before, [pattern]), after));

  it('is none if it compares with no literal', () => {
    assert.equal(withOtherLiterals('f() == g()', [pattern]), undefined);
  });
});
