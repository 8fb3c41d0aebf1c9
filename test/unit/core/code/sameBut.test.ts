import assert from 'node:assert/strict';
import { sameBut } from '../../../../src/core/code/sameBut.ts';

describe('what two programs differ in', () => {
  it('is whitespace', () => {
    assert.deepEqual(sameBut('f(a,b)', 'f( a, b )\n', 'python'), { kind: 'whitespace' });
    assert.equal(sameBut('f("a b")', 'f("a  b")', 'python'), undefined);
  });

  it('is comments', () => {
    assert.deepEqual(sameBut('x = 1  # one', 'x = 1', 'python'), { kind: 'comments' });
    assert.deepEqual(
      sameBut('def f():\n    """Says."""\n    return 1', 'def f():\n    return 1  # one', 'python'),
      { kind: 'comments' },
    );
  });

  it('is names that the programs gave themselves', () => {
    const a = 'def total(items):\n    s = 0\n    for x in items:\n        s += x\n    return s';
    const b =
      'def total(values):\n    acc = 0\n    for v in values:\n        acc += v\n    return acc  # sum';
    assert.deepEqual(sameBut(a, b, 'python'), {
      kind: 'names',
      renamed: [
        ['items', 'values'],
        ['s', 'acc'],
        ['x', 'v'],
      ],
    });
    const js = (name: string) => `const ${name} = (a) => a * 2;\nexport default ${name};`;
    assert.equal(sameBut(js('twice'), js('double'), 'javascript')?.kind, 'names');
    const java = (name: string) => `int ${name} = 0; ${name}++; return ${name};`;
    assert.equal(sameBut(java('n'), java('count'), 'java')?.kind, 'names');
  });

  it('is more if a function, keyword, number or string differs', () => {
    for (const [a, b] of [
      ['return sorted(x)', 'return reversed(x)'],
      ['if x: f()', 'while x: f()'],
      ['x.append(1)', 'x.extend(1)'],
      ['x = 1', 'x = 2'],
      ['x = "a"', 'x = "b"'],
      ['a = 1; b = 2; f(a, b)', 'a = 1; b = 2; f(b, a)'],
      ['a = 1; b = 2; f(a, b)', 'a = 1; a = 2; f(a, a)'],
    ] as const)
      assert.equal(sameBut(a, b, 'python'), undefined, `${a} | ${b}`);
  });

  it('is told for programs of many unfinished definitions, and not for very long ones', () => {
    const words = (mark: string, count: number): string => `${mark} = 1\n${`def ${mark} for `.repeat(count)}`;
    assert.equal(sameBut(words('a', 9_000), words('b', 9_000), 'python')?.kind, 'names');
    assert.equal(sameBut(words('a', 90_000), words('b', 90_000), 'python'), undefined);
  });

  it('is undefined if they are equal', () => {
    assert.equal(sameBut('x', 'x', 'python'), undefined);
  });
});
