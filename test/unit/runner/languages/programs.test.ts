import assert from 'node:assert/strict';
import { needsSandbox, needsToolchain, resultOf, resultsOf } from '../harness.ts';

const file = (path: string, text: string): { path: string; text: string } => ({ path, text });

describe('programs of several files', () => {
  before(needsSandbox());

  const programs: Record<string, ReturnType<typeof file>[]> = {
    c: [
      file(
        'main.c',
        '#include <stdio.h>\n#include "sum.h"\nint main(void) { int a, b; scanf("%d %d", &a, &b); printf("%d\\n", sum(a, b)); }\n',
      ),
      file('sum.h', 'int sum(int a, int b);\n'),
      file('sum.c', '#include "sum.h"\nint sum(int a, int b) { return a + b; }\n'),
    ],
    cpp: [
      file(
        'main.cpp',
        '#include <iostream>\n#include "sum.hpp"\nint main() { int a, b; std::cin >> a >> b; std::cout << sum(a, b) << "\\n"; }\n',
      ),
      file('sum.hpp', '#pragma once\nint sum(int a, int b);\n'),
      file('sum.cpp', '#include "sum.hpp"\nint sum(int a, int b) { return a + b; }\n'),
    ],
    go: [
      file('go.mod', 'module example.org/sums\n\ngo 1.18\n'),
      file(
        'main.go',
        'package main\n\nimport (\n\t"fmt"\n\n\t"example.org/sums/sum"\n)\n\nfunc main() {\n\tvar a, b int\n\tfmt.Scan(&a, &b)\n\tfmt.Println(sum.Of(a, b))\n}\n',
      ),
      file('sum/sum.go', 'package sum\n\nfunc Of(a, b int) int { return a + b }\n'),
    ],
    java: [
      file(
        'Main.java',
        'import org.sums.Sum;\nimport java.util.Scanner;\npublic class Main { public static void main(String[] a) { var in = new Scanner(System.in); System.out.println(Sum.of(in.nextInt(), in.nextInt())); } }\n',
      ),
      file(
        'org/sums/Sum.java',
        'package org.sums;\npublic class Sum { public static int of(int a, int b) { return a + b; } }\n',
      ),
    ],
    perl: [
      file(
        'main.pl',
        'use lib "."; use Sum; my ($x, $y) = split " ", <STDIN>; print Sum::of($x, $y), "\\n";\n',
      ),
      file('Sum.pm', 'package Sum; sub of { return $_[0] + $_[1] } 1;\n'),
    ],
    php: [
      file(
        'main.php',
        '<?php require __DIR__ . "/sum.php"; [$a, $b] = explode(" ", fgets(STDIN)); echo sum($a, $b), "\\n";',
      ),
      file('sum.php', '<?php function sum($a, $b) { return $a + $b; }'),
    ],
    r: [
      file('main.R', 'source("sum.R")\nn <- scan(file("stdin"), quiet = TRUE)\ncat(total(n), "\\n")\n'),
      file('sum.R', 'total <- function(n) sum(n)\n'),
    ],
    ruby: [
      file('main.rb', "require_relative 'sum'\nputs sum(*gets.split.map(&:to_i))\n"),
      file('sum.rb', 'def sum(a, b) = a + b\n'),
    ],
    rust: [
      file(
        'main.rs',
        'mod sum;\nfn main() {\n    let mut line = String::new();\n    std::io::stdin().read_line(&mut line).unwrap();\n    let n: Vec<i32> = line.split_whitespace().map(|w| w.parse().unwrap()).collect();\n    println!("{}", sum::of(n[0], n[1]));\n}\n',
      ),
      file('sum.rs', 'pub fn of(a: i32, b: i32) -> i32 { a + b }\n'),
    ],
  };

  for (const [language, files] of Object.entries(programs)) {
    describe(language, function () {
      before(needsToolchain(language));

      it('run as one', async () => {
        const result = await resultOf(language, files, { kind: 'stdin', input: '1 2\n', output: '3\n' });
        assert.equal(result.verdict, 'pass', `${result.reason} ${result.stderr}`);
      });
    });
  }
});

describe('a program that fails', function () {
  before(needsSandbox());

  /** Programs, and the expected reason of their verdict. */
  const failing: Record<string, readonly [answer: string, reason: RegExp]> = {
    bash: ['echo boom >&2; exit 3', /^exit status 3: boom$/],
    c: [
      '#include <assert.h>\nint main(void) { assert(0 == "boom"); }',
      /^ended by SIGABRT: .*Assertion .*boom.* failed/,
    ],
    cpp: [
      '#include <stdexcept>\nint main() { throw std::runtime_error("boom"); }',
      /^ended by SIGABRT: .*boom/,
    ],
    go: ['package main\n\nfunc main() { panic("boom") }\n', /^exit status 2: panic: boom$/],
    java: [
      'public class Main { public static void main(String[] a) { throw new IllegalStateException("boom"); } }',
      /^exit status 1: Exception in thread "main" java.lang.IllegalStateException: boom$/,
    ],
    javascript: ['throw new TypeError("boom");', /^exit status 1: TypeError: boom$/],
    perl: ['die "boom\\n";', /^exit status \d+: boom$/],
    php: [
      '<?php throw new LogicException("boom");',
      /^exit status 255: PHP Fatal error: .*LogicException: boom/,
    ],
    python: ['raise ValueError("boom")', /^exit status 1: ValueError: boom$/],
    r: ['f <- function() stop("boom")\nf()', /^exit status 1: Error in f\(\) : boom$/],
    ruby: ['def f = raise("boom")\nf', /^exit status 1: main.rb:1:in .*boom \(RuntimeError\)$/],
    rust: ['fn main() { panic!("boom"); }', /^exit status 101: .*boom/],
  };
  for (const [language, [answer, expected]] of Object.entries(failing)) {
    describe(language, () => {
      before(needsToolchain(language));

      it('is an error with the line that names it', async () => {
        const { verdict, reason, stderr } = await resultOf(language, answer, {
          kind: 'stdin',
          input: '',
          output: '',
        });
        assert.equal(verdict, 'error');
        assert.match(reason ?? '', expected, `${reason} ← ${stderr}`);
      });
    });
  }
});

