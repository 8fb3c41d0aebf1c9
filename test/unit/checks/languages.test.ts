import assert from 'node:assert/strict';
import type { SourceFile } from '../../../src/core/task/task.ts';
import { checkReportSchema, type CheckReport } from '../../../src/core/run/diagnostic.ts';
import { createChecks } from '../../../src/checks/checks.ts';
import { checkersDir, needsSandbox, sandbox } from '../runner/harness.ts';

const checks = createChecks({ sandbox, checkersDir, trusted: () => true });

/** The reports of one tool on files; `undefined` if it is not installed, after printing how to get it. */
async function report(
  id: string,
  files: readonly SourceFile[],
  schema?: string,
): Promise<CheckReport | undefined> {
  const check = checks.find((candidate) => candidate.id === id);
  assert.ok(check, id);
  const request = { answerId: 'answer', language: (check.languages as readonly string[])[0]!, files };
  const found = await check.check(schema === undefined ? request : { ...request, schema });
  if (found.status === 'missing') {
    console.log(`      skipped: ${found.reason}`);
    return undefined;
  }
  assert.equal(found.status, 'done', found.reason);
  assert.match(found.version, /\d/);
  return checkReportSchema.parse(found);
}

/** "line:column severity category code", for readable assertions. */
function lines({ diagnostics }: CheckReport): string[] {
  return diagnostics.map(
    ({ range, severity, category, code }) =>
      `${range.startLine}:${range.startColumn} ${severity} ${category} ${code}`,
  );
}

interface Example {
  readonly id: string;
  readonly path: string;
  readonly bad: readonly string[];
  readonly found: readonly string[];
  readonly good: readonly string[];
}

