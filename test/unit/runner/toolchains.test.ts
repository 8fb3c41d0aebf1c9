import assert from 'node:assert/strict';
import { createToolchains } from '../../../src/runner/toolchains.ts';
import { checkersDir, needsSandbox, resultOf } from './harness.ts';

const toolchains = createToolchains(checkersDir);

describe('toolchains', () => {
  it('are found by name and by every alias', () => {
    for (const [alias, language] of Object.entries({
      py: 'python',
      Python3: 'python',
      js: 'javascript',
      TS: 'typescript',
    })) {
      assert.equal(toolchains.find(alias)?.language, language);
    }
    assert.equal(toolchains.find('cobol'), undefined);
  });

  it('of this machine say name, version, program and what the sandbox must show', async () => {
    for (const language of toolchains.languages) {
      const found = await toolchains.detect(language);
      assert.ok(
        !('missing' in found),
        `${language}: ${'missing' in found ? `${found.missing}. ${found.mend}` : ''}`,
      );
      assert.match(found.version, /^\d+\.\d+/);
      assert.match(found.program, /^\//);
      // A whole home folder would show the sandbox far too much.
      for (const path of found.readOnly) assert.ok(path.split('/').length > 2 || path === '/usr', path);
    }
  });
});

describe('each language', () => {
  before(needsSandbox());

  /** Says hello, and gives back what it is given. */
  const programs: Record<string, { hello: string; same: string }> = {
    python: { hello: 'print("hello")', same: 'def same(x): return x' },
    javascript: { hello: 'console.log("hello")', same: 'const same = (x) => x;' },
    typescript: { hello: 'console.log("hello" as string)', same: 'export const same = <T>(x: T): T => x;' },
  };

  it('has a self-test', () => {
    assert.deepEqual(Object.keys(programs), [...toolchains.languages]);
  });

  for (const [language, { hello, same }] of Object.entries(programs)) {
    it(`says hello and gives JSON back in 256 MiB: ${language}`, async () => {
      const limits = { memoryBytes: 256 << 20 };
      const said = await resultOf(language, hello, { kind: 'stdin', input: '', output: 'hello', limits });
      assert.equal(said.verdict, 'pass', said.reason);
      const value = { list: [1, 2.5, 'é\n', null, true, {}], nested: { a: { b: [] } } };
      const given = await resultOf(language, same, { kind: 'call', args: [value], expected: value, limits });
      assert.equal(given.verdict, 'pass', given.reason);
    });
  }
});
