import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Case, SourceFile } from '../../../core/task/task.ts';
import { lastLines, search } from '../../toolchains/detect.ts';
import { askProgram } from '../../toolchains/findProgram.ts';
import type { SandboxOutcome } from '../../sandbox/sandbox.ts';
import { decodeOutput } from '../../outcome/text.ts';
import type { CompileContext, Compiled, FoundToolchain, Toolchain } from '../../toolchains/toolchain.ts';
import { readGoTest } from '../../outcome/units/goTest.ts';
import { lineNamed, withCaseLine } from '../../outcome/units/caseLine.ts';
import { readReport, type TestReport } from '../../outcome/units/report.ts';
import {
  built,
  builtProgram,
  compileInSandbox,
  groupByProgram,
  missingFunction,
  unsupported,
} from '../shared/compiling.ts';
import { callFiles } from './wrapper.ts';
import { readScript } from '../shared/scripting.ts';
import { goControls } from './control.ts';
import { baseEnvironment, calledFunction, mainFile, type AnswerSource } from '../shared/shared.ts';

const usualFile = 'main.go';

/** Go with its own tools and the standard library only: there is no network to fetch modules. */
export const go: Toolchain = {
  language: 'go',
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: true,
  controls: goControls,
  selfTest: {
    hello: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n',
    same: 'package main\n\nfunc same(x any) any { return x }\n\nfunc main() {}\n',
  },
  detect: () =>
    search({
      language: 'go',
      names: ['go'],
      arguments: ['env', 'GOROOT', 'GOVERSION'],
      describe: async (printed) => {
        const [root, version] = lastLines(printed, 2);
        const minor = Number(/^go1\.(\d+)/.exec(version ?? '')?.[1] ?? 0);
        if (root === undefined || version === undefined || minor < 18) return undefined;
        const program = `${root}/bin/go`;
        const cache = await standardLibrary(program, root, version);
        return {
          name: 'Go',
          version: version.slice(2),
          program,
          readOnly: [root, ...cache],
          env: goEnvironment,
          packages: cache,
        };
      },
      missing: 'Go 1.18 or later',
      package: 'golang-go',
      packages: {
        dnf: 'golang',
        zypper: 'go',
        pacman: 'go',
        apk: 'go',
        brew: 'go',
        winget: 'GoLang.Go',
        page: 'https://go.dev/dl/',
      },
    }),
  compileGroup: groupByProgram,
  compile,

  program(testCase, { found, files, limits }) {
    // The garbage collector works harder to keep the heap below the limit.
    const memory = { GOMEMLIMIT: String(Math.floor(limits.memoryBytes * 0.8)) };
    const env = { ...baseEnvironment(found), ...goEnvironment, ...memory };
    return builtProgram(testCase, { files, env, unit: ['-test.v', '-test.paniconexit0'] });
  },

  read: (testCase, outcome) =>
    testCase.kind === 'unit'
      ? readReport(withLines(testCase, outcome), outcome)
      : readScript(testCase, outcome),
};

/** The tests of a case with the lines of the case that failed: what a test logged names its line. */
function withLines({ source }: { readonly source: string }, outcome: SandboxOutcome): TestReport {
  const report = readGoTest(`${decodeOutput(outcome.stdout)}\n${panicOf(outcome)}`);
  const stack = decodeOutput(outcome.stderr);
  const tests = report.tests.map((test) => {
    const { message = '', verdict } = test;
    if (verdict !== 'fail' && verdict !== 'error') return test;
    const line =
      lineNamed(message, testFile) ?? (verdict === 'error' ? lineNamed(stack, testFile) : undefined);
    const said = message.replace(`${testFile}:${line}: `, '').replaceAll(`${testFile}:`, 'line ');
    return { ...test, message: withCaseLine(said, source, line) };
  });
  return { ...report, tests };
}

/** The panic message that a test binary printed outside of its report. */
function panicOf(outcome: SandboxOutcome): string {
  return /^panic: .*$/m.exec(decodeOutput(outcome.stderr))?.[0] ?? '';
}

/** The file with the tests of a case. */
const testFile = 'tiebreak_case_test.go';

const goEnvironment = {
  GO111MODULE: 'on',
  GOCACHE: '/tmp/go-cache',
  GOFLAGS: '-mod=mod',
  GOPATH: '/tmp/go',
  GOPROXY: 'off',
  GOTELEMETRY: 'off',
  GOTOOLCHAIN: 'local',
};

/**
 * A build cache that contains the standard library, for Go versions (1.20 and later) that do not include it
 * compiled. Built once for each version, because compiling it takes half a minute of CPU time. Contains
 * nothing of an answer.
 */