const examples: readonly Example[] = [
  {
    id: 'gcc',
    path: 'main.c',
    bad: [
      '#include <stdio.h>',
      'int main(void) {',
      '  int unused;',
      '  strlcpy2("a");',
      '  stdout->nothing = 1;',
      '  printf("%d\\n", "text");',
      '  return missing;',
      '}',
    ],
    found: [
      '3:7 warning style unused-variable',
      '4:3 error unknown-api implicit-function-declaration',
      '5:9 error unknown-api error',
      '6:12 warning type format=',
      '7:10 error other error',
    ],
    good: ['#include <stdio.h>', 'int main(void) {', '  puts("hello");', '  return 0;', '}'],
  },
  {
    id: 'g++',
    path: 'main.cpp',
    bad: ['#include <vector>', 'int main() {', '  std::vector<int> v;', '  v.pushh(2);', '  foo();', '}'],
    found: ['4:5 error unknown-api error', '5:3 error other error'],
    good: ['#include <vector>', 'int size(const std::vector<int> &v) { return static_cast<int>(v.size()); }'],
  },
  {
    id: 'javac',
    path: 'Main.java',
    bad: [
      'import java.util.*;',
      'import org.example.nowhere.Thing;',
      'public class Answer {',
      '  static int f(List<String> x) {',
      '    return "a".trimm();',
      '  }',
      '}',
    ],
    found: ['2:27 info unknown-api cant.resolve', '5:16 error unknown-api cant.resolve'],
    good: ['public class Answer {', '  static int one() { return 1; }', '}'],
  },
  {
    id: 'javac',
    path: 'Uses.java',
    bad: [
      'import org.example.nowhere.Thing;',
      'import java.util.nowhere.Other;',
      'class Uses {',
      '  Thing known() { return new Thing(); }',
      '  Other made() { return null; }',
      '  Unheard of() { return null; }',
      '  Optional<String> forgotten() { return null; }',
      '  int member() { return "a".Thing; }',
      '}',
    ],
    found: [
      '1:27 info unknown-api cant.resolve',
      '2:25 error unknown-api cant.resolve',
      '4:3 info unknown-api cant.resolve',
      '4:30 info unknown-api cant.resolve',
      '5:3 error other cant.resolve',
      '6:3 error other cant.resolve',
      '7:3 error other cant.resolve',
      '8:29 error unknown-api cant.resolve',
    ],
    good: ['class Uses {', '  static int one() { return 1; }', '}'],
  },
  {
    id: 'rustc',
    path: 'main.rs',
    bad: [
      'fn main() {',
      '    let mut v = vec![1];',
      '    v.pushh(2);',
      '    foo();',
      '    let x: u32 = "a";',
      '}',
    ],
    found: ['3:7 error unknown-api E0599', '4:5 error other E0425', '5:18 error type E0308'],
    good: ['fn main() {', '    println!("hello");', '}', 'fn unused() {}'],
  },
  {
    id: 'go vet',
    path: 'main.go',
    bad: [
      'package main',
      '',
      'import (',
      '\t"fmt"',
      '\t"strings"',
      ')',
      '',
      'func main() {',
      '\tx := strings.Trimm("a")',
      '\tfoo()',
      '\tfmt.Println("a")',
      '}',
    ],
    found: ['9:15 error unknown-api undefined', '10:2 error other undefined'],
    good: ['package main', '', 'import "fmt"', '', 'func Say() {', '\tfmt.Println("hello")', '}'],
  },
  {
    id: 'ruby -wc',
    path: 'main.rb',
    bad: ['def f(a)', '  b = 2', 'end'],
    found: ['2:3 warning other warning'],
    good: ['def f(a)', '  a + 1', 'end'],
  },
  {
    id: 'php -l',
    path: 'main.php',
    bad: ['<?php', 'function f() {', '  return ;;', '}', '$a = ;'],
    found: ['5:1 error syntax syntax'],
    good: ['<?php', 'function f(int $a): int { return $a; }'],
  },
  {
    id: 'perl -wc',
    path: 'main.pl',
    bad: ['use strict;', 'use No::Such::Module;'],
    found: ['2:1 info unknown-api unknown'],
    good: ['use strict;', 'my $x = 1;', 'print $x;'],
  },
  {
    id: 'bash -n',
    path: 'main.sh',
    bad: ['if true; then', '  echo yes', 'done'],
    found: ['3:1 error syntax syntax'],
    good: ['set -euo pipefail', 'echo "hello"'],
  },
  {
    id: 'shellcheck',
    path: 'main.sh',
    bad: ['#!/bin/bash', 'cd "$1"', 'rm $2'],
    found: ['2:1 warning other SC2164', '3:4 info other SC2086'],
    good: ['#!/bin/bash', 'echo "$1"'],
  },
  {
    id: 'ruff',
    path: 'main.py',
    bad: ['def f(x=[]):', '    return x is "a"'],
    found: ['1:9 warning other B006', '2:12 warning other F632'],
    good: ['def f(x):', '    return x'],
  },
  {
    id: 'eslint',
    path: 'main.ts',
    bad: [
      'enum Kind { One }',
      'interface Box<T> { value: T }',
      'export function f(box: Box<number>): string {',
      '  for (let i: number = 0; i < 10; i--) box.value += i;',
      '  if (box.value === NaN) return "a";',
      '  return `${Kind.One}`;',
      '}',
    ],
    found: ['4:3 warning other for-direction', '5:7 warning other use-isnan'],
    good: ['export const f = <T,>(all: readonly T[]): T | undefined => all[0];'],
  },
  {
    id: 'eslint',
    path: 'main.js',
    bad: ['const o = { a: 1, a: 2 };', '// eslint-disable-next-line', '[1].map((x) => { x + 1; });'],
    found: ['1:19 warning other no-dupe-keys', '3:13 warning other array-callback-return'],
    good: ['while (true) { if (next()) break; }', 'function next() { return true; }', 'const f = (x) => x;'],
  },
  {
    id: 'R parse',
    path: 'main.R',
    bad: ['f <- function(x) {', '  y <- stringcount(x)', '  mean(y)', '}'],
    found: ['2:8 error unknown-api unknown'],
    good: ['g <- function(x, h) h(x)', 'f <- function(x) g(mean(x), print)', 'f(1:3)'],
  },
];

