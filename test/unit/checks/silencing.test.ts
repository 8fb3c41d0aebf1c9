import assert from 'node:assert/strict';
import type { SourceFile } from '../../../src/core/task/task.ts';
import type { Diagnostic } from '../../../src/core/run/diagnostic.ts';
import { createChecks } from '../../../src/checks/checks.ts';
import { checkersDir, needsSandbox, sandbox } from '../runner/harness.ts';

const checks = createChecks({ sandbox, checkersDir, trusted: () => true });

/** A faulty program with words that would silence its checker, between ‹ and ›. Its plain twin has blanks there. */
interface Twin {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  /** The path of the plain twin, if the name of the file silences the checker. */
  readonly plainPath?: string;
  /** Other files of both twins, in the same folder. */
  readonly beside?: readonly SourceFile[];
  /** Other files of the hidden twin; their paths begin at the root. */
  readonly files?: readonly SourceFile[];
}

const head = '#include <stdio.h>\n';
const c = 'int main(void) {\n  int unused;\n  printf("%d", "a");\n}\n';
const python = 'import math\nmath.squareroot(2)\nx = unknown_name\n';
const script = '"a".trimm();\nunknownName();\n';
const typed = 'export const a: number = "a";\n"a".trimm();\n';
const lint = 'const o = { a: 1, a: 2 };\nif (o.a === NaN) o.a = o.a;\n';
const go = 'import (\n\t"fmt"\n\t"strings"\n)\n\nfunc F() {\n\tfmt.Println(strings.Trimm("a"))\n}\n';
const vetted = 'package p\n\nimport "fmt"\n\nfunc F() {\n\tfmt.Printf("%d\\n", "a")\n}\n';
const rust = 'fn f() {\n    let mut unused = 1;\n    let big: u8 = 256;\n}\n';
const perl = 'my $x = 1;\nmy $x = 2;\n';
const ruby = 'def f(a)\n  b = 2\n  if a\n    1\n      end\nend\n';
const bash = 'cd "$1"\nrm $2\n';
const java = (name: string, words: string): string =>
  `import java.util.*;\nclass ${name} {\n  ${words}\n  List<String> f(List all) { return all; }\n}\n`;
const unsafe = 'import os\ndef f(name):\n    os.system("rm " + name)‹  # noqa # nosec›\n';

/** The words hide the same from each compiler of C and C++. */
const native = (id: string, path: string): Twin[] =>
  [
    `‹#pragma GCC diagnostic ignored "-Wformat"›\n‹#pragma GCC diagnostic ignored "-Wunused-variable"›\n${c}`,
    `‹  /* x */ # /* y */ pragma GCC /* z */ diagnostic ignored "-Wformat"›\n${c}`,
    `‹%: pragma GCC diagnostic ignored "-Wformat"›\n${c}`,
    `‹#prag\\›\n‹ma GCC diag\\›\n‹nostic ignored "-Wformat"›\n${c}`,
    `‹_Pragma("GCC diagnostic ignored \\"-Wformat\\"")›\n${c}`,
    `‹#define P(x) _Pragma(#x)›\n‹P(GCC diagnostic ignored "-Wformat")›\n${c}`,
    `‹#define Q(x) _Pra##gma(#x)›\n‹Q(GCC diagnostic ignored "-Wformat")›\n${c}`,
    `‹#line 1 "x.h" 3›\n${c}`,
    `‹# 1 "x.h" 3›\n${c}`,
    `‹#1 "x.h" 3›\n${c}`,
    `‹#define L 1 "x.h"›\n‹#line L›\n${c}`,
  ].map((text) => ({ id, path, text: head + text }));

