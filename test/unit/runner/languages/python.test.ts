import assert from 'node:assert/strict';
import { needsSandbox, resultOf, resultsOf, unit, type CaseFacts } from '../harness.ts';

describe('Python answers', () => {
  before(needsSandbox());

  it('have the conventions of a judge only if a case names it', async () => {
    const call = (facts: Partial<Extract<CaseFacts, { kind: 'call' }>>): CaseFacts => ({
      kind: 'call',
      args: [],
      ...facts,
    });
    const method =
      'class Solution:\n    def f(self, xs: List[int]):\n        return Counter(xs).most_common(1)[0][0]\n';
    const results = [
      await resultsOf('python', method, [
        call({ function: 'f', args: [[1, 2, 2]], expected: 2, judge: 'apps' }),
        call({ function: 'Solution.f', args: [[1, 2, 2]], expected: 2, judge: 'livecodebench' }),
        call({ function: 'Solution.f', args: [[1, 2, 2]], expected: 2 }),
      ]),
      await resultsOf('python', 'def f(d):\n    return d[1]\n', [
        call({ function: 'f', args: [{ 1: 2 }], expected: 2, judge: 'apps' }),
        call({ function: 'Solution.f', args: [{ 1: 2 }], expected: 3, alternatives: [2], judge: 'apps' }),
        call({ function: 'f', args: [{ 1: 2 }], expected: 2 }),
        call({ function: 'g', args: [{ 1: 2 }], expected: 2, judge: 'apps' }),
      ]),
      await resultsOf(
        'python',
        'def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nif __name__ == "__main__":\n    print(f(int(input())), pow(2, 3, 5), gcd(4, 6))\n',
        [
          { kind: 'stdin', input: '5000\n', output: '5000 3 2\n', judge: 'livecodebench' },
          { kind: 'stdin', input: '5\n', output: '5 3 2\n' },
        ],
      ),
    ];
    assert.deepEqual(
      results.map((each) => each.map(({ verdict }) => verdict)),
      [
        ['pass', 'pass', 'error'],
        ['pass', 'pass', 'error', 'error'],
        ['pass', 'error'],
      ],
    );
    assert.match(results[2]![1]!.reason ?? '', /gcd/);
  });

  it('are read from an output file if a case names it', async () => {
    const results = await resultsOf('python', 'open("out.txt", "w").write(input())\nprint("log")\n', [
      { kind: 'stdin', input: '5\n', output: '5\n', outputFile: 'out.txt' },
      { kind: 'stdin', input: '5\n', output: 'log\n', outputFile: 'other.txt' },
      { kind: 'stdin', input: '5\n', output: '6\n', outputFile: 'out.txt' },
    ]);
    assert.deepEqual(
      results.map(({ verdict }) => verdict),
      ['pass', 'pass', 'fail'],
    );
    assert.equal(results[0]!.stdout, 'log\n');
  });

  it('are called with arguments, and their value is compared with the expected value', async () => {
    const answer = 'def add(a, b):\n    print("adding")\n    return a + b\n';
    const [right, wrong] = await resultsOf('python', answer, [
      { kind: 'call', function: 'add', args: [1, 2], expected: 3 },
      { kind: 'call', function: 'add', args: [1, 2], expected: 4 },
    ]);
    assert.deepEqual([right?.verdict, right?.actual, right?.stdout, right?.exit], ['pass', 3, 'adding\n', 0]);
    assert.deepEqual([wrong?.verdict, wrong?.actual, wrong?.expected], ['fail', 3, 4]);
  });

  const values: [string, string, unknown][] = [
    ['a tuple as a list', '(1, (2,))', [1, [2]]],
    ['a set in any order', '{3, 1, 2}', [1, 2, 3]],
    ['a whole float', '1.0', 1],
    ['a number that is none', 'float("nan")', 'NaN'],
    ['infinity', '-float("inf")', '-Infinity'],
    ['a whole number beyond a double', '2 ** 70', 2 ** 70],
    ['a map with numbers for keys', '{1: "a", None: 2}', { 1: 'a', null: 2 }],
    ['a map with tuples for keys', '{(1, 2): 3}', [[[1, 2], 3]]],
    ['a generator', '(n * n for n in range(3))', [0, 1, 4]],
    ['a range', 'range(2)', [0, 1]],
    ['strings of every kind', '"é\\U0001f600\\u202e\\n\\"\\\\"', 'é😀\u202e\n"\\'],
    [
      'a member named like the wire’s own',
      '{"$": "set", "v": [1]}',
      [
        ['$', 'set'],
        ['v', [1]],
      ],
    ],
    ['an object as it shows itself', 'type("P", (), {"__repr__": lambda s: "P(1)"})()', 'P(1)'],
    ['nothing', 'None', null],
  ];
  it('give values that JSON lacks', async () => {
    const answer = `def value(n):\n    return [${values.map(([, source]) => `lambda: ${source}`).join(', ')}][n]()`;
    const results = await resultsOf(
      'python',
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

  it('receive arguments of every kind unchanged', async () => {
    const argument = { a: [1, 2.5, -0, 1e300, true, false, null], é: '😀\u2028\ud800"\\\n', n: { '': [] } };
    const result = await resultOf('python', 'def same(x): return x', {
      kind: 'call',
      args: [argument],
      expected: argument,
    });
    assert.equal(result.verdict, 'pass', result.reason);
  });

  it('are found by name, by the task’s entry, inside a class, or as the first function', async () => {
    const answer =
      'class Solution:\n    def twice(self, x): return 2 * x\ndef first(x): return x\ndef second(x): return x + 1\n';
    const call = { kind: 'call', args: [1] } as const;
    const [named, inClass, first] = await resultsOf('python', answer, [
      { ...call, function: 'second', expected: 2 },
      { ...call, function: 'Solution.twice', expected: 2 },
      { ...call, expected: 1 },
    ]);
    assert.deepEqual([named?.verdict, inClass?.verdict, first?.verdict], ['pass', 'pass', 'pass']);
    const byEntry = await resultOf('python', answer, { ...call, expected: 2 }, { entry: 'second' });
    assert.equal(byEntry.verdict, 'pass');
    const missing = await resultOf('python', answer, { ...call, function: 'third', expected: 2 });
    assert.deepEqual(
      [missing.verdict, missing.reason],
      ['error', 'the answer does not define the function "third"'],
    );
  });

  it('may be coroutines', async () => {
    const answer = 'import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 5';
    assert.equal((await resultOf('python', answer, { kind: 'call', args: [], expected: 5 })).verdict, 'pass');
  });

  it('are judged by what they raise', async () => {
    const answer = 'def f(): raise KeyError("x")';
    const call = { kind: 'call', args: [] } as const;
    const [exact, base, other, unwanted] = await resultsOf('python', answer, [
      { ...call, throws: 'KeyError' },
      { ...call, throws: 'LookupError' },
      { ...call, throws: 'ValueError' },
      { ...call, expected: 1 },
    ]);
    assert.deepEqual([exact?.verdict, base?.verdict], ['pass', 'pass']);
    assert.deepEqual([other?.verdict, other?.actual], ['fail', 'KeyError']);
    assert.deepEqual([unwanted?.verdict, unwanted?.reason], ['error', "KeyError: 'x'"]);
    assert.match(unwanted!.stderr, /File "main\.py", line 1, in f/);
    assert.doesNotMatch(unwanted!.stderr, /tiebreak/);
    const returned = await resultOf('python', 'def f(): return 1', { ...call, throws: 'KeyError' });
    assert.equal(returned.verdict, 'fail');
  });

  it('that do not load are errors with a reason', async () => {
    const call = { kind: 'call', args: [], expected: 1 } as const;
    const broken = await resultOf('python', 'def f(:', call);
    assert.match(`${broken.verdict} ${broken.reason}`, /^error .*SyntaxError/);
    const raising = await resultOf('python', 'raise OSError("no")', call);
    assert.match(`${raising.verdict} ${raising.reason}`, /^error .*OSError: no/);
  });

  it('do not run the part that is for direct execution', async () => {
    const answer = 'def f(): return 1\nif __name__ == "__main__":\n    input()\n';
    assert.equal((await resultOf('python', answer, { kind: 'call', args: [], expected: 1 })).verdict, 'pass');
  });

  it('cannot pass by printing, sending or leaving something', async () => {
    const call = { kind: 'call', args: [], expected: 1 } as const;
    const forged = '{"stage":"done","value":1}';
    const printed = await resultOf('python', `def f():\n    print('${forged}')\n    return 2`, call);
    assert.equal(printed.verdict, 'fail');
    const sent = await resultOf(
      'python',
      `import os\ndef f():\n    try: os.write(3, b'${forged}\\n')\n    except OSError: pass\n    return 2`,
      call,
    );
    assert.equal(sent.verdict, 'fail');
    const left = await resultOf('python', 'import os\ndef f(): os._exit(0)', call);
    assert.equal(left.verdict, 'error');
    const leftWhileLoading = await resultOf('python', 'import sys\nsys.exit(0)', {
      kind: 'unit',
      source: 'assert False',
    });
    assert.equal(leftWhileLoading.verdict, 'error');
    const leftInTest = await resultOf('python', 'import os\ndef f(): os._exit(0)', {
      kind: 'unit',
      source: 'f()\nassert False',
    });
    assert.match(leftInTest.reason ?? '', /ended before its tests/);
    const exitInTest = await resultOf('python', 'def f(): raise SystemExit(0)', {
      kind: 'unit',
      source: 'f()\nassert False',
    });
    assert.equal(exitInTest.verdict, 'error');
  });

  it('never see what is expected', async () => {
    const answer = `
import glob, os
def f():
    seen = [repr(globals())]
    for pattern in ("/scratch/**", "/scratch/.*/**", "/tmp/**", "/run/**", "/etc/*", "/dev/shm/*", "/proc/[0-9]*/[ce][mn]*"):
        for path in glob.glob(pattern, recursive=True):
            if os.path.isfile(path) and os.access(path, os.R_OK): seen.append(open(path, errors="replace").read(100_000))
    return ["glob" in text for text in seen].count(True) > 0, any("867" + "5309" in text for text in seen)
`;
    const result = await resultOf('python', answer, { kind: 'call', args: [], expected: [8675309] });
    assert.deepEqual(result.actual, [true, false], 'it finds its own code and not the number');
  });

  it('read an input and print', async () => {
    const answer = 'for line in open(0): print(int(line) * 2)';
    const [right, wrong, broken] = await resultsOf('python', answer, [
      { kind: 'stdin', input: '1\n2\n', output: '2\n4' },
      { kind: 'stdin', input: '1\n2\n', output: '2\n5' },
      { kind: 'stdin', input: 'x', output: '' },
    ]);
    assert.equal(right?.verdict, 'pass');
    assert.deepEqual([wrong?.verdict, wrong?.reason, wrong?.actual], ['fail', 'line 2 differs', '2\n4\n']);
    assert.match(`${broken?.verdict} ${broken?.reason}`, /^error exit status 1: ValueError/);
  });

  it('run beside a command that looks at exit status, output and files', async () => {
    const answer = 'import sys\nopen("out.txt", "w").write("hey\\n")\nprint("said")\nsys.exit(3)';
    const argv = ['python3', 'main.py'];
    const [right, wrong] = await resultsOf('python', answer, [
      {
        kind: 'command',
        argv,
        expect: { exit: 3, stdout: 'said', files: [{ path: 'out.txt', text: 'hey' }] },
      },
      { kind: 'command', argv, expect: { exit: 0, files: [{ path: 'gone.txt', text: '' }] } },
    ]);
    assert.equal(right?.verdict, 'pass', right?.reason);
    assert.deepEqual([wrong?.verdict, wrong?.reason], ['fail', 'exit: exit status 3; gone.txt: is missing']);
  });

  it('say "memory" when Python itself runs out', async () => {
    const limits = { memoryBytes: 128 << 20 };
    const call = await resultOf('python', 'def f(): return len(bytearray(2 << 30))', {
      kind: 'call',
      args: [],
      expected: 1,
      limits,
    });
    assert.equal(call.verdict, 'memory');
    const read = await resultOf('python', 'x = bytearray(2 << 30)', {
      kind: 'stdin',
      input: '',
      output: '',
      limits,
    });
    assert.equal(read.verdict, 'memory');
  });

  it('get the verdict of each limit', async () => {
    const limits = { cpuMs: 300, wallMs: 2000, memoryBytes: 128 << 20, outputBytes: 4096 };
    const run = (source: string, own: Partial<typeof limits> = {}): Promise<string> =>
      resultOf('python', source, {
        kind: 'stdin',
        input: '',
        output: '',
        limits: { ...limits, ...own },
      }).then((result) => result.verdict);
    assert.equal(await run('while True: pass'), 'timeout');
    assert.equal(await run('import time; time.sleep(60)'), 'timeout');
    // The test is not about how fast a machine allocates memory.
    const patient = { cpuMs: 10_000, wallMs: 20_000 };
    assert.equal(await run('x = []\nwhile True: x.append(b"x" * 1_000_000)', patient), 'memory');
    assert.equal(await run('print("x" * 10_000)'), 'output');
  });
});

describe('tests of Python answers', () => {
  before(needsSandbox());
  const answer = 'def add(a, b):\n    return a + b\n';

  it('may be plain asserts', async () => {
    const [right, wrong, broken] = await resultsOf('python', answer, [
      unit('assert add(1, 1) == 2'),
      unit('assert add(1, 1) == 3, "not three"'),
      unit('assert nothing'),
    ]);
    assert.equal(right?.verdict, 'pass');
    assert.deepEqual([wrong?.verdict, wrong?.reason], ['fail', 'AssertionError: not three']);
    assert.deepEqual(
      [broken?.verdict, broken?.reason],
      ['error', "NameError: name 'nothing' is not defined"],
    );
  });

  it('of unittest are reported one by one, whether or not they start themselves', async () => {
    const source =
      'import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(add(1, 1), 2)\n    def test_b(self): self.assertEqual(add(1, 1), 3)\n    def test_c(self): nothing\n    @unittest.skip("later")\n    def test_d(self): pass\n';
    for (const ending of ['', 'if __name__ == "__main__":\n    unittest.main()\n']) {
      const result = await resultOf('python', answer, unit(source + ending, 'unittest'));
      assert.equal(result.verdict, 'fail');
      assert.deepEqual(
        result.tests?.map((test) => `${test.name} ${test.verdict}`),
        ['T.test_a pass', 'T.test_b fail', 'T.test_c error', 'T.test_d skip'],
      );
    }
  });

  it('report the failed assertion and its line, not a character-by-character difference', async () => {
    const source = [
      'import unittest',
      'class T(unittest.TestCase):',
      '    def test_text(self): self.assertEqual("abc", "abd")',
      '    def test_map(self):',
      '        self.assertEqual({"n": add(1, 1)}, {"n": 3}, "the sum")',
      '    def test_plain(self):',
      '        assert add(1, 1) == 3',
    ].join('\n');
    const result = await resultOf('python', answer, unit(source, 'unittest'));
    assert.deepEqual(Object.fromEntries(result.tests!.map(({ name, message }) => [name, message])), {
      'T.test_map': `{'n': 2} != {'n': 3} : the sum\nline 5: self.assertEqual({"n": add(1, 1)}, {"n": 3}, "the sum")`,
      'T.test_plain': 'assert add(1, 1) == 3\nline 7: assert add(1, 1) == 3',
      'T.test_text': `'abc' != 'abd'\nline 3: def test_text(self): self.assertEqual("abc", "abd")`,
    });
    assert.equal(result.reason, "3 of 3 tests: T.test_map: {'n': 2} != {'n': 3} : the sum");
    const bare = await resultOf('python', answer, unit('assert add(1, 1) == 2\nassert add(1, 1) == 3\n'));
    assert.equal(bare.reason, 'AssertionError: line 2: assert add(1, 1) == 3');
  });

  it('of the answer itself do not count', async () => {
    const own = `${answer}import unittest\nclass Own(unittest.TestCase):\n    def test_own(self): self.fail()\n`;
    const source = 'import unittest\nclass T(unittest.TestCase):\n    def test_a(self): pass\n';
    assert.equal((await resultOf('python', own, unit(source))).verdict, 'pass');
  });

  it('of HumanEval get the candidate', async () => {
    const result = await resultOf(
      'python',
      answer,
      unit('def check(candidate):\n    assert candidate(1, 2) == 3\n', 'humaneval'),
      { entry: 'add' },
    );
    assert.equal(result.verdict, 'pass');
    const called = await resultOf(
      'python',
      answer,
      unit('def check(candidate):\n    assert candidate(1, 2) == 4\ncheck(add)'),
    );
    assert.equal(called.verdict, 'fail');
  });

  it('in pytest style run with and without pytest', async () => {
    const plain = unit(
      'def test_one():\n    assert add(1, 1) == 2\nclass TestMore:\n    def test_two(self):\n        assert add(1, 1) == 3\n',
    );
    const result = await resultOf('python', answer, plain);
    assert.equal(result.verdict, 'fail');
    assert.deepEqual(
      result.tests?.map((test) => `${test.name} ${test.verdict}`),
      ['test_one pass', 'TestMore.test_two fail'],
    );
    const real = await resultOf(
      'python',
      answer,
      unit(
        'import pytest\nfrom main import add\n@pytest.mark.parametrize("n", [1, 2])\ndef test_n(n):\n    assert add(n, 1) == 2\n',
      ),
    );
    if (real.verdict === 'unsupported') {
      assert.match(real.reason ?? '', /pip install pytest/);
    } else {
      assert.deepEqual(
        real.tests?.map((test) => `${test.name} ${test.verdict}`),
        ['test_n[1] pass', 'test_n[2] fail'],
      );
    }
  });

  it('without any test do not pass', async () => {
    const result = await resultOf(
      'python',
      answer,
      unit('import unittest\nclass T(unittest.TestCase):\n    pass\n'),
    );
    assert.deepEqual([result.verdict, result.reason], ['error', 'no test was found in the case']);
  });
});
