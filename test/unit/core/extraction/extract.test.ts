import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extractAnswer, type Extraction } from '../../../../src/core/extraction/extract.ts';
import { relativePathSchema } from '../../../../src/core/task/task.ts';
import { pairsAbsent, readPairs } from '../../../fixtures/pairs.ts';
import { skipBecause } from '../../../skip.ts';

const fence = '```';

/** Extracts for a Python task unless told otherwise. */
function extract(text: string, options: Partial<Parameters<typeof extractAnswer>[1]> = {}): Extraction {
  return extractAnswer(text, { language: 'python', mainFile: 'main.py', ...options });
}

/** The files of the best reading, as path → text. */
function best(extraction: Extraction): Record<string, string> {
  return Object.fromEntries((extraction.readings[0]?.files ?? []).map((file) => [file.path, file.text]));
}

function ids(extraction: Extraction): string[] {
  return extraction.readings.map((reading) => reading.id);
}

describe('extractAnswer: fenced blocks', () => {
  it('takes the only block', () => {
    const answer = extract(`Sure:\n\n${fence}python\ndef f():\n    return 1\n${fence}\n\nThat is it.\n`);
    assert.deepEqual(best(answer), { 'main.py': 'def f():\n    return 1\n' });
    assert.deepEqual(ids(answer), ['block:1', 'whole']);
  });

  it('takes the block that defines the entry, not the longer example of its use', () => {
    const example =
      'print(chunk([1, 2, 3], 2))\nprint(chunk([], 2))\nprint(chunk([1], 1))\nprint("done, as you see")\n';
    const text = `${fence}python\ndef chunk(items, size):\n    return items\n${fence}\nUse it:\n${fence}python\n${example}${fence}\n`;
    const answer = extract(text, { entry: 'chunk' });
    assert.equal(answer.readings[0]?.id, 'block:1');
    assert.match(answer.readings[0]?.label ?? '', /block 1 of 2 · python · defines chunk/);
    assert.deepEqual(ids(answer), ['block:1', 'block:2', 'joined', 'whole']);
  });

  it('finds the requested names in the prompt if no entry is given', () => {
    const text = `${fence}python\nx = 1\ny = 2\nz = 3\nw = 4\n${fence}\n${fence}python\ndef chunk(a): pass\n${fence}\n`;
    assert.equal(extract(text, { prompt: 'Write a function chunk(a).' }).readings[0]?.id, 'block:2');
  });

  it('takes the longest block if nothing else decides', () => {
    const text = `${fence}\nprint(1)\n${fence}\n${fence}\nprint(1)\nprint(2)\n${fence}\n`;
    assert.equal(extract(text).readings[0]?.id, 'block:2');
  });

  it('prefers the language of the task', () => {
    const text = `${fence}bash\npip install something-long-enough-to-win && python main.py\n${fence}\n${fence}py\nx = f(1)\n${fence}\n`;
    assert.deepEqual(best(extract(text)), { 'main.py': 'x = f(1)\n' });
  });

  it('does not mistake the repeated prompt for the answer', () => {
    const stub = 'def area(r):\n    """Area of a circle, to be done."""\n';
    const text = `You gave:\n${fence}python\n${stub}${fence}\nHere:\n${fence}python\ndef area(r):\n    return r * r\n${fence}\n`;
    assert.equal(extract(text, { entry: 'area', prompt: `Complete:\n${stub}` }).readings[0]?.id, 'block:2');
  });

  it('joins blocks that cannot run alone', () => {
    const text = `${fence}python\ndef half(x):\n    return x / 2\n${fence}\nthen\n${fence}python\ndef main(x):\n    return half(x)\n${fence}\n`;
    const answer = extract(text, { entry: 'main' });
    assert.equal(answer.readings[0]?.id, 'joined');
    assert.match(best(answer)['main.py']!, /def half[^]*def main/);
  });

  it('understands tildes, longer fences, lists, quotes and CRLF', () => {
    assert.deepEqual(best(extract('~~~python\nx = 1\n~~~\n')), { 'main.py': 'x = 1\n' });
    const long = '````python\ns = """\n```\n"""\n````\n';
    assert.deepEqual(best(extract(long)), { 'main.py': 's = """\n```\n"""\n' });
    const list = `1. Do this:\n   ${fence}python\n   def f():\n       return 1\n   ${fence}\n2. Done\n`;
    assert.deepEqual(best(extract(list)), { 'main.py': 'def f():\n    return 1\n' });
    assert.deepEqual(best(extract(`> ${fence}py\n> x = 1\n> ${fence}\n`)), { 'main.py': 'x = 1\n' });
    assert.deepEqual(best(extract(`${fence}py\r\nx = 1\r\n${fence}\r\n`)), { 'main.py': 'x = 1\r\n' });
  });

  it('leaves doctest marks alone in an indented block', () => {
    const text = `- see\n   ${fence}python\n   def f():\n>>> f()\n   ${fence}\n`;
    assert.deepEqual(best(extract(text)), { 'main.py': 'def f():\n>>> f()\n' });
  });

  it('keeps a nested fence that names its language inside the block', () => {
    const inner = `def f():\n    """Example:\n\n    ${fence}python\n    f()\n    ${fence}\n    """\n    return 1\n`;
    assert.deepEqual(best(extract(`${fence}python\n${inner}${fence}\n`)), { 'main.py': inner });
    const outer = `# Title\n${fence}python\nx = 1\n${fence}\nend\n`;
    const readme = extract(`${fence}markdown\n${outer}${fence}\n`, {
      language: 'markdown',
      mainFile: 'a.md',
    });
    assert.equal(readme.readings.find((reading) => reading.id === 'block:1')?.files[0]?.text, outer);
  });

  it('reads an unterminated block to the end, or to the next fence that opens one', () => {
    assert.deepEqual(best(extract(`${fence}python\ndef f():\n    return 1`)), {
      'main.py': 'def f():\n    return 1',
    });
    const text = `${fence}python\ndef f(): pass\n\n${fence}python\ndef g(): pass\n${fence}\n`;
    assert.deepEqual(best(extract(text, { entry: 'f' })), { 'main.py': 'def f(): pass\n\n' });
  });

  it('finds fences at the end of a sentence or of the last line of code', () => {
    const answer = extract(`Here it is:${fence}python\ndef f():\n    return 1${fence}\n`);
    assert.deepEqual(best(answer), { 'main.py': 'def f():\n    return 1\n' });
  });

  it('reads code that continues a fence opened in the prompt', () => {
    const answer = extract(`def f():\n    return 1\n${fence}\n\nThis returns one.\n`);
    assert.deepEqual(best(answer), { 'main.py': 'def f():\n    return 1\n' });
  });
});