const unhidden: readonly Twin[] = [
  { id: 'pyright', path: 'main.py', text: `‹# type: ignore›\n${python}` },
  { id: 'pyright', path: 'main.py', text: `‹#type:ignore[attr-defined]›\n${python}` },
  { id: 'pyright', path: 'main.py', text: python.replaceAll(/(?<=\))\n/g, '‹  # type: ignore›\n') },
  { id: 'pyright', path: 'main.py', text: python.replaceAll(/(?<=e\S*)\n/g, '‹  # pyright: ignore›\n') },
  {
    id: 'pyright',
    path: 'main.py',
    text: python.replaceAll(/(?<=e\S*)\n/g, '‹  # x #pyright:ignore[reportUndefinedVariable]›\n'),
  },
  { id: 'pyright', path: 'main.py', text: `‹# pyright: basic, reportUndefinedVariable=false›\n${python}` },
  {
    id: 'pyright',
    path: 'main.py',
    text: `‹# pyright: reportAttributeAccessIssue=none, enableTypeIgnoreComments=true›\n‹# type: ignore›\n${python}`,
  },
  { id: 'pyright', path: '.x/main.py', plainPath: 'x/main.py', text: python },
  { id: 'pyright', path: 'node_modules/main.py', plainPath: 'x/main.py', text: python },
  {
    id: 'pyright',
    path: 'x/main.py',
    files: [{ path: 't9/x/pyvenv.cfg', text: 'home = /usr\n' }],
    text: python,
  },
  {
    id: 'pyright',
    path: 'main.py',
    files: [{ path: '__builtins__.pyi', text: 'unknown_name: int\n' }],
    text: python,
  },
  {
    id: 'pyright',
    path: 'main.py',
    files: [
      {
        path: 'typings/math.pyi',
        text: 'from typing import Any\ndef __getattr__(name: str) -> Any: ...\n',
      },
    ],
    text: python,
  },
  {
    id: 'pyright',
    path: 'main.py',
    files: [
      ...[9, 10, 11, 12, 13, 14].map((minor) => ({
        path: `.local/lib/python3.${minor}/site-packages/usercustomize.py`,
        text: 'import sys\nsys.path.append("/scratch/lib")\n',
      })),
      { path: 'lib/unknown_module.py', text: '' },
    ],
    text: 'import unknown_module\n',
  },
  { id: 'ruff', path: 'main.py', text: 'def f(x=[]):‹  # noqa: B006›\n    return x is "a"\n' },
  { id: 'ruff', path: 'main.py', text: '‹# ruff: noqa›\ndef f(x=[]):\n    return x is "a"\n' },
  { id: 'ruff', path: 'main.py', text: '‹# flake8: noqa›\ndef f(x=[]):\n    return x is "a"\n' },
  { id: 'typescript', path: 'main.js', text: `‹// @ts-nocheck›\n${script}` },
  { id: 'typescript', path: 'main.js', text: `‹/* @ts-nocheck */›\n${script}` },
  { id: 'typescript', path: 'main.js', text: `‹// @ts-ignore›\n${script}` },
  { id: 'typescript', path: 'main.js', text: `‹// @ts-expect-error›\n${script}` },
  { id: 'typescript', path: 'main.ts', text: `‹// @ts-nocheck›\n${typed}` },
  { id: 'typescript', path: 'main.ts', text: `‹// @ts-ignore: any›\n${typed}` },
  { id: 'typescript', path: 'main.ts', text: `‹/* @ts-expect-error */›\n${typed}` },
  { id: 'typescript', path: 'main.tsx', text: `‹// @ts-nocheck›\n${typed}` },
  { id: 'eslint', path: 'main.js', text: `‹/* eslint-disable */›\n${lint}` },
  { id: 'eslint', path: 'main.js', text: `‹/* eslint no-dupe-keys: 0, no-self-assign: "off" */›\n${lint}` },
  { id: 'eslint', path: 'main.js', text: `‹// eslint-disable-next-line›\n${lint}` },
  { id: 'eslint', path: 'main.ts', text: `‹/* eslint-disable */›\n${lint}` },
  { id: 'ast-grep', path: 'main.py', text: unsafe },
  { id: 'ast-grep', path: 'main.py', text: `‹# ast-grep-ignore›\n${unsafe}` },
  { id: 'ast-grep', path: 'main.py', text: unsafe.replace('    os', '    ‹# ast-grep-ignore›\n    os') },
  { id: 'ast-grep', path: 'main.sql', text: "SELECT ‹'/*'›;\nDELETE FROM t;\nSELECT ‹'*/'›;\n" },
  {
    id: 'gcc',
    path: 'x.h',
    text: '‹#pragma GCC system_header›\nstatic int f(void) { int unused; return 1; }\n',
    beside: [{ path: 'main.c', text: '#include "x.h"\nint main(void) { return f(); }\n' }],
  },
  ...native('gcc', 'main.c'),
  ...native('g++', 'main.cpp'),
  ...native('clang', 'main.c'),
  ...native('clang++', 'main.cpp'),
  { id: 'go vet', path: 'main.go', text: `‹//go:build ignore›\n\npackage p\n\n${go}` },
  { id: 'go vet', path: 'main.go', text: `‹// +build never›\n\npackage p\n\n${go}` },
  { id: 'go vet', path: 'main.go', text: `‹//go:build ignore›\n\n${vetted}` },
  { id: 'go vet', path: 'x_windows.go', plainPath: 'x.go', text: `package p\n\n${go}` },
  { id: 'go vet', path: 'x_plan9_arm.go', plainPath: 'x.go', text: vetted },
  { id: 'go vet', path: 'x_test.go', plainPath: 'x.go', text: `package p\n\n${go}` },
  { id: 'go vet', path: 'main.go', text: `‹//go:debug panicnil=1›\npackage p\n\n${go}` },
  { id: 'go vet', path: 'main.go', text: `package p\n\n‹//line x.go:1›\n${go}` },
  { id: 'go vet', path: 'main.go', text: `package p\n\n${go.replace('fmt.P', '‹/*line x.go:1:1*/›fmt.P')}` },
  { id: 'go vet', path: 'main.go', files: [{ path: 'go.work', text: 'go 1.18\n' }], text: vetted },
  { id: 'rustc', path: 'main.rs', text: `‹#![allow(warnings)]›\n${rust}` },
  { id: 'rustc', path: 'main.rs', text: `‹#![allow(unused, overflowing_literals)]›\n${rust}` },
  {
    id: 'rustc',
    path: 'main.rs',
    text: `‹#[allow(unused_variables, unused_mut, overflowing_literals)]›\n${rust}`,
  },
  { id: 'rustc', path: 'main.rs', text: `‹#[expect(unused_variables, unused_mut)]›\n${rust}` },
  { id: 'rustc', path: 'main.rs', text: `‹#![cfg_attr(all(), allow(unused_variables))]›\n${rust}` },
  { id: 'rustc', path: 'main.rs', text: `‹#![cfg(any())]›\n${rust}` },
  { id: 'rustc', path: 'main.rs', text: `‹#! [cfg(not(all()))]›\n${rust}` },
  { id: 'rustc', path: 'main.rs', text: `‹#![cfg(feature = "never")]›\n${rust}` },
  { id: 'rustc', path: 'main.rs', text: `‹#[cfg(not(test))]›\n${rust}` },
  { id: 'rustc', path: 'a.rs', text: `‹// mod a; mod b;›\n${rust}` },
  { id: 'rustc', path: 'b.rs', text: `‹#[cfg(any())] mod b;›\n${rust}` },
  { id: 'javac', path: 'A.java', text: java('A', '‹@SuppressWarnings("unchecked")›') },
  { id: 'javac', path: 'B.java', text: java('B', '‹@SuppressWarnings({"unchecked", "rawtypes"})›') },
  {
    id: 'javac',
    path: 'C.java',
    text: java('C', '‹@java.lang./* ( */SuppressWarnings(value = {›\n‹"rawtypes", ")"})›'),
  },
  { id: 'javac', path: 'D.java', text: java('D', '‹\\u0040Suppress\\u0057arnings("unchecked")›') },
  { id: 'perl -wc', path: 'main.pl', text: `‹no warnings;›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹BEGIN { $^W = 0 }›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹BEGIN { exit 0 }›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹BEGIN { $SIG{__WARN__} = sub {} }›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹local $SIG{'__WARN__'} = sub {};›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹#!/usr/bin/perl -X›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹#!/bin/true›\n${perl}` },
  { id: 'perl -wc', path: 'main.pl', text: `‹# line 1 "x.pl"›\n${perl}` },
  { id: 'ruby -wc', path: 'main.rb', text: `‹$VERBOSE = nil›\n${ruby}` },
  { id: 'ruby -wc', path: 'main.rb', text: `‹# -*- warn_indent: false -*-›\n${ruby}` },
  { id: 'ruby -wc', path: 'main.rb', text: `‹# warn-indent: false›\n${ruby}` },
  { id: 'ruby -wc', path: 'main.rb', text: `‹#!/usr/bin/ruby -W0›\n${ruby}` },
  { id: 'ruby -wc', path: 'main.rb', text: `‹#!/bin/true›\n${ruby}` },
  {
    id: 'php -l',
    path: 'main.php',
    text: '<?php\n‹error_reporting(0);›\n‹ini_set("display_errors", 0);›\n$a = ‹@›f(;\n',
  },
  { id: 'bash -n', path: 'main.sh', text: '‹set +n; exit 0›\nif true; then\n  echo yes\ndone\n' },
  { id: 'shellcheck', path: 'main.sh', text: `#!/bin/bash\n‹# shellcheck disable=all›\n${bash}` },
  { id: 'shellcheck', path: 'main.sh', text: `#!/bin/bash\n‹#shellcheck disable=SC2164,SC2086›\n${bash}` },
  { id: 'R parse', path: 'main.R', text: 'f <- function(x) {\n  stringcount(x)‹ # nolint›\n}\n' },
  { id: 'R parse', path: 'main.R', text: '‹#line 1 "x.R"›\nf <- function(x) {\n  stringcount(x\n' },
];

