import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { programTexts } from '../../../../scripts/lib/programTexts.mjs';
import { findProgram } from '../../../../src/runner/toolchains/findProgram.ts';
import { createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import { skipBecause } from '../../../skip.ts';
import { checkersDir } from '../harness.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../../../..');

/** The programs in other languages: all files in the folders of languages and of the checks' scripts, except TypeScript. */
const programs = globSync(['src/runner/languages/**/*.*', 'src/checks/scripts/*.*'], { cwd: root })
  .filter((path) => extname(path) !== '.ts')
  .toSorted();

/** How the tools of each language look at a file without running it; `out` is a folder for what they write. */
const looks: Readonly<Record<string, (file: string, out: string) => readonly [string, ...string[]]>> = {
  '.py': (file) => [
    'python3',
    '-c',
    'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read())',
    file,
  ],
  '.rb': (file) => ['ruby', '-wc', file],
  '.php': (file) => ['php', '-l', file],
  '.pl': (file) => ['perl', '-c', file],
  // The module itself prints a line when it is compiled.
  '.pm': (file) => ['bash', '-c', 'perl -c "$1" 2>&1 | grep -v ^tiebreak', 'bash', file],
  '.R': (file) => ['Rscript', '--vanilla', '-e', 'invisible(parse(commandArgs(TRUE)))', file],
  '.sh': (file) => ['bash', '-n', file],
  '.mjs': (file) => ['node', '--check', file],
  '.cjs': (file) => ['node', '--check', file],
  '.go': (file) => ['gofmt', '-e', '-l', file],
  '.c': (file) => ['gcc', '-std=gnu17', '-fsyntax-only', '-Wall', '-Wno-unused-function', file],
  '.cpp': (file) => ['g++', '-std=gnu++17', '-fsyntax-only', '-Wall', '-DTIEBREAK_TARGET=&::getpid', file],
  '.rs': (file, out) => [
    'rustc',
    '--edition=2021',
    '--crate-type=lib',
    '--emit=metadata',
    '--out-dir',
    out,
    file,
  ],
};

/** Java's classes use each other, and one of them uses JUnit. */
async function lookAtJava(out: string): Promise<readonly [string, ...string[]]> {
  const found = await createToolchains(checkersDir).detect('java');
  const jars = 'missing' in found ? [] : (found.packages ?? []);
  const sources = programs
    .filter((path) => path.endsWith('.java') && (jars.length > 0 || !path.endsWith('TiebreakTests.java')))
    .map((path) => join(root, path));
  return ['javac', '-proc:none', '-Xlint:all,-serial', '-d', out, '-cp', jars.join(':'), ...sources];
}

describe('the programs that run beside answers', function () {
  let out: string;

  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'tiebreak-wrappers-'));
  });
  after(() => rm(out, { recursive: true }));

  it('are files in the languages themselves', () => {
    const extensions = new Set(programs.map((path) => extname(path)));
    assert.deepEqual([...extensions].toSorted(), [...Object.keys(looks), '.java'].toSorted());
  });

  /** Runs a tool, which prints nothing for a valid file. Skips the test if the tool is not installed. */
  async function accept(
    context: Mocha.Context,
    [name, ...args]: readonly [string, ...string[]],
  ): Promise<void> {
    const program = await findProgram(name);
    if (program === undefined) return skipBecause(context, `"${name}" is not installed`);
    const { stdout, stderr } = await execute(program, args, { cwd: out });
    const said = `${stdout}${stderr}`.trim();
    if (!/^(?:Syntax OK|No syntax errors detected in .*|.* syntax OK)$/.test(said)) assert.equal(said, '');
  }

  it('are what the language’s own tools accept: Java', async function () {
    await accept(this, await lookAtJava(out));
  });

  for (const path of programs.filter((each) => !each.endsWith('.java'))) {
    it(`are what the language’s own tools accept: ${path.replace(/^src\/\w+\//, '')}`, async function () {
      await accept(this, looks[extname(path)]!(join(root, path), out));
    });
  }
});

describe('a bundle', function () {
  it('contains the texts of the programs and reads no files', async () => {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ['src/cli/tiebreak.ts', 'src/extension/host/executionServices.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['vscode', 'node:*'],
      outdir: out(),
      write: false,
      logLevel: 'silent',
      plugins: [programTexts],
      loader: { '.node': 'empty' },
    });
    for (const { path, text } of outputFiles.filter(({ path: file }) => file.endsWith('.js'))) {
      assert.doesNotMatch(text, /programText\(import\.meta/, path);
      for (const program of programs) {
        const lines = readFileSync(join(root, program), 'utf8').match(/^[ -~]+$/gm) ?? [];
        const longest = lines.reduce((best, line) => (line.length > best.length ? line : best), '');
        assert.ok(
          escapesOf(longest).some((line) => text.includes(line)),
          `${basename(path)} lacks ${program}`,
        );
      }
    }
  });

  /** A folder that is named but never written to. */
  function out(): string {
    return join(tmpdir(), 'tiebreak-bundle');
  }

  /** A line as it can appear in a JavaScript string. */
  function escapesOf(line: string): string[] {
    const json = JSON.stringify(line).slice(1, -1);
    const inTemplate = line.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
    const inSingle = line.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    return [json, inTemplate, inSingle];
  }
});
