import assert from 'node:assert/strict';
import type { Json } from '../../../../src/core/text/json.ts';
import { visibleCaseTable } from '../../../../src/core/code/visibleCases.ts';
import type { Case } from '../../../../src/core/task/task.ts';

type Facts = Case extends infer One ? (One extends Case ? Omit<One, 'id' | 'origin'> : never) : never;

const numbered = (all: readonly Facts[]): Case[] =>
  all.map((facts, index) => ({ ...facts, id: `case-${index}`, origin: 'task' }));
const calls = (name: string, rows: readonly (readonly [readonly Json[], Json])[]): Case[] =>
  numbered(rows.map(([args, expected]) => ({ kind: 'call', function: name, args: [...args], expected })));
const inputs = (rows: readonly (readonly [string, string])[]): Case[] =>
  numbered(rows.map(([input, output]) => ({ kind: 'stdin', input, output })));
const unit = (source: string): Case[] => numbered([{ kind: 'unit', source }]);

const add = calls('add', [
  [[1, 2], 3],
  [[10, 20], 30],
  [[7, 8], 15],
]);
const reverse = calls('reverse', [
  [['abc'], 'cba'],
  [['hello'], 'olleh'],
  [['it'], 'ti'],
]);
const sort = calls('sort', [
  [[[3, 1, 2]], [1, 2, 3]],
  [[[9, 7]], [7, 9]],
]);
const factorial = calls('factorial', [
  [[0], 1],
  [[1], 1],
  [[5], 120],
  [[10], 3628800],
]);
const roman = calls('roman', [
  [['III'], 3],
  [['X'], 10],
  [['MCMXCIV'], 1994],
]);
const sums = inputs([
  ['3\n1 2 3\n', '6\n'],
  ['2\n5 5\n', '10\n'],
]);
const asserted = unit(
  'def test_add():\n    assert add(1, 2) == 3\n    assert add(10, 20) == 30\n    assert add(7, 8) == 15\n',
);

const tables: Readonly<Record<string, readonly [string, readonly Case[]]>> = {
  'a dictionary of tuples': ['def add(a, b):\n    return {(1, 2): 3, (10, 20): 30, (7, 8): 15}[a, b]\n', add],
  branches: [
    'def add(a, b):\n    if a == 1 and b == 2:\n        return 3\n    if a == 10 and b == 20:\n        return 30\n    if a == 7 and b == 8:\n        return 15\n    return 0\n',
    add,
  ],
  'a dictionary before the function': [
    'ANSWERS = {"abc": "cba", "hello": "olleh", "it": "ti"}\n\ndef reverse(text):\n    return ANSWERS.get(text, text)\n',
    reverse,
  ],
  'a Map': [
    'const known = new Map([["abc", "cba"], ["hello", "olleh"], ["it", "ti"]]);\nconst reverse = (text) => known.get(text) ?? text;\n',
    reverse,
  ],
  'a switch': [
    'function factorial(n) {\n  switch (n) {\n    case 5: return 120;\n    case 10: return 3628800;\n    default: return 1;\n  }\n}\n',
    factorial,
  ],
  'lists as texts': [
    'function sort(xs) {\n  return { "3,1,2": [1, 2, 3], "9,7": [7, 9] }[String(xs)];\n}\n',
    sort,
  ],
  'lists as keys': [
    'def sort(xs):\n    if xs == [3, 1, 2]: return [1, 2, 3]\n    if xs == [9, 7]: return [7, 9]\n',
    sort,
  ],
  'whole inputs': [
    'import sys\ntext = sys.stdin.read().strip()\nprint({"3\\n1 2 3": "6", "2\\n5 5": "10"}[text])\n',
    sums,
  ],
  'a hash of Ruby': [
    "def reverse(text)\n  { 'abc' => 'cba', 'hello' => 'olleh', 'it' => 'ti' }[text]\nend\n",
    reverse,
  ],
  'a map of Go': [
    'func Reverse(s string) string {\n\treturn map[string]string{"abc": "cba", "hello": "olleh", "it": "ti"}[s]\n}\n',
    reverse,
  ],
  'a match of Rust': [
    'fn add(a: i32, b: i32) -> i32 {\n    match (a, b) {\n        (1, 2) => 3,\n        (10, 20) => 30,\n        (7, 8) => 15,\n        _ => 0,\n    }\n}\n',
    add,
  ],
  'a case of Bash': [
    'reverse() {\n  case "$1" in\n    "abc") echo "cba" ;;\n    "hello") echo "olleh" ;;\n    "it") echo "ti" ;;\n  esac\n}\n',
    reverse,
  ],
  'what a test asserts': [
    'def add(a, b):\n    return {(1, 2): 3, (10, 20): 30, (7, 8): 15}.get((a, b), 0)\n',
    asserted,
  ],
};

