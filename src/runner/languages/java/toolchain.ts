import { existsSync, globSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Case, SourceFile } from '../../../core/task/task.ts';
import { archivePath, packCommand } from '../../archive.ts';
import { runtimeStackBytes } from '../../sandbox/stack.ts';
import { search } from '../../toolchains/detect.ts';
import type { CompileContext, Compiled, Toolchain } from '../../toolchains/toolchain.ts';
import { compileInSandbox } from '../shared/compiling.ts';
import { callClass, plainClass, testsClass, wrapperSources } from './wrapper.ts';
import { argumentsFile, readScript } from '../shared/scripting.ts';
import {
  baseEnvironment,
  commandProgram,
  framesFile,
  framesFromFile,
  calledFunction,
  ownFolder,
  textOfFile,
  unexpectedKind,
  type CaseOf,
} from '../shared/shared.ts';
import { javaControls } from './control.ts';
import { missingFramework } from '../shared/unit.ts';

const usualFile = 'Main.java';
const classes = `${ownFolder}/classes`;
/** The names of classes and what to call, determined when compiling and read when running. */
const testsFile = 'TiebreakCase.java';

/**
 * Java with a JDK. Tests: JUnit 5 or 4 if their jars are installed, or a class with a `main` that asserts.
 */
export const java: Toolchain = {
  language: 'java',
  mainFile: usualFile,
  kinds: ['call', 'stdin', 'unit', 'command'],
  reservesMemory: true,
  controls: javaControls,
  selfTest: {
    hello: 'public class Main { public static void main(String[] args) { System.out.println("hello"); } }',
    same: 'public class Main { static Object same(Object x) { return x; } }',
  },
  detect: () =>
    search({
      language: 'java',
      names: ['javac'],
      arguments: ['-J-XshowSettings:properties', '-version'],
      describe: (printed, path) => describeJava(printed, path),
      missing: 'a Java development kit, 17 or later',
      package: 'default-jdk-headless',
      packages: {
        dnf: 'java-21-openjdk-devel',
        zypper: 'java-21-openjdk-devel',
        pacman: 'jdk-openjdk',
        apk: 'openjdk21-jdk',
        brew: 'openjdk',
        winget: 'EclipseAdoptium.Temurin.21.JDK',
        page: 'https://adoptium.net',
      },
    }),
  compileGroup: (testCase) =>
    testCase.kind === 'unit' ? `unit ${testCase.source}` : testCase.kind === 'call' ? 'call' : 'program',
  compile,

  program(testCase, { found, files, entry, limits }) {
    const env = baseEnvironment(found);
    const heap = `-Xmx${Math.floor((limits.memoryBytes * 0.7) / (1 << 20))}m`;
    const run = (...args: string[]): string[] => [
      join(dirname(found.program), 'java'),
      ...virtualMachine.split(' '),
      heap,
      `-Xss${Math.floor(runtimeStackBytes(limits) / 1024)}k`,
      '-cp',
      [classes, ...(found.packages ?? [])].join(':'),
      ...args,
    ];
    const types = files.flatMap((file) => (file.path.endsWith('.java') ? typesOf(textOfFile(file)) : []));
    switch (testCase.kind) {
      case 'call': {
        const name = calledFunction(testCase, { files, main: usualFile, entry }) ?? '';
        const given = { path: argumentsFile, text: JSON.stringify(testCase.args) };
        const argv = run(callClass, name, ...types.map(({ name: type }) => type));
        return { argv, files: [...files, given], env, collect: [framesFile] };
      }
      case 'unit':
        return { argv: run(...testArguments(testCase, types)), files, env, collect: [framesFile] };
      case 'command':
        return commandProgram(testCase, files, env);
      case 'stdin': {
        const named = types.find(({ name }) => name === entry || name.endsWith(`.${entry}`));
        const main = (named?.hasMain === true ? named : types.find(({ hasMain }) => hasMain))?.name;
        return { argv: run(main ?? entry ?? 'Main'), files, env, stdin: testCase.input };
      }
      case 'sql':
        throw unexpectedKind(testCase);
    }
  },
  read: (testCase, outcome) => readScript(testCase, framesFromFile(outcome)),
};

/**
 * The names of JUnit's jars in distributions. The console's jar comes first because it contains all others.
 */
const jarNames = [
  'junit-platform-launcher',
  'junit-platform-engine',
  'junit-platform-commons',
  'junit-jupiter-api',
  'junit-jupiter-engine',
  'junit-jupiter-params',
  'junit-vintage-engine',
  'junit4',
  'hamcrest-core',
  'hamcrest',
  'hamcrest-all',
  'opentest4j',
  'apiguardian-api',
];
const jarFolder = '/usr/share/java';

function describeJava(printed: string, path: string): ReturnType<Parameters<typeof search>[0]['describe']> {
  const home = /java\.home = (.+)/.exec(printed)?.[1]?.trim() ?? dirname(dirname(realpathSync(path)));
  const version = /javac (\S+)/.exec(printed)?.[1] ?? /java\.version = (\S+)/.exec(printed)?.[1];
  if (version === undefined || Number(version.split('.')[0]) < 17) return undefined;
  const jars = jarNames.map((name) => `${jarFolder}/${name}.jar`).filter((jar) => existsSync(jar));
  return {
    name: 'JDK',
    version,
    program: `${home}/bin/javac`,
    // Distributions keep a JDK's settings in /etc and link to them.
    readOnly: [home, ...globSync('/etc/java*-openjdk')],
    packages: jars.map((jar) => realpathSync(jar)),
  };
}

