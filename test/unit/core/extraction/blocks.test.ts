import assert from 'node:assert/strict';
import { entryName, rankBlocks, readBlocks, type Block } from '../../../../src/core/extraction/blocks.ts';
import { cutSegments } from '../../../../src/core/extraction/segments.ts';

function blocksOf(text: string, options: { entry?: string; prompt?: string } = {}): Block[] {
  return readBlocks(cutSegments(text), { language: 'python', mainFile: 'main.py', ...options });
}

describe('readBlocks', () => {
  it('numbers the blocks of the answer and leaves out blank ones', () => {
    const numbers = blocksOf('```\n\n```\n```py\nx = 1\n```\n').map((block) => block.number);
    assert.deepEqual(numbers, [2]);
  });

  it('distinguishes code that can run from output, other languages and diffs', () => {
    const text =
      '```py\nx = 1\n```\nOutput:\n```\n[1, 2]\n```\n```json\n{}\n```\n```diff\n--- a\n+++ b\n@@ -1 +1 @@\n```\n';
    assert.deepEqual(
      blocksOf(text).map((block) => block.usable),
      [true, false, false, false],
    );
  });
});

describe('rankBlocks', () => {
  it('puts the block that defines the entry first, whatever its length and position', () => {
    const blocks = blocksOf(
      '```py\ndef helper(): pass\ndef other(): pass\n```\n```py\ndef go(): pass\n```\n',
      {
        entry: 'go',
      },
    );
    assert.equal(rankBlocks(blocks, 'python')[0]?.number, 2);
  });
});

describe('entryName', () => {
  it('is what defines a dotted entry', () => {
    assert.equal(entryName('Stack.push'), 'Stack');
    assert.equal(entryName('pkg::run'), 'pkg');
    assert.equal(entryName('chunk'), 'chunk');
  });
});