describe('extractAnswer: files', () => {
  it('makes files of blocks named by info string, heading, bold line or first comment', () => {
    const text = [
      `${fence}python util.py`,
      'def half(x): return x / 2',
      fence,
      '### `src/app.py`',
      `${fence}python`,
      'from util import half',
      fence,
      '**static/style.css**:',
      `${fence}css`,
      'a { color: red }',
      fence,
      `${fence}python`,
      '# tests/test_app.py',
      'assert True',
      fence,
    ].join('\n');
    const answer = extract(text);
    assert.equal(answer.readings[0]?.id, 'named');
    assert.deepEqual(Object.keys(best(answer)).toSorted(), [
      'src/app.py',
      'static/style.css',
      'tests/test_app.py',
      'util.py',
    ]);
  });

  it('puts the file that defines the entry first', () => {
    const text = `${fence}py title="b.py"\nX = 1\n${fence}\n${fence}py title="a.py"\ndef run(): pass\n${fence}\n`;
    assert.deepEqual(
      extract(text, { entry: 'run' }).readings[0]?.files.map((file) => file.path),
      ['a.py', 'b.py'],
    );
  });

  it('gives a single file the usual name, so that it runs like any other', () => {
    assert.deepEqual(best(extract(`${fence}python\n# factorial.py\ndef f(): pass\n${fence}\n`)), {
      'main.py': '# factorial.py\ndef f(): pass\n',
    });
  });

  it('replaces the task’s file that a named block refers to', () => {
    const files = [{ path: 'lib/util.py', text: 'old' }];
    assert.deepEqual(best(extract(`Update \`util.py\`:\n${fence}python\nnew = 1\n${fence}\n`, { files })), {
      'lib/util.py': 'new = 1\n',
    });
  });

  it('does not take a sentence or an output for a file name', () => {
    for (const above of [
      'Run `python main.py`:',
      'This uses math.pi',
      'See https://example.com/a.py',
      'In Python 3.11',
    ]) {
      const answer = extract(`${above}\n\n${fence}python\nx = 1\n${fence}\n`);
      assert.equal(answer.segments.find((segment) => segment.kind === 'code')?.path, undefined, above);
    }
  });

  it('refuses paths that leave the folder, says so, and gives a safe name', () => {
    for (const path of ['../../etc/passwd.txt', '/root/.bashrc.sh', 'C:\\windows\\a.py', 'a/../../b.py']) {
      const text = `${fence}python file="${path}"\nx = 1\n${fence}\n${fence}python file="ok.py"\ny = 1\n${fence}\n`;
      const answer = extract(text);
      assert.equal(answer.problems.length, 1, path);
      for (const name of Object.keys(best(answer)))
        assert.ok(relativePathSchema.safeParse(name).success, name);
    }
  });

  it('names Java files after their class and Go tests as tests', () => {
    const java = extract('package a;\n\n/* class No */\nclass Helper {}\npublic final class Stack {}\n', {
      language: 'java',
      mainFile: 'Main.java',
    });
    assert.deepEqual(Object.keys(best(java)), ['Stack.java']);
    const go = extract('package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n', {
      language: 'go',
      mainFile: 'main.go',
    });
    assert.deepEqual(Object.keys(best(go)), ['main_test.go']);
  });
});

