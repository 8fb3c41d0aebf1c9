import assert from 'node:assert/strict';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';
import {
  codePart,
  standsInProse,
  isSentence,
  looksLikeCode,
} from '../../../../src/core/extraction/codeLines.ts';

const code = [
  'def f(x):',
  '    return x',
  'import math',
  'const a = 1;',
  'x += 1',
  'a, b = b, a',
  'SELECT name FROM people WHERE age > 3',
  '#include <stdio.h>',
  '#!/bin/bash',
  '# adds one',
  '// Adds one',
  '}',
  'print(f(1))',
  'package main',
  '@Test',
  '<div class="a">',
  'for i in range(3):',
];
const prose = [
  'Here is the function you asked for:',
  'This function returns one, as the prompt asks for.',
  'To fix this, I changed the loop so that it ends.',
  '1. First we sort the list (in place).',
  '- The `chunk` function slices the list.',
  '## How it works in three steps',
  'Please complete the class Stack in the following code.',
  'I hope this helps! Let me know if it does not.',
];

describe('looksLikeCode and isSentence', () => {
  for (const line of code) {
    it(`take for code: ${line}`, () => {
      assert.ok(looksLikeCode(line));
      assert.ok(!isSentence(line));
    });
  }

  for (const line of prose) {
    it(`take for prose: ${line}`, () => {
      assert.ok(isSentence(line));
      assert.ok(!looksLikeCode(line));
    });
  }
});

describe('codePart', () => {
  it('drops the prose around the code, and keeps blank lines within', () => {
    const text = `${prose[0]}\n\nimport math\n\n\ndef f(x):\n    return x\n\n${prose[1]}\n${prose[7]}\n`;
    assert.equal(codePart(text), 'import math\n\n\ndef f(x):\n    return x');
  });

  it('finds none in prose', () => {
    assert.equal(codePart(prose.join('\n')), undefined);
  });
});

describe('standsInProse', () => {
  for (const [name, text, expected] of [
    ['a sentence behind it only', `x = 1\n\n${prose[1]}\n`, false],
    ['labels and a list', 'Sure\n\nx = 1\n\nExplanation: this sets one.\n- it is short\n- it works\n', true],
    ['a sentence without an empty line', `x = 1\n${prose[1]}\n`, false],
    ['a text that a shell command reads', 'cat <<EOF\n\nThis is a sentence of the text.\nEOF\n', false],
    ['a word before it', 'Sure\n\nx = 1\n', true],
    ['a label before it', 'Python code:\nx = 1\n', true],
    ['a bold label before it', '**Solution**\n\nx = 1\n\n**Complexity:** O(1)\n', true],
    ['indented code with a remark', 'The code:\n\n\tdef f(x):\n\t    return x\n\nThat is it.', true],
    ['a command before it', 'ls\n\nfor f in *; do\n  rm "$f"\ndone\n', false],
    ['code alone', 'x = 1\n\n', false],
    ['prose alone', `${prose[1]}\n`, false],
  ] as const) {
    it(`is ${expected} for ${name}`, () => {
      assert.equal(standsInProse(text), expected);
    });
  }

  it('leaves the words around bare code out of the program', () => {
    const text = 'Sure\n\ndef f(x):\n    return x\n\nExplanation: it returns what it is given.\n';
    const { readings } = extractAnswer(text, { language: 'python', mainFile: 'main.py' });
    assert.equal(readings[0]!.files[0]!.text.trim(), 'def f(x):\n    return x');
  });
});
