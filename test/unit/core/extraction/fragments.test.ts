import assert from 'node:assert/strict';
import { completeFragment } from '../../../../src/core/extraction/fragments.ts';

describe('completing a fragment', () => {
  for (const [name, language, code, expected] of [
    ['a PHP function without a tag', 'php', 'function f($x) {\n}\n', '<?php function f($x) {\n}\n'],
    ['a PHP class without a tag', 'php', 'final class A {\n}\n', '<?php final class A {\n}\n'],
    [
      'a Java method',
      'java',
      'import java.util.*;\n\npublic static <T> List<T> f(List<T> xs) {\n}\n',
      'import java.util.*;\n\nclass Main { public static <T> List<T> f(List<T> xs) {\n} }\n',
    ],
    ['a Java array', 'java', 'int[] f(int n) {\n}\n', 'class Main { int[] f(int n) {\n} }\n'],
    [
      'methods of an unknown Rust type',
      'rust',
      'impl Solution {\n}\n',
      'impl Solution {\n}\nstruct Solution;\n',
    ],
  ] as const) {
    it(`adds what is missing: ${name}`, () => {
      assert.equal(completeFragment(code, language), expected);
    });
  }

  for (const [name, language, code] of [
    ['PHP with a tag', 'php', '<?php\nfunction f($x) {\n}\n'],
    ['a page with PHP', 'php', '<p><?= $x ?></p>\n'],
    ['a text', 'php', 'Hello, you.\n'],
    ['a Java class', 'java', '/* A method. */\npublic class A {\n  int f() { return 1; }\n}\n'],
    ['a Java record', 'java', 'record P(int x) {}\n'],
    ['Java statements', 'java', 'System.out.println(1);\n'],
    ['a known Rust type', 'rust', 'struct Solution;\nimpl Solution {\n}\n'],
    ['another language', 'python', 'def f(x):\n    return x\n'],
  ] as const) {
    it(`leaves ${name} alone`, () => {
      assert.equal(completeFragment(code, language), code);
    });
  }
});