/** One garbage collector thread is enough for an answer. Assertions are enabled. */
const virtualMachine = '-XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData -ea';
/** No annotation processors: they would let the answer's code run during compilation. */
const compilerOptions =
  '-J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-Xmx1g -J-XX:-UsePerfData -proc:none -encoding UTF-8 -nowarn -Xlint:none';

async function compile(files: readonly SourceFile[], context: CompileContext): Promise<Compiled> {
  const { found, cases } = context;
  const [first] = cases;
  const tests: SourceFile[] =
    first?.kind === 'unit' && first.source.trim() !== '' ? [{ path: testsFile, text: first.source }] : [];
  const own = [...files, ...tests].map(underItsName);
  const wrapper = first === undefined ? undefined : wrapperOf(first, own);
  if (wrapper === testsClass && !found.packages?.some((jar) => jar.includes('junit-platform-launcher')))
    return { ok: false, ...missingFramework('JUnit', 'junit5 junit4') };
  const all = [...own, ...(wrapper === undefined ? [] : wrapperSources(wrapper))];
  const sources = all.filter(({ path }) => path.endsWith('.java'));
  const options = [
    ...compilerOptions.split(' '),
    '-d',
    classes,
    '-cp',
    ['.', ...(found.packages ?? [])].join(':'),
  ];
  const script = `mkdir -p ${classes} && "$@" && ${packCommand(classes)}`;
  const compiled = await compileInSandbox(context, {
    argv: [
      '/bin/bash',
      '-c',
      script,
      'compile',
      found.program,
      ...options,
      ...sources.map(({ path }) => `./${path}`),
    ],
    files: all,
    collect: [archivePath],
  });
  return compiled.ok ? { ok: true, files: [...own, ...compiled.files] } : compiled;
}

/** The class that runs the case; `undefined` if the answer's own class does. */
function wrapperOf(
  testCase: Case,
  files: readonly SourceFile[],
): Parameters<typeof wrapperSources>[0] | undefined {
  if (testCase.kind === 'call') return callClass;
  if (testCase.kind !== 'unit') return undefined;
  return usesJUnit(testCase, files) ? testsClass : plainClass;
}

/** If the case has no source of its own, the answer is the test. */
function usesJUnit(testCase: CaseOf<'unit'>, files: readonly { text: string }[]): boolean {
  const texts = testCase.source.trim() === '' ? files.map((file) => file.text) : [testCase.source];
  return testCase.framework === 'junit' || texts.some((text) => /\borg\.junit\b/.test(text));
}

function testArguments(testCase: CaseOf<'unit'>, types: readonly JavaType[]): string[] {
  const own = testCase.source.trim() === '' ? types : typesOf(testCase.source);
  const isJUnit =
    usesJUnit(testCase, []) || (testCase.source.trim() === '' && types.some(({ tests }) => tests));
  if (isJUnit) return [testsClass, ...own.map(({ name }) => name)];
  return [plainClass, (own.find(({ hasMain }) => hasMain) ?? own[0])?.name ?? 'Main'];
}

interface JavaType {
  /** The full name, including the package. */
  readonly name: string;
  readonly isPublic: boolean;
  readonly hasMain: boolean;
  /** The source mentions JUnit. */
  readonly tests: boolean;
}

const publicBefore = /\bpublic\s+(?:(?:abstract|final|sealed|non-sealed|strictfp|static)\s+)*$/;

/** The top-level types of a source, in order. */
function typesOf(source: string): JavaType[] {
  const text = withoutComments(source);
  const place = /^[^\S\r\n\u2028\u2029]*package\s+([\w.]+)\s*;/m.exec(text)?.[1];
  const tests = /\borg\.junit\b/.test(text);
  const types: { word: string; isPublic: boolean; at: number }[] = [];
  let depth = 0;
  let end = 0;
  for (const { 0: found, 1: word, index: at } of text.matchAll(
    /[{}]|\b(?:class|interface|enum|record)\s+(\w+)/g,
  )) {
    if (found === '{') depth += 1;
    else if (found === '}') depth -= 1;
    else if (depth === 0) types.push({ word: word!, isPublic: publicBefore.test(text.slice(end, at)), at });
    end = at + found.length;
  }
  return types.map(({ word, isPublic, at }, index) => ({
    name: place === undefined ? word : `${place}.${word}`,
    isPublic,
    hasMain: /\bstatic\s+(?:final\s+)?void\s+main\s*\(/.test(text.slice(at, types[index + 1]?.at)),
    tests,
  }));
}

/** Empties comments and string literals, so that braces and names in them do not count. */
function withoutComments(source: string): string {
  return source.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/.*|"""[\s\S]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/g,
    (found) => (found.startsWith('/') ? ' ' : '""'),
  );
}

/** javac requires a public type to be in a file of the same name: moves a nameless block to that file. */
function underItsName(file: SourceFile): SourceFile {
  if (!file.path.endsWith('.java')) return file;
  const type = typesOf(file.text).find(({ isPublic }) => isPublic);
  if (type === undefined) return file;
  const folder = dirname(file.path);
  const path = join(folder, `${type.name.split('.').at(-1)}.java`);
  return { ...file, path };
}