/** A program that silences its checker in a way that cannot be undone, and the words that the finding names. */
interface Reported {
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly line: number;
  readonly words: string;
}

const reported: readonly Reported[] = [
  {
    id: 'perl -wc',
    path: 'main.pl',
    text: `use POSIX;\nBEGIN { POSIX::_exit(0) }\n${perl}`,
    line: 2,
    words: 'BEGIN { POSIX::_exit(0) }',
  },
  {
    id: 'perl -wc',
    path: 'main.pl',
    text: `BEGIN { exec '/bin/true' }\n${perl}`,
    line: 1,
    words: "BEGIN { exec '/bin/true' }",
  },
  {
    id: 'perl -wc',
    path: 'main.pl',
    text: `#!/usr/bin/perl\nBEGIN { open STDERR, '>', '/dev/null' }\n${perl}`,
    line: 2,
    words: "BEGIN { open STDERR, '>', '/dev/null' }",
  },
  {
    id: 'perl -wc',
    path: 'main.pl',
    text: `BEGIN { $SIG{'__WA' . 'RN__'} = sub {} }\n${perl}`,
    line: 1,
    words: "BEGIN { $SIG{'__WA' . 'RN__'} = sub {} }",
  },
  {
    id: 'perl -wc',
    path: 'main.pl',
    text: `BEGIN { die "\\n" }\n${perl}`,
    line: 1,
    words: 'BEGIN { die "\\n" }',
  },
  { id: 'rustc', path: 'main.rs', text: `#![cfg(windows)]\n${rust}`, line: 1, words: '#![cfg(windows)]' },
  {
    id: 'rustc',
    path: 'main.rs',
    text: `mod a {\n    #![cfg(target_os = "none")]\n${rust}}\n`,
    line: 2,
    words: '#![cfg(target_os = "none")]',
  },
];

