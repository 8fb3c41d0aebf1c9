import assert from 'node:assert/strict';
import type { Case, CaseKind } from '../../../src/core/task/task.ts';
import { caseOfInput, expecting } from '../../../src/webview/cases/triedInput.ts';
import { createTestRunner, needsSandbox, request } from './harness.ts';

const tries: readonly [language: string, answer: string, kind: CaseKind, input: string, expects: object][] = [
  ['python', 'def f(a, b): return [a + b]', 'call', '1, 2', { expected: [3] }],
  ['python', 'def f(a): raise ValueError("no")', 'call', "'x'", { throws: 'ValueError' }],
  ['python', 'print(int(input()) * 2)', 'stdin', '21', { output: '42\n' }],
  [
    'bash',
    'echo "hi $1"; exit 3',
    'command',
    'bash main.sh you',
    { expect: { exit: 3, stdout: 'hi you\n' } },
  ],
  [
    'sql',
    'SELECT max(n) FROM t;',
    'sql',
    'CREATE TABLE t (n); INSERT INTO t VALUES (4), (2)',
    { rows: [[4]] },
  ],
  [
    'python',
    'print("loaded")\nclass C:\n  def f(self): return "it\'s"',
    'unit',
    'c = C()\nc.f()',
    { source: 'c = C()\nassert repr(c.f()) == "\\"it\'s\\""' },
  ],
  [
    'ruby',
    'class C\n  def f = { "a" => "#{1}" }\nend',
    'unit',
    'C.new.f',
    {
      source: 'found = (C.new.f).inspect\nraise "got #{found}" unless found == "{\\"a\\"=>\\"1\\"}"',
    },
  ],
];

describe('an input that is tried in the sandbox', () => {
  before(needsSandbox());

  for (const [language, answer, kind, input, expects] of tries)
    it(`makes a case that the answer passes: ${kind}, ${language}`, async () => {
      const { runner } = createTestRunner();
      const tried = caseOfInput(kind, input, { language, entry: undefined, cases: [], tables: '' });
      assert.ok('kind' in tried);
      const run = async (testCase: Case) => {
        const { results } = await runner.run({ ...request(language, answer, []), cases: [testCase] });
        return results[0]!;
      };
      const made = expecting(tried, await run(tried), language);
      assert.deepEqual(made, { ...tried, ...expects });
      assert.equal((await run(made)).verdict, 'pass');
    });

  for (const [language, answer] of [
    ['javascript', 'class C { f() { return [1, { a: "x" }]; } }'],
    ['typescript', 'class C { f(): unknown[] { return [1, { a: "x" }]; } }'],
  ] as const)
    it(`shows the value of code: ${language}`, async () => {
      const { runner } = createTestRunner();
      const context = { language, entry: undefined, cases: [], tables: '' };
      const tried = caseOfInput('unit', 'const c = new C();\nc.f();', context);
      assert.ok('kind' in tried);
      const { results } = await runner.run({ ...request(language, answer, []), cases: [tried] });
      assert.deepEqual([results[0]!.verdict, results[0]!.stdout], ['pass', "[ 1, { a: 'x' } ]\n"]);
    });
});
