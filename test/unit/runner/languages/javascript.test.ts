import assert from 'node:assert/strict';
import { needsSandbox, resultOf, resultsOf, unit } from '../harness.ts';

describe('JavaScript answers', () => {
  before(needsSandbox());

  const definitions: Record<string, string> = {
    'a function': 'function add(a, b) { return a + b }',
    'an arrow in a const': 'const add = (a, b) => a + b;',
    'an arrow that waits': 'const add = async (a, b) => a + b;',
    'a generator': 'function* add(a, b) { yield a + b }',
    'exports of a script': 'const inner = (a, b) => a + b; module.exports = { add: inner };',
    'one export of a script': 'module.exports = function (a, b) { return a + b };',
    'an export of a module': 'export const add = (a, b) => a + b;',
    'a default export': 'import fs from "node:fs"; export default function (a, b) { return a + b }',
    'a class': 'class add { static call2(a, b) { return a + b } }',
  };
  it('are found however they are defined', async () => {
    for (const [name, answer] of Object.entries(definitions)) {
      const call = {
        kind: 'call',
        function: name === 'a class' ? 'add.call2' : 'add',
        args: [1, 2],
      } as const;
      const result = await resultOf('javascript', answer, {
        ...call,
        expected: name === 'a generator' ? [3] : 3,
      });
      assert.equal(result.verdict, 'pass', `${name}: ${result.reason}`);
    }
  });

  it('are called by their first function if no name is given', async () => {
    const answer =
      '// adds\nconst limit = 3;\nexport async function first(x) { return x + limit }\nfunction second() {}';
    assert.equal(
      (await resultOf('javascript', answer, { kind: 'call', args: [1], expected: 4 })).verdict,
      'pass',
    );
    const inClass = 'class Solution { constructor() { this.k = 2 } twice(x) { return this.k * x } }';
    assert.equal(
      (await resultOf('javascript', inClass, { kind: 'call', args: [2], expected: 4 })).verdict,
      'pass',
    );
    assert.equal(
      (
        await resultOf('javascript', inClass, {
          kind: 'call',
          function: 'Solution.twice',
          args: [2],
          expected: 4,
        })
      ).verdict,
      'pass',
    );
  });

  const values: [string, string, unknown][] = [
    ['a set in any order', 'new Set([3, 1])', [1, 3]],
    ['a map', 'new Map([["a", 1]])', { a: 1 }],
    ['a map with other keys', 'new Map([[1, 2]])', [[1, 2]]],
    ['undefined', 'undefined', null],
    ['undefined in a list', '[undefined]', [null]],
    ['a number that is none', 'NaN', 'NaN'],
    ['a big integer', '2n ** 70n', 2 ** 70],
    ['a date', 'new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['a typed array', 'new Uint8Array([1, 2])', [1, 2]],
    ['an instance, by its members', 'new (class P { x = 1; m() {} })()', { x: 1 }],
    ['members that are undefined', '({ a: undefined, b: 1 })', { b: 1 }],
    ['a circle', '(() => { const a = []; a.push(a); return a })()', ['[Circular]']],
    [
      'a member named like the wire’s own',
      '({ $: "set", v: [1] })',
      [
        ['$', 'set'],
        ['v', [1]],
      ],
    ],
    ['minus zero', '-0', 0],
  ];
  it('give values that JSON lacks', async () => {
    const answer = `function value(n) { return [${values.map(([, source]) => `() => ${source}`).join(', ')}][n]() }`;
    const results = await resultsOf(
      'javascript',
      answer,
      values.map(([, , expected], index) => ({ kind: 'call', args: [index], expected: expected as never })),
    );
    for (const [index, result] of results.entries()) {
      assert.equal(
        result.verdict,
        'pass',
        `${values[index]![0]}: ${result.reason} ${JSON.stringify(result.actual)}`,
      );
    }
  });

  it('are judged by what they throw', async () => {
    const answer = 'class Mine extends RangeError {}; function f() { throw new Mine("no") }';
    const [own, base, other] = await resultsOf('javascript', answer, [
      { kind: 'call', args: [], throws: 'Mine' },
      { kind: 'call', args: [], throws: 'RangeError' },
      { kind: 'call', args: [], throws: 'TypeError' },
    ]);
    assert.deepEqual([own?.verdict, base?.verdict, other?.verdict], ['pass', 'pass', 'fail']);
    assert.match(own!.stderr, /main\.js:1/);
    assert.doesNotMatch(own!.stderr, /tiebreak/);
  });

  it('whose promise never settles are errors', async () => {
    const result = await resultOf('javascript', 'const f = () => new Promise(() => {})', {
      kind: 'call',
      args: [],
      expected: 1,
    });
    assert.deepEqual(
      [result.verdict, result.reason],
      ['error', 'Unsettled: the promise it returned never settles'],
    );
  });

  it('end once they have answered, even if timers are running', async () => {
    const result = await resultOf('javascript', 'setInterval(() => {}, 1000); const f = () => 1', {
      kind: 'call',
      args: [],
      expected: 1,
    });
    // If the timer kept it running, it would end at the time limit.
    assert.deepEqual([result.verdict, result.reason], ['pass', undefined]);
  });

  it('cannot pass by leaving early', async () => {
    const leave = 'process.exit(0); function f() {}';
    const [called, tested] = await resultsOf('javascript', leave, [
      { kind: 'call', args: [], expected: 1 },
      { kind: 'unit', source: 'throw new Error()' },
    ]);
    assert.deepEqual([called?.verdict, tested?.verdict], ['error', 'error']);
  });

  it('read an input in the usual ways', async () => {
    for (const source of ['0', '"/dev/stdin"']) {
      const answer = `console.log(require("fs").readFileSync(${source}, "utf8").trim().split("\\n").length)`;
      assert.equal(
        (await resultOf('javascript', answer, { kind: 'stdin', input: 'a\nb\n', output: '2' })).verdict,
        'pass',
      );
    }
    const lines =
      'import { createInterface } from "node:readline"; for await (const l of createInterface({ input: process.stdin })) console.log(l.length)';
    assert.equal(
      (await resultOf('javascript', lines, { kind: 'stdin', input: 'a\nbb\n', output: '1\n2' })).verdict,
      'pass',
    );
  });

  it('may be several files', async () => {
    const files = [
      { path: 'main.js', text: 'import { two } from "./lib/two.js"; export const f = () => two;' },
      { path: 'lib/two.js', text: 'export const two = 2;' },
    ];
    assert.equal(
      (await resultOf('javascript', files, { kind: 'call', args: [], expected: 2 })).verdict,
      'pass',
    );
  });

  it('get the verdict "memory" for buffers beyond the heap', async () => {
    const limits = { memoryBytes: 256 << 20 };
    const answer = 'const kept = []; for (let i = 0; i < 200; i++) kept.push(Buffer.alloc(10 << 20, 1));';
    assert.equal(
      (await resultOf('javascript', answer, { kind: 'stdin', input: '', output: '', limits })).verdict,
      'memory',
    );
    assert.equal(
      (await resultOf('javascript', '', { kind: 'stdin', input: '', output: '', limits })).verdict,
      'pass',
    );
  });
});

describe('tests of JavaScript answers', () => {
  before(needsSandbox());
  const answer = 'function add(a, b) { return a + b }\n';

  it('may be plain asserts', async () => {
    const [right, wrong, late] = await resultsOf('javascript', answer, [
      unit('require("assert").equal(add(1, 1), 2)'),
      unit('require("assert").equal(add(1, 1), 3)'),
      unit('setTimeout(() => { throw new Error("late") }, 5)'),
    ]);
    assert.equal(right?.verdict, 'pass', right?.reason);
    assert.match(`${wrong?.verdict} ${wrong?.reason}`, /^fail AssertionError/);
    assert.deepEqual(
      [late?.verdict, late?.reason],
      ['error', 'Error: late (line 1: setTimeout(() => { throw new Error("late") }, 5))'],
    );
  });

  it('may declare a name that the answer has', async () => {
    const own = `const assert = require('assert');\n${answer}`;
    assert.equal(
      (
        await resultOf(
          'javascript',
          own,
          unit('const assert = require("assert"); assert.equal(add(1, 1), 2)'),
        )
      ).verdict,
      'pass',
    );
  });

  it('may import the answer’s file', async () => {
    const exported = 'export const add = (a, b) => a + b;';
    const source =
      'import { add } from "./main.js"; import assert from "node:assert"; assert.equal(add(1, 1), 2)';
    assert.equal((await resultOf('javascript', exported, unit(source))).verdict, 'pass');
  });

  it('of node:test and mocha are reported one by one', async () => {
    const body =
      'it("adds", () => { if (add(1, 1) !== 2) throw new Error() });\nit("fails", () => require("assert").equal(add(1, 1), 3));\n';
    const sources = [
      `const { describe, it } = require("node:test");\ndescribe("add", () => {\n${body}});`,
      `describe("add", () => {\n${body}});`,
    ];
    for (const source of sources) {
      const result = await resultOf('javascript', answer, unit(source));
      assert.equal(result.verdict, 'fail', result.reason);
      assert.deepEqual(
        result.tests?.map((test) => `${test.name} ${test.verdict}`),
        ['adds pass', 'fails fail'],
      );
    }
  });

  it('of HumanEval get the candidate', async () => {
    const source = 'function check(candidate) { if (candidate(1, 2) !== 3) throw new Error() }';
    assert.equal(
      (await resultOf('javascript', answer, unit(source, 'humaneval'), { entry: 'add' })).verdict,
      'pass',
    );
  });
});

describe('TypeScript answers', () => {
  before(needsSandbox());

  it('run without their types, including syntax that only TypeScript has', async () => {
    const answer =
      'interface P { x: number }\nenum E { A = 1 }\nexport const f = (p: P): number => p.x + E.A;\nconst wrong: string = 3 as any;';
    assert.equal(
      (await resultOf('typescript', answer, { kind: 'call', args: [{ x: 2 }], expected: 3 })).verdict,
      'pass',
    );
  });

  it('find their files without extensions, and wait at the top', async () => {
    const files = [
      { path: 'main.ts', text: 'import { two } from "./two";\nexport function f() { return two }' },
      { path: 'two.ts', text: 'export const two: number = 2;' },
    ];
    assert.equal(
      (await resultOf('typescript', files, { kind: 'call', args: [], expected: 2 })).verdict,
      'pass',
    );
    const waiting = 'const x = await Promise.resolve(4);\nexport function f() { return x }';
    assert.equal(
      (await resultOf('typescript', waiting, { kind: 'call', args: [], expected: 4 })).verdict,
      'pass',
    );
  });

  it('are tested by TypeScript in their own scope', async () => {
    const answer = 'type Pair = [number, number];\nfunction add([a, b]: Pair): number { return a + b }';
    const [right, wrong, alone] = await resultsOf('typescript', answer, [
      {
        kind: 'unit',
        source:
          'declare var require: any;\nconst assert = require("node:assert");\nconst p: Pair = [1, 2];\nassert.deepEqual(add(p), 3);',
      },
      { kind: 'unit', source: 'import assert from "node:assert";\nassert.equal(add([1, 2] as Pair), 4);' },
      { kind: 'stdin', input: '', output: '' },
    ]);
    assert.deepEqual(
      [right?.verdict, wrong?.verdict, alone?.verdict],
      ['pass', 'fail', 'pass'],
      right?.reason,
    );
  });

  it('that do not parse are errors of every case, with file and line', async () => {
    const results = await resultsOf('typescript', 'const a = 1;\nfunction f(: number {}', [
      { kind: 'call', args: [], expected: 1 },
      { kind: 'stdin', input: '', output: '' },
    ]);
    assert.equal(results.length, 2);
    for (const result of results)
      assert.match(`${result.verdict} ${result.reason}`, /^error the answer does not compile: main\.ts:2: /);
  });
});
