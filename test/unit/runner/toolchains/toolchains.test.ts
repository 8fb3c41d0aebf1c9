import assert from 'node:assert/strict';
import { createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import { checkersDir, needsSandbox, resultOf } from '../harness.ts';

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

  it('of this machine have a name, a version, a program and the paths that the sandbox must show', async () => {
    for (const language of toolchains.languages) {
      const found = await toolchains.detect(language);
      assert.ok(
        !('missing' in found),
        `${language}: ${'missing' in found ? `${found.missing}. ${found.remedy}` : ''}`,
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

  const anything = { list: [1, 2.5, 'é\n', null, true, {}], nested: { a: { b: [] } } };

  for (const language of toolchains.languages) {
    it(`says hello and gives JSON back in 256 MiB: ${language}`, async function () {
      const found = await toolchains.detect(language);
      if ('missing' in found) {
        console.log(`      skipped: ${found.missing}. ${found.remedy}`);
        return this.skip();
      }
      const { kinds, selfTest } = toolchains.toolchain(language);
      const { hello, same, value = anything } = selfTest;
      const limits = { memoryBytes: 256 << 20 };
      const said = await resultOf(language, hello, { kind: 'stdin', input: '', output: 'hello', limits });
      assert.equal(said.verdict, 'pass', `${said.reason} ${said.stderr}`);
      if (!kinds.includes('call') && !kinds.includes('sql')) return;
      const given = await resultOf(
        language,
        same,
        kinds.includes('call')
          ? { kind: 'call', args: [value], function: 'same', expected: value, limits }
          : { kind: 'sql', schema: '', rows: [['é', 2.5, null, 7]], ordered: true, limits },
      );
      assert.equal(given.verdict, 'pass', `${given.reason} ${JSON.stringify(given.actual)} ${given.stderr}`);
    });
  }
});
