import assert from 'node:assert/strict';
import { mutantsOf } from '../../../../src/core/code/mutants.ts';

const names = (text: string, language = 'python') =>
  mutantsOf([{ path: 'f', text }], language, 100)
    .map(({ name }) => name)
    .toSorted();
const texts = (text: string, language = 'python') =>
  mutantsOf([{ path: 'f', text }], language, 100)
    .map(({ files }) => files[0]!.text)
    .toSorted();

describe('mutants of a program', () => {
  it('differ from it in one place each', () => {
    assert.deepEqual(texts('return a <= 10 and b'), [
      'return a < 10 and b',
      'return a <= 10 or b',
      'return a <= 11 and b',
    ]);
  });

  it('are named by their place and change', () => {
    assert.deepEqual(names('x = 1\nif x == y: pass'), ['f:1:5 1 → 2', 'f:2:6 == → !=']);
  });

  it('leave comments, texts, names and arrows alone', () => {
    assert.deepEqual(texts('def f(x1) -> str:  # a + b or 3\n    return "1 + 2"'), []);
    assert.deepEqual(texts('const f = (a) => a ** b; i++; // 1', 'javascript'), []);
    assert.deepEqual(texts('a === b && c', 'javascript'), ['a !== b && c', 'a === b || c']);
  });

  it('are the same for the same program, in the requested number', () => {
    const files = [
      { path: 'a.py', text: 'x = 1 + 2 - 3 * 4\n' },
      { path: 'b.py', text: 'y = 5 < 6\n' },
    ];
    const mutants = mutantsOf(files, 'python', 4);
    assert.equal(mutants.length, 4);
    assert.deepEqual(mutantsOf(files, 'python', 4), mutants);
    assert.equal(new Set(mutants.map(({ files: all }) => JSON.stringify(all))).size, 4);
    for (const { files: all } of mutants)
      assert.equal(all.filter((file, at) => file.text !== files[at]!.text).length, 1);
  });
});
