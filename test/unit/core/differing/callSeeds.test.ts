import assert from 'node:assert/strict';
import { literalCalls } from '../../../../src/core/differing/literals.ts';
import { signatureSeeds } from '../../../../src/core/differing/signatureSeeds.ts';

describe('the calls in a text', () => {
  it('are read with the literals of many languages', () => {
    const text = [
      '>>> f([1, 2.0, -3], "a\\"b", \'c\')',
      'assert f((1, (2,)), {"a": None, \'b\': True}) == 3',
      'self.assertEqual(Solution().f([], nil, false), 1)',
      'expect(f({ a: 1 }, 1_000)).toBe(2)',
    ].join('\n');
    assert.equal(
      JSON.stringify(literalCalls(text, 'f')),
      '[[[1,2.0,-3],"a\\"b","c"],[[1,[2]],{"a":null,"b":true}],[[],null,false]]',
    );
  });

  it('are left out if an argument is not a literal, or the name is part of another', () => {
    assert.deepEqual(literalCalls('f(x) f([1, y]) f(1 + 1) off(1) f_f(2) f(', 'f'), []);
  });
});

describe('arguments for a function of which only the definition is known', () => {
  const first = (code: string, name = 'f'): unknown => signatureSeeds([code], name)[0];

  it('follow the types of its parameters', () => {
    assert.deepEqual(first('def f(self, a: int, b: List[str], c: Dict[str, int], d: int = 3):'), [
      3,
      ['abc', 'a', 'Hello World'],
      { a: 1, b: 2 },
    ]);
    assert.deepEqual(first('function f(xs: number[], flag: boolean): void {'), [[3, 1, 0], true]);
  });

  it('follow the names of its parameters if there are no types', () => {
    assert.deepEqual(first('const f = (word, nums, k) => 1'), ['abc', [3, 1, 2], 3]);
  });

  it('do not exist without a definition', () => {
    assert.deepEqual(signatureSeeds(['def g(x): pass'], 'f'), []);
  });
});
