import assert from 'node:assert/strict';
import { readBlocks } from '../../../../src/core/extraction/blocks.ts';
import { mainFileName, namedFiles } from '../../../../src/core/extraction/files.ts';
import { cutSegments } from '../../../../src/core/extraction/segments.ts';
import type { ExtractOptions } from '../../../../src/core/extraction/types.ts';

const python: ExtractOptions = { language: 'python', mainFile: 'main.py' };

function named(text: string, options: ExtractOptions = python): ReturnType<typeof namedFiles> {
  const blocks = readBlocks(cutSegments(text), options);
  return namedFiles(blocks, blocks[0]!, options);
}

describe('mainFileName', () => {
  it('is the usual name, but for Java that of its class', () => {
    assert.equal(mainFileName('class A: pass', python), 'main.py');
    const java = { language: 'java', mainFile: 'Main.java' };
    assert.equal(mainFileName('// class No\npublic class Yes {}', java), 'Yes.java');
    assert.equal(mainFileName('int x;', java), 'Main.java');
  });
});

describe('namedFiles', () => {
  it('keeps the later of two blocks with the same name, and says so', () => {
    const { files, problems } = named(
      '```py a.py\nx = 1\n```\n```py b.py\ny = 1\n```\n```py a.py\nx = 2\n```\n',
    );
    assert.deepEqual(
      files.map(({ path, text }) => [path, text]),
      [
        ['a.py', 'x = 2\n'],
        ['b.py', 'y = 1\n'],
      ],
    );
    assert.deepEqual(problems, ['The answer gives a.py more than once; the last one is used.']);
  });

  it('adds a nameless block that alone defines the entry', () => {
    const { files } = named('```py\ndef go(): pass\n```\n```py a.py\nx = 1\n```\n```py b.py\ny = 1\n```\n', {
      ...python,
      entry: 'go',
    });
    assert.deepEqual(
      files.map((file) => file.path),
      ['main.py', 'a.py', 'b.py'],
    );
  });

  it('is empty without named blocks', () => {
    assert.deepEqual(named('```py\nx = 1\n```\n').files, []);
  });
});
