import assert from 'node:assert/strict';
import { answerProgram, type AnswerProgram } from '../../../../src/core/extraction/programFiles.ts';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';

const mainFiles: Readonly<Record<string, string>> = {
  cpp: 'main.cpp',
  go: 'main.go',
  java: 'Main.java',
  javascript: 'main.js',
  php: 'main.php',
  python: 'main.py',
  rust: 'main.rs',
};

interface Given {
  readonly language?: string;
  readonly entry?: string;
  readonly prompt?: string;
  readonly files?: { path: string; text: string }[];
}

function programOf(
  text: string,
  { language = 'python', prompt = 'Write it.', ...given }: Given = {},
): AnswerProgram {
  return answerProgram({ language, prompt, ...given }, { text }, { mainFile: mainFiles[language]! });
}

const block = (word: string, code: string): string => `\`\`\`${word}\n${code}\`\`\`\n`;

describe('an answer that is spread over blocks', () => {
  for (const [name, language, entry, first, second] of [
    ['an import', 'python', 'f', 'import re\n', "def f(s):\n    return re.findall('a', s)\n"],
    ['an import by another name', 'python', 'f', 'import math as m\n', 'def f(x):\n    return m.isqrt(x)\n'],
    ['a constant', 'python', 'f', 'MOD = 10\n', 'def f(x):\n    return x % MOD\n'],
    ['a base class', 'python', 'Child', 'class Base:\n    pass\n', 'class Child(Base):\n    pass\n'],
    ['a decorator', 'python', 'f', 'def twice(g):\n    return g\n', '@twice\ndef f(x):\n    return x\n'],
    [
      'a function passed on',
      'python',
      'f',
      'def h(x):\n    return x\n',
      'def f(xs):\n    return list(map(h, xs))\n',
    ],
    ['an exception', 'python', 'f', 'class Bad(Exception):\n    pass\n', 'def f(x):\n    raise Bad\n'],
    [
      'a module',
      'javascript',
      'f',
      "const fs = require('node:fs');\n",
      'function f(x) {\n  return fs.existsSync(x);\n}\n',
    ],
    [
      'a constant of JavaScript',
      'javascript',
      'f',
      'const LIMIT = 3;\n',
      'function f(x) {\n  return x < LIMIT;\n}\n',
    ],
    [
      'includes',
      'cpp',
      'f',
      '#include <vector>\nusing namespace std;\n',
      'int f(vector<int> xs) {\n  return xs.size();\n}\n',
    ],
    ['a struct', 'cpp', 'f', 'struct P {\n  int x;\n};\n', 'int f(int x) {\n  P p{x};\n  return p.x;\n}\n'],
    [
      'a use',
      'rust',
      'f',
      'use std::collections::HashMap;\n',
      'pub fn f() -> HashMap<i32, i32> {\n    HashMap::new()\n}\n',
    ],
    [
      'imports of Java',
      'java',
      'F',
      'import java.util.*;\n',
      'public class F {\n    List<Integer> xs = new ArrayList<>();\n}\n',
    ],
  ] as const) {
    it(`runs as a whole if one block needs ${name}`, () => {
      const text = `${block(language, first)}\nNext:\n\n${block(language, second)}`;
      assert.equal(programOf(text, { language, entry }).files[0]?.text, `${first}\n${second}`);
    });
  }

  it('leaves out examples of its use', () => {
    const solution =
      'def f(xs):\n    result = []\n    for x in xs:\n        result.append(x)\n    return result\n';
    const example = 'xs = [1, 2]\nresult = f(xs)\nprint(result)\n';
    const text = `${block('python', solution)}\nUse it:\n\n${block('python', example)}`;
    assert.equal(programOf(text, { entry: 'f' }).files[0]?.text, solution);
  });

  it('gives each public class of Java its own file', () => {
    const text = `${block('java', 'public class Helper {\n}\n')}\n${block('java', 'public class F {\n    Helper helper;\n}\n')}`;
    const { files } = programOf(text, { language: 'java', entry: 'F' });
    assert.deepEqual(
      files.map(({ path }) => path),
      ['F.java', 'Helper.java'],
    );
  });

  it('has one package line in Go', () => {
    const text = `${block('go', 'package main\n\nimport "fmt"\n')}\n${block('go', 'package main\n\nfunc F() { fmt.Println() }\n')}`;
    assert.equal(
      programOf(text, { language: 'go', entry: 'F' }).files[0]?.text.match(/package main/g)?.length,
      1,
    );
  });
});