describe('extractAnswer: answers without fences', () => {
  it('takes bare code whole', () => {
    assert.deepEqual(best(extract('def f():\n    return 1\n')), { 'main.py': 'def f():\n    return 1\n' });
    assert.deepEqual(ids(extract('SELECT name FROM people WHERE age > 3', { language: 'sql' })), ['whole']);
    assert.deepEqual(ids(extract('find . -name "*.py" | wc -l', { language: 'bash' })), ['whole']);
  });

  it('removes prose before the code, and offers to remove prose after it', () => {
    const code = 'def f():\n    return 1';
    const before = extract(`Please complete the function in the following code.\n${code}\n`);
    assert.deepEqual(best(before), { 'main.py': code });
    const behind = extract(`${code}\n\nThis function returns one, as the prompt asks for.`);
    assert.deepEqual(ids(behind), ['whole', 'trimmed']);
    assert.equal(behind.readings[1]?.files[0]?.text, code);
  });

  it('finds a command in the middle of a sentence', () => {
    const answer = extract('You can count them with `ls | wc -l` in your shell.', {
      language: 'bash',
      mainFile: 'main.sh',
    });
    assert.deepEqual(best(answer), { 'main.sh': 'ls | wc -l' });
  });

  it('continues a completion prompt', () => {
    const prompt = '// Adds.\nfunction add(a: number): number {\n';
    const answer = extract('  return a + 1;\n}\n', { language: 'typescript', mainFile: 'main.ts', prompt });
    assert.deepEqual(best(answer), { 'main.ts': `${prompt}  return a + 1;\n}\n` });
    const humanEval = 'def add(a, b):\n    """ Adds.\n    """\n';
    assert.equal(extract('    return a + b\n', { prompt: humanEval }).readings[0]?.id, 'continuation');
  });

  it('does not continue the prompt if the answer repeats the header', () => {
    const prompt = 'def add(a, b):\n    """ Adds. """\n';
    const answer = extract('def add(a, b):\n    return a + b\n', { prompt });
    assert.equal(answer.readings[0]?.id, 'whole');
  });

  it('reads nothing from a blank answer', () => {
    assert.deepEqual(extract(' \n').readings, []);
    assert.deepEqual(extract('').segments, []);
  });
});

