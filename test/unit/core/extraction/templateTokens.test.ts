import assert from 'node:assert/strict';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';

const around: readonly (readonly [before: string, after: string])[] = [
  ['<|im_start|>assistant', '<|im_end|>'],
  ['<|start|>assistant<|channel|>final<|message|>', '<|return|>'],
  ['<｜Assistant｜>', '<｜end▁of▁sentence｜>'],
  ['<antArtifact identifier="a" type="application/vnd.ant.code" language="python">', '</antArtifact>'],
  ['<answer>', '</answer>'],
  ['<final>', '</final>'],
  ['[PYTHON]', '[/PYTHON]'],
  ['[SOLUTION]', '[/SOLUTION]'],
  ['[BEGIN]', '[DONE]'],
  ['[BEGIN]', '[END]'],
  ['', '</s>'],
];

/** Turns that repeat the prompt before the answer. */
const turns: readonly string[] = [
  '[INST] Write it. [/INST]',
  '<s>[INST] Write it.\nx = 2\n[/INST]\n',
  '<|user|>\nWrite it.<|end|>\n<|assistant|>\n',
  '<|im_start|>system\nYou help.<|im_end|>\n<|im_start|>user\nWrite it.<|im_end|>\n<|im_start|>assistant\n',
  '<|start_header_id|>user<|end_header_id|>\n\nWrite it.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  '<start_of_turn>user\nWrite it.<end_of_turn>\n<start_of_turn>model\n',
  '### Instruction:\nWrite it.\n\n### Response:\n',
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

  for (const turn of turns) {
    it(`are left out with the prompt that they begin: ${JSON.stringify(turn)}`, () => {
      assert.deepEqual(code(`${turn}x = 1\n`), ['x = 1']);
    });
  }
});