describe('a task’s own build command', function () {
  before(needsSandbox());
  before(needsToolchain('c'));

  const command = (...argv: string[]) =>
    ({ kind: 'command', argv, expect: { exit: 0, stdout: '42\n' } }) as const;
  const source =
    '#include <stdio.h>\nint answer(void) { return 42; }\n#ifdef ALONE\nint main(void) { printf("%d\\n", answer()); }\n#endif\n';

  it('runs once, and every case sees the files that it creates', async () => {
    const build = ['sh', '-c', 'mkdir -p out && gcc -DALONE main.c -o out/program && echo built >> log'];
    const [program, log] = await resultsOf(
      'c',
      source,
      [
        command('out/program'),
        { kind: 'command', argv: ['cat', 'log'], expect: { exit: 0, stdout: 'built\n' } },
      ],
      { build },
    );
    assert.equal(program?.verdict, 'pass', `${program?.reason} ${program?.stderr}`);
    assert.equal(log?.verdict, 'pass', log?.reason);
  });

  it('reports its output if it fails', async () => {
    const build = ['sh', '-c', 'echo no such target >&2; exit 2'];
    const { verdict, reason } = await resultOf('c', source, command('out/program'), { build });
    assert.equal(verdict, 'error');
    assert.match(reason ?? '', /no such target/);
  });
});

describe('checkers', () => {
  before(needsSandbox());

  const checkers: Record<string, { answer: string; source: string }> = {
    cpp: {
      answer: '#include <iostream>\nint main() { std::cout << "2 1\\n"; }\n',
      source:
        '#include <iostream>\n#include <iterator>\n#include <string>\nint main() { std::string text(std::istreambuf_iterator<char>(std::cin), {}); return text.find("\\"actual\\":\\"2 1") == std::string::npos; }\n',
    },
    ruby: {
      answer: 'puts "2 1"\n',
      source:
        "require 'json'\nfacts = JSON.parse($stdin.read)\nexit facts['actual'].split.sort == facts['expected'].split.sort\n",
    },
  };
  for (const [language, { answer, source }] of Object.entries(checkers)) {
    describe(language, function () {
      before(needsToolchain(language));

      it('are programs in the language of the task', async () => {
        const comparator = { kind: 'checker', source } as const;
        const facts = { kind: 'stdin', input: '', output: '1 2\n', comparator } as const;
        const [right, wrong] = await resultsOf(language, answer, [
          facts,
          { ...facts, comparator: { kind: 'exact' } },
        ]);
        assert.equal(right?.verdict, 'pass', right?.reason);
        assert.equal(wrong?.verdict, 'fail');
      });
    });
  }
});

describe('running out of memory', function () {
  before(needsSandbox());

  const limits = { memoryBytes: 128 << 20, cpuMs: 5000 };
  for (const [language, answer] of [
    [
      'java',
      'import java.util.*;\npublic class Main { static int eat() { List<byte[]> all = new ArrayList<>(); while (true) all.add(new byte[1 << 20]); } }',
    ],
    [
      'go',
      'package main\n\nfunc eat() int {\n\tvar all [][]byte\n\tfor {\n\t\tb := make([]byte, 1<<20)\n\t\tfor i := range b {\n\t\t\tb[i] = 1\n\t\t}\n\t\tall = append(all, b)\n\t}\n}\n',
    ],
    ['ruby', 'def eat\n  all = []\n  loop { all << "x" * (1 << 20) }\nend\n'],
  ] as const) {
    describe(language, () => {
      before(needsToolchain(language));

      it('is reported as memory', async () => {
        const result = await resultOf(language, answer, { kind: 'call', function: 'eat', args: [], limits });
        assert.equal(result.verdict, 'memory', `${result.reason} ${result.stderr}`);
      });
    });
  }

  describe('java, whose garbage is more than its limit', () => {
    before(needsToolchain('java'));

    it('is not reported as memory', async () => {
      const answer =
        'public class Main { static long churn() { long sum = 0; for (int i = 0; i < 2000; i++) sum += new byte[1 << 20].length; return sum; } }';
      const result = await resultOf('java', answer, { kind: 'call', args: [], expected: 2097152000, limits });
      assert.equal(result.verdict, 'pass', result.reason);
    });
  });
});