describe('extractAnswer: a name that is nearly the requested one', () => {
  const code = (text: string) => `Sure:\n${fence}python\n${text}\n${fence}\n`;
  const prompt = 'Write a function substrcount(text, part) that counts.';
  const told = ['The prompt asks for substrcount, but the answer defines substrCount.'];

  it('is told, because the function is called whatever its name', () => {
    const answer = code('def substrCount(text, part):\n    return 0');
    assert.deepEqual(extract(answer, { prompt }).problems, told);
    assert.deepEqual(extract(answer, { entry: 'substrcount' }).problems, told);
  });

  it('is not told of an answer that defines the requested name, or another one', () => {
    for (const text of ['def substrcount(a):\n    substrCount = 1', 'def count(a):\n    return 0'])
      assert.deepEqual(extract(code(text), { prompt }).problems, []);
  });
});

describe('extractAnswer: diffs', () => {
  const files = [
    { path: 'src/a.py', text: 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n' },
    { path: 'src/b.py', text: 'x\n' },
  ];
  const head = 'diff --git a/src/a.py b/src/a.py\n--- a/src/a.py\n+++ b/src/a.py\n';

  it('applies a diff to the files of the task', () => {
    const answer = extract(`${head}@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n`, { files });
    assert.equal(answer.readings[0]?.id, 'diff');
    assert.deepEqual(best(answer), { 'src/a.py': 'one\nTWO\nthree\nfour\nfive\nsix\nseven\n' });
    assert.deepEqual(answer.problems, []);
  });

  it('corrects wrong counts and line numbers', () => {
    const answer = extract(
      `Here:\n${fence}diff\n${head}@@ -5,9 +7,2 @@\n two\n-three\n+THREE\n+3\n${fence}\n`,
      { files },
    );
    assert.equal(best(answer)['src/a.py'], 'one\ntwo\nTHREE\n3\nfour\nfive\nsix\nseven\n');
  });

  it('names the hunk that does not apply and keeps the others', () => {
    const hunks = '@@ -1,2 +1,2 @@\n one\n-two\n+2\n@@ -6,2 +6,2 @@\n nowhere\n-at all\n+x\n';
    const answer = extract(`${head}${hunks}`, { files });
    assert.equal(best(answer)['src/a.py'], 'one\n2\nthree\nfour\nfive\nsix\nseven\n');
    assert.deepEqual(answer.problems, ['src/a.py: hunk 2 of 2 does not apply, nearest at line 6.']);
  });

  it('creates and deletes files, and reports missing and forbidden files', () => {
    const text =
      '--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+print(1)\n' +
      '--- a/gone.py\n+++ b/gone.py\n@@ -1 +1 @@\n-a\n+b\n' +
      '--- a/src/b.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n' +
      '--- /dev/null\n+++ b/../evil.py\n@@ -0,0 +1 @@\n+x\n';
    const answer = extract(text, { files });
    assert.deepEqual(best(answer), { 'new.py': 'print(1)\n' });
    assert.deepEqual(answer.readings[0]?.removed, ['src/b.py']);
    assert.equal(answer.readings[0]?.rejections?.length, 2);
    assert.equal(answer.problems.length, 2);
  });

  it('is a diff and not a program, even if no part of it applies', () => {
    const answer = extract(`${head}@@ -1,2 +1,2 @@\n nowhere\n-at all\n+x\n`, {
      files: [{ path: 'other.py', text: 'x\n' }],
    });
    assert.equal(answer.readings[0]?.id, 'diff');
    assert.deepEqual(answer.readings[0]?.files, []);
    assert.deepEqual(answer.problems, ['src/a.py: the task has no such file.']);
  });
});

/** Pieces of answers and of attacks on the extractor. */
const piece = fc.oneof(
  fc.constantFrom(
    '```',
    '~~~',
    '````',
    '``````',
    '```python',
    '```js title="a.js"',
    '~~~ ../../x.py',
    '``` `x`',
  ),
  fc.constantFrom('\n', '\r\n', '\r', '\n\n', '   ', '\t', '> ', '1. ', '- ', '    '),
  fc.constantFrom(
    'def f():\n    return 1',
    '# util.py',
    '**a/b.py**',
    '@@ -1,2 +1,2 @@',
    '--- a/x',
    '+++ b/x',
    '-x',
    '+y',
  ),
  fc.constantFrom(
    '\ud800',
    '\udc00',
    '😀',
    'é',
    '\u2028',
    '\0',
    '<script>',
    'Sentences like this one are prose, mostly.',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const anyAnswer = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('extractAnswer: any text', () => {
  it('never throws, never loses a byte, and gives at least one reading of a text that is not blank', () => {
    const files = fc.constantFrom(undefined, [{ path: 'x', text: 'x\ny\n' }]);
    const prompt = fc.constantFrom(undefined, 'def f():\n', 'Write f.');
    const language = fc.constantFrom('python', 'java', 'go', 'sql', '');
    fc.assert(
      fc.property(anyAnswer, files, prompt, language, (text, known, asked, name) => {
        const answer = extractAnswer(text, { language: name, prompt: asked, files: known, mainFile: 'main' });
        assert.equal(answer.segments.map((segment) => segment.raw).join(''), text);
        assert.equal(answer.readings.length > 0, text.trim() !== '');
        for (const reading of answer.readings) {
          assert.ok(reading.files.length + (reading.removed ?? []).length > 0 || reading.rejections);
          for (const file of reading.files)
            assert.ok(relativePathSchema.safeParse(file.path).success, file.path);
        }
        assert.equal(new Set(ids(answer)).size, answer.readings.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same readings for the same text', () => {
    fc.assert(
      fc.property(anyAnswer, (text) => {
        assert.deepEqual(extract(text), extract(text));
      }),
    );
  });
});

/** Properties of the code that runs, for sources that do not record the code they used. */
function holds(id: string, language: string, prompt: string, text: string, code: string): boolean {
  if (id.startsWith('mpe-')) return code === prompt + text;
  if (language === 'python')
    return isAllCode(code, /^(?:class|def|import|from|@|#|\S+ = |[\w.]+\()/) && text.includes(code);
  if (language === 'go')
    return /^package \w+/m.test(code) && /func Test\w+\(/.test(code) && !code.includes(fence);
  if (language === 'java')
    return /^class|^public class/m.test(code) && /@Test/.test(code) && !code.includes(fence);
  return code === text;
}

/** Whether every line that is not indented begins like a statement: no fence and no prose is left in it. */
function isAllCode(code: string, statement: RegExp): boolean {
  return code.split('\n').every((line) => line.trim() === '' || /^\s/.test(line) || statement.test(line));
}

const mainFiles: Readonly<Record<string, string>> = { go: 'main.go', java: 'Main.java' };

describe('extractAnswer: answers of real models', () => {
  it('runs the code that its source ran, or offers it as another reading', function () {
    if (pairsAbsent !== undefined) skipBecause(this, pairsAbsent);
    const misses: string[] = [];
    let answers = 0;
    for (const { task, extracted } of readPairs()) {
      for (const { id, text } of task.answers) {
        answers += 1;
        const { language, prompt, files } = task;
        const { readings } = extractAnswer(text, {
          language,
          prompt,
          files,
          mainFile: mainFiles[language] ?? `main.${language}`,
        });
        const wanted = extracted[id];
        const place = readings.findIndex(({ files: [file] }) =>
          wanted === undefined
            ? holds(task.id, language, prompt, text, file!.text)
            : file!.text.trim() === wanted.trim(),
        );
        if (place !== 0 && place !== 1)
          misses.push(`${task.id} | ${id} | ${place} | ${readings.map((r) => r.id).join(', ')}`);
      }
    }
    assert.equal(answers, 174);
    assert.deepEqual(
      misses,
      [],
      `task | answer | place of the right reading | readings\n${misses.join('\n')}`,
    );
  });
});