describe('several blocks that define the entry', () => {
  const wrong = block('python', 'def f(x):\n    return 0\n');
  const right = 'def f(x):\n    return 1\n';

  for (const words of [
    'Corrected version:',
    'Here is the final code:',
    '**Fixed:**',
    'Wait, that is wrong. Here is the corrected function:',
    '### Final solution',
    "Wait, that's wrong. Let me correct it:",
    'Oops, there is a mistake in this.',
  ]) {
    it(`are decided by the words above: ${words}`, () => {
      assert.equal(
        programOf(`${wrong}\n${words}\n\n${block('python', right)}`, { entry: 'f' }).files[0]?.text,
        right,
      );
    });
  }

  for (const words of [
    'A common mistake:',
    "Don't do this:",
    'The wrong way',
    '**Avoid:**',
    'The original code:',
  ]) {
    it(`leave the block out that is called faulty: ${words}`, () => {
      const text = `${words}\n\n${wrong}\nWrite:\n\n${block('python', right)}`;
      assert.equal(programOf(text, { entry: 'f' }).files[0]?.text, right);
    });
  }

  for (const words of ['A version that does not use recursion:', "Don't forget to call it:"]) {
    it(`are not called faulty by other words: ${words}`, () => {
      const text = `${words}\n\n${block('python', right)}\nAlternatively:\n\n${wrong}`;
      assert.equal(programOf(text, { entry: 'f' }).files[0]?.text, right);
    });
  }

  it('run the first, with a warning, if no words decide', () => {
    const text = `${block('python', right)}\nAlternatively:\n\n${wrong}`;
    const answer = extractAnswer(text, { language: 'python', entry: 'f', mainFile: 'main.py' });
    assert.equal(answer.readings[0]?.files[0]?.text, right);
    assert.deepEqual(answer.problems, [
      'Blocks 1 and 2 each define f; block 1 runs. If the answer means another block, choose that block.',
    ]);
  });
});

describe('a task that asks for a completion', () => {
  const prompt = 'from typing import List\n\n\ndef spread(xs: List[int]) -> int:\n    """ Difference. """\n';
  const entry = 'spread';

  for (const [name, body] of [
    ['as it is', '    low = min(xs)\n    return max(xs) - low\n'],
    ['that lost its first indent', 'low = min(xs)\n    return max(xs) - low\n'],
    ['that lost every indent', 'low = min(xs)\nreturn max(xs) - low\n'],
    ['in a block', block('python', 'low = min(xs)\nreturn max(xs) - low\n')],
    [
      'with another definition that is cut off',
      '    low = min(xs)\n    return max(xs) - low\n\n\ndef other(x):\n    """ Some',
    ],
  ] as const) {
    it(`is continued by a body ${name}`, () => {
      const text = programOf(body, { prompt, entry }).files[0]?.text.trimEnd();
      assert.equal(text, `${prompt}    low = min(xs)\n    return max(xs) - low`);
    });
  }

  it('indents a loop that lost every indent', () => {
    const text = programOf('for x in xs:\n    print(x)\nreturn 1\n', { prompt, entry }).files[0]?.text;
    assert.equal(text, `${prompt}    for x in xs:\n        print(x)\n    return 1\n`);
  });

  it('adds its imports to a whole definition', () => {
    const code = 'def spread(xs: List[int]) -> int:\n    return 0\n';
    for (const text of [code, block('python', code)]) {
      assert.equal(programOf(text, { prompt, entry }).files[0]?.text, `from typing import List\n\n\n${code}`);
    }
  });

  it('does not add imports that the answer has', () => {
    const code = 'from typing import List\n\n\ndef spread(xs: List[int]) -> int:\n    return 0\n';
    assert.equal(programOf(code, { prompt, entry }).files[0]?.text, code);
  });

  it('adds its helpers, and the class around a method', () => {
    const java =
      'import java.util.*;\n\nclass Solution {\n    int one() { return 1; }\n\n    public int two() {\n';
    const text = programOf('    public int two() {\n        return 2 * one();\n    }\n', {
      language: 'java',
      prompt: java,
      entry: 'Solution',
    }).files[0]?.text;
    assert.match(text!, /class Solution \{\n {4}int one\(\)[^]*return 2 \* one\(\);\n {4}\}\n\n\}\n$/);
  });

  it('is found in a prompt with prose around it', () => {
    const wordy = `Complete this function.\n\n${block('python', prompt)}`;
    assert.equal(
      programOf('    return 1\n', { prompt: wordy, entry }).files[0]?.text,
      `${prompt}    return 1\n`,
    );
  });
});

