import assert from 'node:assert/strict';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';

const around: readonly (readonly [before: string, after: string])[] = [
  ['<|im_start|>assistant', '<|im_end|>'],
  ['<answer>', '</answer>'],
  ['<final>', '</final>'],
  ['[PYTHON]', '[/PYTHON]'],
  ['[SOLUTION]', '[/SOLUTION]'],
  ['[BEGIN]', '[DONE]'],
  ['[BEGIN]', '[END]'],
  ['', '</s>'],
];

describe('tokens of templates around code', () => {
  const code = (text: string) =>
    extractAnswer(text, { language: 'python', mainFile: 'main.py' }).readings[0]?.files.map((file) =>
      file.text.trim(),
    );

  for (const [before, after] of around) {
    it(`are left out on the lines of a fence: ${before} … ${after}`, () => {
      assert.deepEqual(code(`${before}\`\`\`python\nx = 1\n\`\`\`${after}\n`), ['x = 1']);
    });

    it(`are left out without a fence: ${before} … ${after}`, () => {
      assert.deepEqual(code(`${before}\nx = 1\n${after}\n`), ['x = 1']);
    });
  }
});
