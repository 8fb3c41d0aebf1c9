import assert from 'node:assert/strict';
import {
  pathFromComment,
  pathFromHeading,
  pathFromInfo,
  safePath,
} from '../../../../src/core/extraction/paths.ts';
import { relativePathSchema } from '../../../../src/core/task/task.ts';

describe('pathFromInfo', () => {
  for (const [info, path] of [
    ['python util.py', 'util.py'],
    ['python:src/util.py', 'src/util.py'],
    ['src/util.py', 'src/util.py'],
    ['ts title="src/app.ts" {1,3}', 'src/app.ts'],
    ['{.c file=main.c}', 'main.c'],
    ['dockerfile Dockerfile', 'Dockerfile'],
    ['js ./a.js', 'a.js'],
    ['python', undefined],
    ['python 3.11', undefined],
    ['js {1,3}', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${path ?? 'none'} in "${info}"`, () => assert.equal(pathFromInfo(info), path));
  }
});

describe('pathFromHeading', () => {
  for (const [above, path] of [
    ['### util.py\n', 'util.py'],
    ['Text.\n\n**`src/util.py`**\n\n', 'src/util.py'],
    ['**util.py:**\n', 'util.py'],
    ['`util.py`:\n', 'util.py'],
    ['File: util.py\n', 'util.py'],
    ['1. Create `src/app.tsx`:\n', 'src/app.tsx'],
    ['Then update `Makefile`:\n', 'Makefile'],
    ['#### 2. `index.html` (new)\n', 'index.html'],
    ['util.py\n\n\n\n\n\n', undefined],
    ['Run `python util.py`:\n', undefined],
    ['It uses math.pi\n', undefined],
    ['The file util.py has a bug, as you see\n', undefined],
    ['https://a.org/util.py\n', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${path ?? 'none'} in ${JSON.stringify(above)}`, () =>
      assert.equal(pathFromHeading(above), path));
  }
});

describe('pathFromComment', () => {
  for (const [code, path] of [
    ['# util.py\nx = 1\n', 'util.py'],
    ['// file: src/a.ts\nlet x;\n', 'src/a.ts'],
    ['/* style.css */\na {}\n', 'style.css'],
    ['<!-- index.html -->\n<p>\n', 'index.html'],
    ['-- schema.sql\ncreate table t (x int);\n', 'schema.sql'],
    ['#!/usr/bin/env python3\n# tool.py\n', 'tool.py'],
    ['# uses util.py for that\n', undefined],
    ['x = 1  # util.py\n', undefined],
    ['# e.g.\n', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${path ?? 'none'} in ${JSON.stringify(code)}`, () => assert.equal(pathFromComment(code), path));
  }
});

describe('safePath', () => {
  it('leaves a path inside the folder as it is', () => {
    assert.deepEqual(safePath('src/a.py', 'python'), { path: 'src/a.py' });
  });

  for (const path of [
    '../a.py',
    '/a.py',
    'C:\\x\\a.py',
    'a//b.py',
    '..',
    '',
    'a/./b',
    `${'x/'.repeat(400)}a.py`,
  ]) {
    it(`replaces ${JSON.stringify(path.slice(0, 20))} and says so`, () => {
      const safe = safePath(path, 'python');
      assert.ok(relativePathSchema.safeParse(safe.path).success);
      assert.match(safe.problem ?? '', /outside its folder/);
    });
  }
});