/** Programs with words that may silence a checker but hide nothing. */
const honest: readonly Omit<Twin, 'plainPath'>[] = [
  {
    id: 'pyright',
    path: 'main.py',
    text: [
      'import warnings',
      'from typing import TYPE_CHECKING, Any, cast, no_type_check',
      'if TYPE_CHECKING:',
      '    from collections.abc import Sequence',
      'warnings.filterwarnings("ignore")',
      '@no_type_check',
      'def f(a):',
      '    return a.b',
      'def g(a: "Sequence[int]") -> str:  # type: ignore[no-untyped-def]  # pyright: ignore',
      '    """# pyright: strict"""',
      '    return cast(Any, a).anything',
      'pyright: int = 3',
      '',
    ].join('\n'),
  },
  {
    id: 'typescript',
    path: 'main.ts',
    text: '// @ts-expect-error: for an older library\nexport const a: number = 1;\n',
  },
  {
    id: 'gcc',
    path: 'main.c',
    text: [
      '#include <assert.h>',
      '#include <stdio.h>',
      '#define NAME(line) #line',
      '#define JOIN(a, b) a##b',
      '#pragma GCC diagnostic push',
      '#pragma GCC diagnostic ignored \\',
      '  "-Wunused-parameter"',
      '#pragma pack(push, 1)',
      '_Pragma("pack(1)") struct s { char a; int b; };',
      '#pragma pack(pop)',
      'int JOIN(ma, in)(void) {',
      '  assert(sizeof(struct s) == 5);',
      '  puts(NAME(a) "#pragma GCC diagnostic ignored");',
      '  return 0;',
      '}',
      '',
    ].join('\n'),
  },
  {
    id: 'go vet',
    path: 'x_linux.go',
    text: 'package p\n\nfunc Name() string { return shared() }\n',
    files: [
      {
        path: 't0/x_windows.go',
        text: 'package p\n\nimport "syscall"\n\nfunc Name() string { _ = syscall.NewLazyDLL("a"); return shared() }\n',
      },
      { path: 't0/x.go', text: 'package p\n\nfunc shared() string { return "" }\n' },
      {
        path: 't0/gen.go',
        text: '//go:build ignore\n\npackage main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n',
      },
    ],
  },
  {
    id: 'rustc',
    path: 'main.rs',
    text: [
      '#![cfg(unix)]',
      '#![cfg_attr(not(test), allow(dead_code))]',
      '#[cfg(windows)]',
      'mod system { pub fn name() -> std::os::windows::Nothing { } }',
      '#[cfg(not(any(windows, target_os = "macos")))]',
      'mod system { pub fn name() -> &\'static str { "linux" } }',
      'fn main() { println!("{}", system::name()); }',
      '#[cfg(test)]',
      'mod tests { #[test] fn t() { assert_eq!(super::system::name(), "linux"); } }',
      '',
    ].join('\n'),
  },
  {
    id: 'javac',
    path: 'A.java',
    text: 'class A {\n  @SuppressWarnings("unused") // (\n  private int a = ")".length();\n  String b = "@SuppressWarnings(\\"a\\")";\n}\n',
  },
  {
    id: 'perl -wc',
    path: 'main.pl',
    text: [
      '#!/usr/bin/env perl',
      'use strict;',
      'use warnings;',
      'use diagnostics;',
      'use POSIX qw(floor);',
      "BEGIN { unshift @INC, 'lib' }",
      'local $SIG{__WARN__} = sub { die @_ };',
      'sub quit { close STDERR; exit 1 }',
      "print floor(1.5) if @ARGV; quit() unless eval { die 'x' };",
      '',
    ].join('\n'),
  },
];