describe('an answer without a program', () => {
  for (const [name, text, reason] of [
    ['is blank', ' \n', 'the answer is empty'],
    ['is a question', 'What should f do with negative numbers?', 'the answer contains no Python'],
    ['has only a command', block('bash', 'pip install f\n'), 'the answer contains no Python'],
    ['has only another language', block('java', 'class A {}\n'), 'the answer contains no Python'],
    ['never ends to think', '<think>\nLet me see.\n', 'the answer contains no Python'],
  ] as const) {
    it(`is reported if it ${name}`, () => {
      assert.deepEqual(programOf(text).rejections, [{ path: '', reason }]);
    });
  }

  it('is accepted if the task asks for prose', () => {
    assert.equal(programOf('A question?', { language: 'text' }).rejections, undefined);
  });
});

describe('edits', () => {
  const files = [{ path: 'shop/cart.py', text: 'def total(prices):\n    result = 1\n    return result\n' }];
  const right = 'def total(prices):\n    result = 0\n    return result\n';

  for (const [name, text] of [
    [
      'apply_patch',
      '*** Begin Patch\n*** Update File: shop/cart.py\n@@\n def total(prices):\n-    result = 1\n+    result = 0\n     return result\n*** End Patch\n',
    ],
    [
      'apply_patch without @@',
      '*** Begin Patch\n*** Update File: shop/cart.py\n-    result = 1\n+    result = 0\n*** End Patch\n',
    ],
    [
      'SEARCH/REPLACE in a block',
      'shop/cart.py\n```python\n<<<<<<< SEARCH\n    result = 1\n=======\n    result = 0\n>>>>>>> REPLACE\n```\n',
    ],
    [
      'SEARCH/REPLACE of the only file',
      '<<<<<<< SEARCH\n    result = 1\n=======\n    result = 0\n>>>>>>> REPLACE\n',
    ],
    [
      'a path of a container',
      '--- /testbed/shop/cart.py\n+++ /testbed/shop/cart.py\n@@ -2 +2 @@\n-    result = 1\n+    result = 0\n',
    ],
    [
      'a diff behind a draft of it',
      '<think>\n```diff\n--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ -2 +2 @@\n-    result = 1\n+    result = 7\n```\n</think>\n```diff\n--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ -2 +2 @@\n-    result = 1\n+    result = 0\n```\n',
    ],
    [
      'a corrected diff',
      '```diff\n--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ -2 +2 @@\n-    result = 1\n+    result = 7\n```\n\nCorrected version:\n\n```diff\n--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ -2 +2 @@\n-    result = 1\n+    result = 0\n```\n',
    ],
  ] as const) {
    it(`are read: ${name}`, () => {
      const program = programOf(text, { files });
      assert.equal(program.rejections, undefined);
      assert.deepEqual(program.files, [{ path: 'shop/cart.py', text: right }]);
    });
  }

  it('add, delete and move files', () => {
    const text =
      '*** Begin Patch\n*** Add File: shop/new.py\n+x = 1\n*** Delete File: shop/cart.py\n*** Update File: a.py\n*** Move to: b.py\n@@\n-a\n+b\n*** End Patch\n';
    const program = programOf(text, { files: [...files, { path: 'a.py', text: 'a\n' }] });
    assert.equal(program.rejections, undefined);
    assert.deepEqual(
      program.files.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
      [
        { path: 'b.py', text: 'b\n' },
        { path: 'shop/new.py', text: 'x = 1\n' },
      ],
    );
  });

  it('that match nowhere are refused', () => {
    const text = 'shop/cart.py\n<<<<<<< SEARCH\n    nowhere = 1\n=======\n    result = 0\n>>>>>>> REPLACE\n';
    assert.equal(programOf(text, { files }).rejections?.[0]?.path, 'shop/cart.py');
  });
});