async function standardLibrary(program: string, root: string, version: string): Promise<string[]> {
  if (existsSync(`${root}/pkg/linux_${{ x64: 'amd64' }[process.arch as string] ?? process.arch}/fmt.a`))
    return [];
  const home = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(home, 'tiebreak', version);
  if (existsSync(join(folder, 'complete'))) return [folder];
  const env = { ...process.env, ...goEnvironment, GOCACHE: folder };
  const made = await askProgram(program, ['build', 'std'], env, 600_000);
  // Without the cache, each answer's compilation builds the library again: slow, but correct.
  if (made === undefined) return [];
  await writeFile(join(folder, 'complete'), '');
  return [folder];
}

/**
 * Go writes into its build cache. A copy made of links lets it write there and leaves the original unchanged.
 */
function cacheFirst({ packages = [] }: FoundToolchain): string[] {
  const [cache] = packages;
  if (cache === undefined) return [];
  return ['/bin/bash', '-c', `cp -rs "$0" ${goEnvironment.GOCACHE} && exec -- "$@"`, cache];
}

async function compile(files: readonly SourceFile[], context: CompileContext): Promise<Compiled> {
  const { found, cases, entry } = context;
  const [first] = cases;
  const main = mainFile(files, entry, usualFile, ['.go']);
  const folder = dirname(main);
  const sources = files.map((file) => withPackage(file, first?.kind === 'unit'));
  const packageName = /^[^\S\r\n\u2028\u2029]*package\s+(\w+)/m.exec(textAt(sources, main))?.[1] ?? 'main';
  const extra = first === undefined ? [] : extraFile(first, { files, main, folder, packageName, entry });
  if (!Array.isArray(extra)) return extra;
  const asTest = first?.kind === 'call' || first?.kind === 'unit';
  const module = files.some(({ path }) => path === 'go.mod')
    ? []
    : [{ path: 'go.mod', text: `module answer\n\ngo ${found.version.split('.').slice(0, 2).join('.')}\n` }];
  const tool = asTest ? ['test', '-c', '-vet=off'] : ['build'];
  const compiled = await compileInSandbox(context, {
    argv: [...cacheFirst(found), found.program, ...tool, '-o', `./${built}`, `./${folder}`],
    files: [...sources, ...extra, ...module],
    env: goEnvironment,
    collect: [built],
  });
  return compiled.ok ? { ok: true, files: [...files, ...compiled.files] } : compiled;
}

interface GoPackage extends AnswerSource<SourceFile> {
  readonly folder: string;
  readonly packageName: string;
}

/** The file that a case adds to the answer's package: its test, or the wrapper that calls a function. */
function extraFile(testCase: Case, source: GoPackage): SourceFile[] | Compiled {
  const { files, main, folder, packageName } = source;
  if (testCase.kind === 'unit') {
    if (testCase.source.trim() === '') return [];
    const clause = /^[^\S\r\n\u2028\u2029]*package\s+\w+/m.test(testCase.source)
      ? ''
      : `package ${packageName}; `;
    return [{ path: `${folder}/${testFile}`, text: `${clause}${testCase.source}` }];
  }
  if (testCase.kind !== 'call') return [];
  const name = calledFunction(testCase, source, /^func\s+(\w+)/m);
  const [type, method] = name?.split('.') ?? [];
  const text = textAt(files, main) + files.map((file) => file.text).join('\n');
  if (name === undefined || type === undefined) return missingFunction(name);
  if (method === undefined && new RegExp(`^func\\s+${type}\\s*\\[`, 'm').test(text))
    return unsupported(
      `the function "${name}" has type parameters, and JSON arguments do not determine them`,
    );
  const signature =
    method === undefined ? `${type}\\s*\\(` : `\\([^()]*\\b${type}\\s*\\)\\s*${method}\\s*\\(`;
  if (!/^[\w.]+$/.test(name) || !new RegExp(`^func\\s+${signature}`, 'm').test(text))
    return missingFunction(name);
  const target = method === undefined ? type : `new(${type}).${method}`;
  return callFiles(folder, packageName, target);
}

/**
 * An answer without a package clause becomes part of `main`. Test files get a name that marks them as tests.
 */
function withPackage(file: SourceFile, forTests: boolean): SourceFile {
  if (!file.path.endsWith('.go')) return file;
  const text = /^[^\S\r\n\u2028\u2029]*package\s+\w+/m.test(file.text)
    ? file.text
    : `package main; ${file.text}`;
  const isTest = /^func\s+Test\w*\s*\(\s*\w+\s+\*testing\.T\s*\)/m.test(text);
  if (!forTests || !isTest || file.path.endsWith('_test.go')) return { ...file, text };
  return { path: file.path.replace(/\.go$/, '_test.go'), text };
}

function textAt(files: readonly SourceFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? '';
}