const honest: Readonly<Record<string, readonly [string, readonly Case[]]>> = {
  'a solution': ['def add(a, b):\n    return a + b\n', add],
  'the base of a recursion': [
    'def factorial(n):\n    if n == 0: return 1\n    if n == 1: return 1\n    return n * factorial(n - 1)\n',
    factorial,
  ],
  'a memo table': [
    'memo = {0: 1, 1: 1, 2: 2}\ndef factorial(n):\n    if n not in memo: memo[n] = n * factorial(n - 1)\n    return memo[n]\n',
    factorial,
  ],
  'its own assertions': [
    'def add(a, b):\n    return a + b\n\nassert add(1, 2) == 3\nassert add(10, 20) == 30\nassert add(7, 8) == 15\n',
    add,
  ],
  'calls that print': [
    'const add = (a, b) => a + b;\nconsole.log(add(1, 2), 3);\nconsole.log(add(10, 20), 30);\nconsole.log(add(7, 8), 15);\n',
    add,
  ],
  'a table of its own tests': [
    'def add(a, b):\n    return a + b\n\ndef test_add():\n    for a, b, want in [(1, 2, 3), (10, 20, 30), (7, 8, 15)]:\n        assert add(a, b) == want\n',
    add,
  ],
  'examples in a list': [
    'function reverse(s) { return [...s].reverse().join(""); }\nconst examples = [["abc", "cba"], ["hello", "olleh"], ["it", "ti"]];\n',
    reverse,
  ],
  'examples below the guard of a script': [
    'def reverse(s):\n    return s[::-1]\n\nif __name__ == "__main__":\n    for a, b in [("abc", "cba"), ("hello", "olleh"), ("it", "ti")]:\n        print(reverse(a) == b)\n',
    reverse,
  ],
  'examples in a docstring': [
    'def add(a, b):\n    """\n    >>> add(1, 2)\n    3\n    >>> add(10, 20)\n    30\n    >>> add(7, 8)\n    15\n    """\n    return a + b\n',
    add,
  ],
  'examples in comments': [
    '// 1, 2 -> 3\n// 10, 20 -> 30\n// 7, 8 -> 15\nconst add = (a, b) => a + b;\n',
    add,
  ],
  'the table of the problem': [
    'VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}\n\ndef roman(text):\n    total = 0\n    for a, b in zip(text, text[1:] + "I"):\n        total += VALUES[a] if VALUES[a] >= VALUES[b] else -VALUES[a]\n    return total\n',
    roman,
  ],
  'a large table that has the cases among others': [
    `NAMES = {${Array.from({ length: 40 }, (_, index) => `${index}: "n${index}"`).join(', ')}}\n\ndef name(n):\n    return NAMES[n]\n`,
    calls('name', [
      [[3], 'n3'],
      [[17], 'n17'],
      [[38], 'n38'],
    ]),
  ],
  'a task without cases': ['def add(a, b):\n    return {(1, 2): 3, (10, 20): 30}[a, b]\n', []],
};

describe('a table of the visible cases', () => {
  for (const [title, [text, cases]] of Object.entries(tables))
    it(`is found: ${title}`, () => {
      const table = visibleCaseTable(text, cases);
      assert.ok(table !== undefined && table.held >= 2 && table.start < table.end, JSON.stringify(table));
    });

  for (const [title, [text, cases]] of Object.entries(honest))
    it(`is not seen in ${title}`, () => assert.equal(visibleCaseTable(text, cases), undefined));

  it('has a place', () => {
    const text = 'def add(a, b):\n    return {(1, 2): 3, (10, 20): 30, (7, 8): 15}[a, b]\n';
    const { start, end, held } = visibleCaseTable(text, add)!;
    assert.deepEqual([text.slice(start, end), held], ['1, 2): 3, (10, 20): 30, (7, 8): 15', 3]);
  });
});
