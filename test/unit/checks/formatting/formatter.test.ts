import assert from 'node:assert/strict';
import { createFormatter } from '../../../../src/checks/formatting/formatter.ts';
import { createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import type { Sandbox } from '../../../../src/runner/sandbox/sandbox.ts';
import { checkersDir, needsSandbox, sandbox } from '../../runner/harness.ts';

const toolchains = createToolchains(checkersDir);
const parts = { sandbox, checkersDir, toolchains, trusted: () => true };
const formatter = createFormatter(parts);

describe('formatting', function () {
  before(needsSandbox());

  it('formats files that Prettier knows and leaves other files unchanged', async () => {
    const formatted = await formatter.format(
      [
        { path: 'main.ts', text: 'const  a : number=1;\nexport{a}' },
        { path: 'style.css', text: 'a{color:red}' },
        { path: 'notes.txt', text: 'a   b' },
      ],
      'typescript',
    );
    assert.deepEqual(formatted, {
      by: 'Prettier',
      files: [
        { path: 'main.ts', text: 'const a: number = 1;\nexport { a };\n' },
        { path: 'style.css', text: 'a {\n  color: red;\n}\n' },
        { path: 'notes.txt', text: 'a   b' },
      ],
    });
  });

  for (const [language, path, text, expected] of [
    ['go', 'main.go', 'package a\nfunc f( ) {  x:=1;_=x}\n', 'package a\n\nfunc f() { x := 1; _ = x }\n'],
    ['rust', 'main.rs', 'fn main( ){println!("a");}', 'fn main() {\n    println!("a");\n}\n'],
    ['python', 'main.py', "x = {  'a':1 }\n", 'x = {"a": 1}\n'],
  ] as const) {
    it(`uses ${language}'s own formatter`, async function () {
      const formatted = await formatter.format([{ path, text }], language);
      if ('whyNot' in formatted && /not found|was found/.test(formatted.whyNot)) {
        console.log(`      skipped: ${formatted.whyNot}`);
        this.skip();
      }
      assert.deepEqual('files' in formatted ? formatted.files : formatted.whyNot, [{ path, text: expected }]);
    });
  }

  it('says why files are not formatted: invalid syntax, no formatter, or no trust', async () => {
    const say = async (language: string, path: string, text: string, using = formatter) => {
      const formatted = await using.format([{ path, text }], language);
      return 'whyNot' in formatted ? formatted.whyNot : 'formatted';
    };
    assert.match(
      await say('javascript', 'main.js', 'const = 1'),
      /^Prettier cannot format the answer: .*main\.js/,
    );
    assert.equal(await say('cobol', 'main.cob', 'x'), 'Tiebreak has no formatter for cobol');
    assert.match(await say('javascript', '../main.js', 'x'), /leaves the folder/);
    const untrusted = createFormatter({ ...parts, trusted: () => false });
    assert.match(await say('javascript', 'main.js', 'x', untrusted), /not trusted/);
  });

  it('formats the same files once', async () => {
    let started = 0;
    const counting: Sandbox = { ...sandbox, run: (job, signal) => (started++, sandbox.run(job, signal)) };
    const own = createFormatter({ ...parts, sandbox: counting });
    for (let time = 0; time < 2; time += 1) await own.format([{ path: 'a.js', text: 'x' }], 'javascript');
    assert.equal(started, 1);
  });
});
