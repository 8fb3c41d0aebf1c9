import assert from 'node:assert/strict';
import { definedNames, wordsIn } from '../../../../src/core/extraction/definitions.ts';

describe('definedNames', () => {
  for (const [language, code, names] of [
    ['Python', 'class A(B):\n    async def go(self): pass\n\nf = lambda x: x\n', ['A', 'go', 'f']],
    ['JavaScript', 'export const a = () => 1;\nfunction* b() {}\nexports.c = 1;\n', ['a', 'b', 'c']],
    ['Go', 'type T struct {}\nfunc (t *T) Run(x int) {}\n', ['T', 'Run']],
    ['Rust', 'pub fn go<T>(x: T) -> T { x }\nenum E { A }\n', ['go', 'E']],
    ['Java', 'public class A {\n  static int add(int a, int b) {\n    if (a > b) {\n', ['A', 'add']],
    ['C++', 'std::vector<long> pluck(std::vector<long> arr) {\n', ['pluck']],
    ['Ruby', 'module M\n  def self.ok?\n  end\nend\n', ['M', 'ok?']],
    ['Bash', 'greet() {\n  echo hi\n}\n', ['greet']],
    ['SQL', 'CREATE TABLE IF NOT EXISTS people (id int);', ['people']],
  ] as const) {
    it(`finds what ${language} defines`, () => {
      assert.deepEqual([...definedNames(code)].toSorted(), [...names].toSorted());
    });
  }

  it('ignores calls and comments', () => {
    assert.deepEqual([...definedNames('print(chunk([1]))\n# this function returns the type of x\n')], []);
  });
});

describe('the words of a prompt', () => {
  it('are whole names, with and without the marks that some languages allow in a name', () => {
    const words = wordsIn('Write `chunk(a)`, `is-prime` and `ok?`, not rechunks.');
    for (const name of ['chunk', 'is-prime', 'prime', 'ok?', 'ok']) assert.ok(words.has(name), name);
    assert.ok(!words.has('chunks') && !words.has('rechunk'));
  });
});
