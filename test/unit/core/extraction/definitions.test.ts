import assert from 'node:assert/strict';
import { definedNames, mentions } from '../../../../src/core/extraction/definitions.ts';

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

  it('takes neither calls nor comments for definitions', () => {
    assert.deepEqual([...definedNames('print(chunk([1]))\n# this function returns the type of x\n')], []);
  });
});

describe('mentions', () => {
  it('finds whole names only', () => {
    assert.ok(mentions('Write `chunk(a)`.', 'chunk'));
    assert.ok(!mentions('Write chunks and rechunk.', 'chunk'));
  });
});