describe('words that would silence a checker', function () {
  before(needsSandbox());

  // All twins of a checker are checked at once, each in a folder of its own: starting a checker takes longer than the check.
  for (const id of new Set(unhidden.map((twin) => twin.id)))
    it(`do not silence ${id}`, async function () {
      const twins = unhidden.filter((twin) => twin.id === id);
      const plain = await findings(id, twins.flatMap(plainFiles));
      if (plain === undefined) this.skip();
      const hidden = await findings(id, twins.flatMap(hiddenFiles));
      for (const [index, twin] of twins.entries()) {
        const expected = places(plain, index);
        assert.notDeepEqual(expected, [], wordsOf(twin));
        assert.deepEqual(places(hidden!, index), expected, wordsOf(twin));
      }
    });

  for (const id of new Set(reported.map((each) => each.id)))
    it(`are reported if they silence ${id}`, async function () {
      const silenced = reported.filter((each) => each.id === id);
      const found = await findings(id, silenced.flatMap(plainFiles));
      if (found === undefined) this.skip();
      for (const [index, { line, words }] of silenced.entries()) {
        const all: readonly Diagnostic[] = found.filter(
          ({ file, code }) => file.startsWith(`t${index}/`) && code === 'silenced',
        );
        assert.deepEqual(
          all.map(({ severity, range, message }) => [severity, range.startLine, message]),
          [
            [
              'warning',
              line,
              `This answer silences its checker: in line ${line}, "${words}" hides what ${id.split(' ')[0]} would report`,
            ],
          ],
        );
      }
    });

  for (const twin of honest)
    it(`are not reported in a program for ${twin.id} that hides nothing`, async function () {
      const found = await findings(twin.id, hiddenFiles(twin, 0));
      if (found === undefined) this.skip();
      assert.deepEqual(found, []);
    });

  it('do not let the module of an answer keep Go from checking it', async function () {
    const check = checks.find(({ id }) => id === 'go vet')!;
    const files = [
      { path: 'main.go', text: vetted },
      { path: 'go.mod', text: 'module answer\n\nnothing like this\n' },
    ];
    const report = await check.check({ answerId: 'answer', language: 'go', files });
    if (report.status === 'missing') this.skip();
    assert.equal(report.status, 'failed');
    assert.match(report.reason ?? '', /errors parsing go\.mod/);
  });
});