describe('checks with installed tools', function () {
  before(needsSandbox());

  for (const { id, path, bad, found, good } of examples) {
    it(`${id} finds what is wrong in ${path} and nothing else`, async function () {
      const result = await report(id, [{ path, text: `${bad.join('\n')}\n` }]);
      if (result === undefined) this.skip();
      assert.deepEqual(lines(result), found, JSON.stringify(result.diagnostics, undefined, 1));
      const clean = await report(id, [{ path, text: `${good.join('\n')}\n` }]);
      assert.deepEqual(clean!.diagnostics, []);
    });
  }

  const ownMembers: readonly Omit<Example, 'good'>[] = [
    {
      id: 'gcc',
      path: 'main.c',
      bad: ['struct point { int x; };', 'int f(struct point p) { return p.x + p.y; }'],
      found: ['2:39 error type error'],
    },
    {
      id: 'g++',
      path: 'main.cpp',
      bad: [
        'namespace own { int a; }',
        'struct Point { int x; };',
        'int f(Point p) { return p.y + own::b; }',
      ],
      found: ['3:27 error type error', '3:36 error type error'],
    },
    {
      id: 'rustc',
      path: 'main.rs',
      bad: ['struct Point { x: i32 }', 'fn f(p: Point) -> i32 { p.go(); p.y }'],
      found: ['2:27 error type E0599', '2:35 error type E0609'],
    },
    {
      id: 'go vet',
      path: 'main.go',
      bad: [
        'package main',
        '',
        'type point struct{ x int }',
        '',
        'func f(p *point) int { p.run(); return p.y }',
      ],
      found: ['5:26 error type undefined', '5:42 error type undefined'],
    },
    {
      id: 'javac',
      path: 'Point.java',
      bad: ['class Point {', '  int x;', '  int f(Point p) { return p.y; }', '}'],
      found: ['3:29 error other cant.resolve'],
    },
  ];
  for (const { id, path, bad, found } of ownMembers)
    it(`${id} does not report a missing member of the answer's own type as a made-up API`, async function () {
      const result = await report(id, [{ path, text: `${bad.join('\n')}\n` }]);
      if (result === undefined) this.skip();
      assert.deepEqual(lines(result), found, JSON.stringify(result.diagnostics, undefined, 1));
    });

  it('go vet compiles test files', async function () {
    const test = [
      'package main_test',
      '',
      'import (',
      '\t"testing"',
      '',
      '\t"example.org/assert"',
      ')',
      '',
      'func TestTwo(t *testing.T) { assert.True(t, true) }',
    ];
    const inside =
      'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { if sign(-1) != uint(1) { missing() } }\n';
    const result = await report('go vet', [
      {
        path: 'main.go',
        text: 'package main\n\nfunc sign(x uint) uint { return x }\n\nfunc main() { sign(1) }\n',
      },
      { path: 'main_test.go', text: inside },
      { path: 'other_test.go', text: `${test.join('\n')}\n` },
    ]);
    if (result === undefined) this.skip();
    assert.deepEqual(
      result.diagnostics.map(({ file, range, severity }) => `${file}:${range.startLine} ${severity}`),
      ['main_test.go:5 error', 'main_test.go:5 error', 'other_test.go:6 info'],
    );
  });

  it('rustc compiles unit tests and every file that is not a module of another file', async function () {
    const result = await report('rustc', [
      {
        path: 'main.rs',
        text: 'mod part;\nfn main() { part::one(); }\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() { missing(); }\n}\n',
      },
      { path: 'part.rs', text: 'pub fn one() { gone(); }\n' },
      { path: 'tests/more.rs', text: '#[test]\nfn t() { absent(); }\n' },
    ]);
    if (result === undefined) this.skip();
    assert.deepEqual(
      result.diagnostics.map(({ file, range }) => `${file}:${range.startLine}`),
      ['part.rs:1', 'main.rs:6', 'tests/more.rs:2'],
    );
  });

  it('report nothing on an answer without a file that they can check', async () => {
    const files = [{ path: 'notes.txt', text: 'nothing' }];
    for (const id of ['bash -n', 'gcc', 'rustc']) {
      const result = await report(id, files);
      assert.deepEqual(result?.diagnostics ?? [], [], id);
    }
  });
});

describe('sqlite', function () {
  before(needsSandbox());
  const schema = 'CREATE TABLE users (id INTEGER, name TEXT);';
  const check = (text: string, tables?: string) => report('sqlite', [{ path: 'main.sql', text }], tables);

  it('binds names to the tables of the task', async function () {
    const result = await check(
      '-- all\nSELECT id, nmae FROM users;\nSELECT * FROM orders;\nSELECT\n  medianish(id) FROM users;\nSELEC 1;\nSELECT id FROM users WHERE name = "Ann";\n',
      schema,
    );
    if (result === undefined) this.skip();
    assert.deepEqual(lines(result), [
      '2:12 error other unknown',
      '3:15 error other unknown',
      '5:3 error unknown-api unknown',
      '6:1 error syntax syntax',
      '7:35 error type bind',
    ]);
  });

  it('knows tables that the answer creates, and needs none if the task has none', async function () {
    const own = await check('CREATE TABLE t (a);\nINSERT INTO t VALUES (1);\nSELECT a FROM t;', schema);
    if (own === undefined) this.skip();
    assert.deepEqual(own.diagnostics, []);
    assert.deepEqual((await check('SELECT a FROM somewhere;'))?.diagnostics, []);
  });
});
