import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Case, SourceFile } from '../../core/task.ts';
import { search } from '../detect.ts';
import { askProgram } from '../find-program.ts';
import type { SandboxOutcome } from '../sandbox.ts';
import { decodeOutput } from '../text.ts';
import type { CompileContext, Compiled, FoundToolchain, Toolchain } from '../toolchain.ts';
import { readGoTest } from '../units/goTest.ts';
import { readReport } from '../units/report.ts';
import {
  built,
  builtProgram,
  compileInSandbox,
  groupByProgram,
  missingFunction,
  unsupported,
} from './compiling.ts';
import { callProgram } from './go-wrapper.ts';
import { readScript } from './scripting.ts';
import { baseEnvironment, definedFunction, functionName, mainFile } from './shared.ts';

const usualFile = 'main.go';

/** Go with its own tools, the standard library alone: there is no network to fetch a module from. */
export const go: Toolchain = {
  language: 'go',
  aliases: ['golang'],
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: true,
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
        const [root, version] = printed.trim().split('\n');
        if (root === undefined || !version?.startsWith('go1.')) return undefined;
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
    // The collector works harder rather than let the heap grow over the limit.
    const memory = { GOMEMLIMIT: String(Math.floor(limits.memoryBytes * 0.8)) };
    const env = { ...baseEnvironment(found), ...goEnvironment, ...memory };
    return builtProgram(testCase, { files, env, unit: ['-test.v', '-test.paniconexit0'] });
  },

  read: (testCase, outcome) =>
    testCase.kind === 'unit'
      ? readReport(readGoTest(`${decodeOutput(outcome.stdout)}\n${panicOf(outcome)}`), outcome)
      : readScript(testCase, outcome),
};

/** What a test binary says of a panic, apart from its report. */
function panicOf(outcome: SandboxOutcome): string {
  return /^panic: .*$/m.exec(decodeOutput(outcome.stderr))?.[0] ?? '';
}

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
 * The folder of a build cache with the standard library in it, where Go (from 1.20 on) does not bring it compiled: made
 * once for a version, since to compile it takes half a minute of processor. It holds nothing of an answer's.
 */
async function standardLibrary(program: string, root: string, version: string): Promise<string[]> {
  if (existsSync(`${root}/pkg/linux_${{ x64: 'amd64' }[process.arch as string] ?? process.arch}/fmt.a`))
    return [];
  const home = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(home, 'tiebreak', version);
  if (existsSync(join(folder, 'complete'))) return [folder];
  const env = { ...process.env, ...goEnvironment, GOCACHE: folder };
  const made = await askProgram(program, ['build', 'std'], env, 600_000);
  // Without it, each answer's compiler makes its own: slow, and right.
  if (made === undefined) return [];
  await writeFile(join(folder, 'complete'), '');
  return [folder];
}

/** Go writes beside what it finds in a cache: a folder of links lets it, and leaves the cache as it is. */
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
  const packageName = /^\s*package\s+(\w+)/m.exec(textAt(sources, main))?.[1] ?? 'main';
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

interface Layout {
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly folder: string;
  readonly packageName: string;
  readonly entry: string | undefined;
}

/** The file that a case adds to the answer's package: its test, or the wrapper that calls a function. */
function extraFile(testCase: Case, layout: Layout): SourceFile[] | Compiled {
  const { files, main, folder, packageName, entry } = layout;
  if (testCase.kind === 'unit') {
    if (testCase.source.trim() === '') return [];
    const clause = /^\s*package\s+\w+/m.test(testCase.source) ? '' : `package ${packageName}; `;
    return [{ path: `${folder}/tiebreak_case_test.go`, text: `${clause}${testCase.source}` }];
  }
  if (testCase.kind !== 'call') return [];
  const name = functionName(testCase, entry, files) ?? definedFunction(files, main, /^func\s+(\w+)/m);
  const [type, method] = name?.split('.') ?? [];
  const text = textAt(files, main) + files.map((file) => file.text).join('\n');
  if (name === undefined || type === undefined) return missingFunction(name);
  if (method === undefined && new RegExp(`^func\\s+${type}\\s*\\[`, 'm').test(text))
    return unsupported(`the function "${name}" has type parameters, which a JSON argument does not tell`);
  const signature = method === undefined ? `${type}\\s*\\(` : `\\([^)]*\\b${type}\\s*\\)\\s*${method}\\s*\\(`;
  if (!/^[\w.]+$/.test(name) || !new RegExp(`^func\\s+${signature}`, 'm').test(text))
    return missingFunction(name);
  const target = method === undefined ? type : `new(${type}).${method}`;
  return [{ path: `${folder}/tiebreak_call_test.go`, text: callProgram(packageName, target) }];
}

/** An answer without a package clause is a part of `main`; tests lie in files that say so by their name. */
function withPackage(file: SourceFile, forTests: boolean): SourceFile {
  if (!file.path.endsWith('.go')) return file;
  const text = /^\s*package\s+\w+/m.test(file.text) ? file.text : `package main; ${file.text}`;
  const isTest = /^func\s+Test\w*\s*\(\s*\w+\s+\*testing\.T\s*\)/m.test(text);
  if (!forTests || !isTest || file.path.endsWith('_test.go')) return { ...file, text };
  return { path: file.path.replace(/\.go$/, '_test.go'), text };
}

function textAt(files: readonly SourceFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? '';
}
