import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cutThinking, thinkingLine, withoutThinking } from '../../../../src/core/extraction/thinking.ts';

describe('cutThinking', () => {
  for (const [name, text, rest] of [
    ['a tag', '<think>\nhm\n</think>\nx = 1\n', '\nx = 1\n'],
    ['a tag on one line', '<think>hm</think>x = 1', 'x = 1'],
    ['another name', '<reasoning>\nhm\n</reasoning>\nx\n', '\nx\n'],
    ['square brackets', '[THINK]hm[/THINK]\nx', '\nx'],
    ['tokens of thought', '<|begin_of_thought|>\nhm\n<|end_of_thought|>\nx', '\nx'],
    ['a channel', '<|channel|>analysis<|message|>hm<|end|>\nx', '\nx'],
    ['a tag with attributes', '<think duration="3">\nhm\n</think>\nx\n', '\nx\n'],
    ['a tag in camel case', '<antThinking>hm</antThinking>\nx\n', '\nx\n'],
    ['a folded part', '<details type="reasoning" done="true">\nhm\n</details>\nx\n', '\nx\n'],
    ['two thoughts', '<think>a</think>\nx\n<think>b</think>\ny\n', '\nx\n\ny\n'],
    ['a lone closing tag', 'hm, so\n</think>\nx\n', '\nx\n'],
    ['a lone closing tag behind a sentence', 'So it is.</think>\nx\n', '\nx\n'],
    [
      'thinking that the answer’s tag ends',
      '<think>\nhm\n<answer>\nx\n</answer>\n',
      '<answer>\nx\n</answer>\n',
    ],
    ['thinking that nothing ends', 'x\n<think>\nhm\n', 'x\n'],
    ['a thought in a thought', '<think>\n<think>\na\n</think>\nb\n</think>\nx\n', '\nx\n'],
    [
      'a block that thinking leaves open',
      '<think>\n```py\na\n</think>\n```py\nx\n```\n',
      '\n```py\nx\n```\n',
    ],
    ['an open block before a lone tag', '```py\na\n</think>\n```py\nx\n```\n', '\n```py\nx\n```\n'],
  ] as const) {
    it(`knows ${name}`, () => {
      assert.equal(withoutThinking(text), rest);
    });
  }

  for (const [name, text] of [
    ['in the middle of a line', 'Put <think> around it, then </think> behind.\n'],
    ['in a fenced block', '```py\nprompt = """\n<think>\nhm\n</think>\n"""\n```\n'],
    ['in a quoted text of bare code', 'prompt = """\n<think>\nhm\n</think>\n"""\n'],
    ['in a line of code', 'print("</think>")\n'],
  ] as const) {
    it(`leaves a tag alone ${name}`, () => {
      assert.equal(withoutThinking(text), text);
    });
  }

  it('cuts without gaps and in order', () => {
    const piece = fc.constantFrom('<think>', '</think>', '\n', 'x', '```', '[THINK]', '"""', '<answer>', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        let reach = 0;
        for (const { start, end } of cutThinking(text)) {
          assert.equal(start, reach);
          assert.ok(end > start);
          reach = end;
        }
        assert.equal(reach, text.length);
      }),
    );
  });
});

describe('thinkingLine', () => {
  it('counts the lines', () => {
    assert.equal(thinkingLine('\n<think>\na\n</think>\n'), 'Thinking, 3 lines, not run');
    assert.equal(thinkingLine('<think>a</think>'), 'Thinking, 1 line, not run');
  });
});