function plainFiles(
  { path, plainPath = path, text, beside = [] }: Omit<Twin, 'id'>,
  index: number,
): SourceFile[] {
  return inFolder(index, [{ path: plainPath, text: text.replaceAll(/‹[^›]*›/g, blank) }, ...beside]);
}

function hiddenFiles({ path, text, beside = [], files = [] }: Omit<Twin, 'id'>, index: number): SourceFile[] {
  return [...inFolder(index, [{ path, text: text.replaceAll(/[‹›]/g, '') }, ...beside]), ...files];
}

function inFolder(index: number, files: readonly SourceFile[]): SourceFile[] {
  return files.map(({ path, text }) => ({ path: `t${index}/${path}`, text }));
}

function blank(words: string): string {
  return words.slice(1, -1).replaceAll(/[^\n]/g, ' ');
}

/** The words that hide, or the names of files that do. */
function wordsOf({ text, path, files = [] }: Twin): string {
  const words = [...text.matchAll(/‹([^›]*)›/g)].map(([, each]) => each!);
  return [...words, ...files.map((file) => file.path), path].join(' ');
}

/** The findings in the folder of a twin. */
function places(found: readonly Diagnostic[], index: number): string[] {
  return found
    .filter(({ file }) => file.startsWith(`t${index}/`))
    .map(({ range, severity, code, message, category }) =>
      JSON.stringify([Object.values(range), severity, category, code, message]),
    )
    .toSorted();
}

/** The findings of a checker; `undefined` if it is not installed, after printing how to get it. */
async function findings(
  id: string,
  files: readonly SourceFile[],
): Promise<readonly Diagnostic[] | undefined> {
  const check = checks.find((candidate) => candidate.id === id)!;
  const language = (check.languages as readonly string[])[0]!;
  const report = await check.check({ answerId: 'answer', language, files });
  if (report.status === 'missing') {
    console.log(`      skipped: ${report.reason}`);
    return undefined;
  }
  assert.equal(report.status, 'done', report.reason);
  return report.diagnostics;
}
