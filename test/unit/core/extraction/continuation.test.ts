import assert from 'node:assert/strict';
import {
  completedBy,
  continued,
  openCode,
  openDefinition,
} from '../../../../src/core/extraction/continuation.ts';

describe('openDefinition', () => {
  for (const [prompt, name] of [
    ['def add(a, b):\n    """ Adds. """\n', 'add'],
    [
      'from typing import List\n\n\ndef f(x: List[int]) -> int:\n    """Sums.\n\n    >>> f([1])\n    1\n    """\n',
      'f',
    ],
    ['# Returns the sum of two numbers\ndef add(a, b)\n', 'add'],
    ['//Adds.\nfunction add(a: number): number {\n', 'add'],
    ['/// Adds.\nfn add(a: i32) -> i32 {\n', 'add'],
    ['#include<vector>\n// Adds.\nlong add(std::vector<long> a) {\n', 'add'],
    ['import java.util.*;\nclass Problem {\n    public static long add(long a, long b) {\n', 'add'],
    ['/*\nAdds two numbers and\nreturns the sum.\n*/\n#include<vector>\nlong add(long a, long b){\n', 'add'],
    ['package main\n\n// Adds.\nfunc Add(a int) int {\n', 'Add'],
  ] as const) {
    it(`sees that ${name} is open in ${JSON.stringify(prompt.slice(0, 40))}`, () => {
      assert.equal(openDefinition(prompt), name);
    });
  }

  for (const prompt of [
    undefined,
    '',
    'Write a function add(a, b):',
    'Please complete the class A in the following code.\nclass A:\n    """ Doc. """\n',
    'def add(a, b):\n    return a + b\n',
    'The following code is slow.\nHow would you do it?\ndef f(x):',
  ]) {
    it(`sees none in ${JSON.stringify(prompt)}`, () => assert.equal(openDefinition(prompt), undefined));
  }
});

describe('a prompt in Go', () => {
  const open = openCode('import (\n    "math"\n    "sort"\n)\n\nfunc Add(a, b int) int {\n', 'go')!;

  it('gives only the imports that the answer uses, because Go compiles no others', () => {
    assert.equal(
      continued(open, '    return int(math.Abs(1))\n}\n', 'go'),
      'import (\n    "math"\n)\n\nfunc Add(a, b int) int {\n    return int(math.Abs(1))\n}\n',
    );
    assert.match(completedBy(open, 'func Add(a, b int) int {\n    return 1\n}\n', 'go')!, /^import \(\n\)\n/);
  });
});
