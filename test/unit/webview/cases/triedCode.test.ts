import { strict as assert } from 'node:assert';
import { assertingCode, printingCode, typedCode } from '../../../../src/webview/cases/triedCode.ts';

describe('code that is tried', () => {
  it('prints the value of its last statement', () => {
    assert.equal(printingCode('python', '1 + 1'), 'print(repr(1 + 1))');
    assert.equal(printingCode('python', 's = Stack()\ns.pop()\n'), 's = Stack()\nprint(repr(s.pop()))');
    assert.equal(printingCode('python', 's = Stack(); s.pop()'), 's = Stack()\nprint(repr(s.pop()))');
    assert.equal(printingCode('python', `'a; b'`), `print(repr('a; b'))`);
    assert.equal(printingCode('javascript', 'f(1);'), 'console.dir(f(1), { depth: null });');
    assert.equal(printingCode('ruby', 'f(1)'), 'p((f(1)))');
  });

  it('stays as it is where its last statement has no value, or prints by itself', () => {
    for (const text of [
      'x = 1',
      'print(1)',
      'assert f(1) == 2',
      'for x in f():\n    print(x)',
      'a.b += 1',
      '# no',
    ])
      assert.equal(printingCode('python', text), text);
    for (const text of ['let x = 1;', 'console.log(1)', 'if (x) {\n  f();\n}'])
      assert.equal(printingCode('javascript', text), text);
    assert.equal(printingCode('python', 'f(a=1) == 2'), 'print(repr(f(a=1) == 2))');
  });

  it('is read back from the code that ran', () => {
    for (const [language, text] of [
      ['python', 's = Stack()\ns.pop()'],
      ['python', 'print(1)'],
      ['typescript', 'f(1)'],
      ['ruby', 'f(1)'],
    ] as const)
      assert.equal(typedCode(language, printingCode(language, text)), text);
  });

  it('becomes a test that expects what an answer printed last', () => {
    const source = printingCode('python', 's = Stack()\ns.pop()');
    assert.equal(
      assertingCode('python', source, '120\nFalse\n'),
      's = Stack()\nassert repr(s.pop()) == "False"',
    );
    assert.equal(
      assertingCode('ruby', printingCode('ruby', 'f(1)'), '"a#{b}"\n'),
      'found = (f(1)).inspect\nraise "got #{found}" unless found == "\\"a\\#{b}\\""',
    );
    assert.equal(assertingCode('python', 'print(1)', '1\n'), undefined);
    assert.equal(assertingCode('javascript', printingCode('javascript', 'f(1)'), '1\n'), undefined);
  });
});
