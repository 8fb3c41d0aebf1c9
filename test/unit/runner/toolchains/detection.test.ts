import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedTool } from '../../../../src/checks/installedTool.ts';
import { findProgram } from '../../../../src/runner/toolchains/findProgram.ts';
import type { Toolchain } from '../../../../src/runner/toolchains/toolchain.ts';
import { cachedToolchains, createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import { checkersDir } from '../harness.ts';

/** The program by which each language is found. */
const programs: Readonly<Record<string, string>> = {
  python: 'python3',
  javascript: 'node',
  typescript: 'node',
  bash: 'bash',
  c: 'gcc',
  cpp: 'g++',
  go: 'go',
  java: 'javac',
  perl: 'perl',
  php: 'php',
  r: 'Rscript',
  ruby: 'ruby',
  rust: 'rustc',
  sql: 'node',
  postgresql: 'node',
};

const warning =
  "PHP Warning:  PHP Startup: Unable to load dynamic library 'x' (tried: /x.so) in Unknown on line 0";

describe('searching for a toolchain', function () {
  const searchPath = process.env['PATH'];
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiebreak-detection-'));
    process.env['PATH'] = `${folder}:${searchPath}`;
  });
  afterEach(async () => {
    process.env['PATH'] = searchPath;
    await rm(folder, { recursive: true });
  });

  async function place(name: string, script: string): Promise<void> {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }

  for (const [language, program] of Object.entries(programs)) {
    it(`finds one that prints warnings before its answer: ${language}`, async function () {
      process.env['PATH'] = searchPath;
      const quiet = await createToolchains(checkersDir).detect(language);
      const real = await findProgram(program);
      if (real === undefined || 'missing' in quiet) return this.skip();
      process.env['PATH'] = `${folder}:${searchPath}`;
      await place(program, `echo "${warning}"\necho "${warning}"\nexec ${real} "$@"`);
      const found = await createToolchains(checkersDir).detect(language);
      assert.ok(!('missing' in found), JSON.stringify(found));
      assert.deepEqual([found.name, found.version], [quiet.name, quiet.version]);
      assert.deepEqual(found.packages, quiet.packages);
    });

    it(`reports a program that does not answer, and finds it once it does: ${language}`, async function () {
      const real = await findProgram(program);
      if (real === undefined) return this.skip();
      process.env['PATH'] = folder;
      await place(program, `echo "${warning}"`);
      const toolchains = createToolchains(checkersDir);
      const first = await toolchains.detect(language);
      // Other names of the program, or the folders that are always searched, may have a working program.
      if ('missing' in first) {
        const lacksLibrary = language === 'postgresql' && /PGlite/.test(first.missing);
        if (!lacksLibrary) assert.match(first.missing, /on PATH/);
      }
      process.env['PATH'] = `${folder}:${searchPath}`;
      await place(program, `exec ${real} "$@"`);
      const found = await toolchains.detect(language);
      assert.ok(!('missing' in found), JSON.stringify(found));
    });
  }

  it('caches the result until the program changes or disappears, or the cache is cleared', async () => {
    let looked = 0;
    const program = join(folder, 'fortran');
    const fortran: Toolchain = {
      ...createToolchains(checkersDir).toolchain('perl'),
      language: 'fortran',
      detect: async () => {
        looked++;
        if ((await findProgram('fortran')) === undefined)
          return { language: 'fortran', missing: 'Fortran', remedy: 'Install it' };
        return { language: 'fortran', name: 'Fortran', version: '1', program, readOnly: [] };
      },
    };
    const toolchains = cachedToolchains([fortran]);
    const look = async (): Promise<[boolean, number]> => {
      const found = await Promise.all([toolchains.detect('fortran'), toolchains.detect('fortran')]);
      return [found.every((each) => !('missing' in each)), looked];
    };
    assert.deepEqual(await look(), [false, 1]);
    await place('fortran', '');
    assert.deepEqual(await look(), [true, 2]);
    assert.deepEqual(await look(), [true, 2]);
    await utimes(program, 1, 1);
    assert.deepEqual(await look(), [true, 3]);
    toolchains.forget('fortran');
    assert.deepEqual(await look(), [true, 4]);
    await rm(program);
    assert.deepEqual(await look(), [false, 5]);
  });

  it('names an existing program that gives no usable answer', async () => {
    await place('fortran', 'echo "no version here"');
    const find = installedTool({
      names: ['fortran'],
      version: /^version (\S+)/m,
      missing: 'Fortran',
      package: 'gfortran',
    });
    const found = await find();
    assert.ok('missing' in found);
    assert.match(found.missing, new RegExp(`Fortran .*${folder}/fortran gave no usable answer`));
    await place('fortran', 'echo "version 2018"');
    assert.deepEqual(await find().then((again) => 'version' in again && again.version), '2018');
  });
});
