import { textHash } from '../../../core/text/hash.ts';
import type { Case, SourceFile } from '../../../core/task/task.ts';
import { installRemedy } from '../../toolchains/install.ts';
import { runtimeStackBytes } from '../../sandbox/stack.ts';
import { findNode } from '../../toolchains/nodeProgram.ts';
import type {
  CaseProgram,
  DrivenCase,
  DriverProgram,
  FoundToolchain,
  MissingToolchain,
  ProgramContext,
  Toolchain,
} from '../../toolchains/toolchain.ts';
import { nodeControls } from './control.ts';
import { callProgram, drivingProgram, reachedMark, reporter, testProgram } from './wrapper.ts';
import { driverProgram, readScript, scriptProgram, type Scripting } from '../shared/scripting.ts';
import { calledFunction, mainFile, textOfFile, type CaseOf } from '../shared/shared.ts';

const kinds = ['call', 'stdin', 'unit', 'command'] as const;

/** JavaScript on Node.js. A file's content determines whether it is a module or a script. */
export const javascript: Toolchain = {
  language: 'javascript',
  mainFile: 'main.js',
  kinds,
  reservesMemory: true,
  selfTest: { hello: 'console.log("hello")', same: 'const same = (x) => x;' },
  controls: nodeControls,
  detect: () => detectNode('javascript'),
  driver: nodeDriver,
  program: nodeProgram,
  read: readScript,
};

/** Node.js as the toolchain of a language that runs on it. */
export async function detectNode(language: string): Promise<FoundToolchain | MissingToolchain> {
  const node = await findNode();
  if (node === undefined) {
    const remedy = await installRemedy('nodejs', { brew: 'node', page: 'https://nodejs.org' });
    return { language, missing: 'Node.js 20.10 or later ("node" on PATH)', remedy };
  }
  const { program, version, env, readOnly, options } = node;
  return { language, name: 'Node.js', version, program, readOnly, env, options };
}

/** The program with its options. Without `--stack-size`, Node.js takes 1 MiB of the stack, whatever its size. */
function nodeCommand({ found, limits }: ProgramContext): string[] {
  const stack = `--stack-size=${Math.floor(runtimeStackBytes(limits) / 1024)}`;
  return [found.program, ...(found.options ?? []), stack];
}

const scripting: Scripting = {
  usualFile: 'main.js',
  extensions: ['.js', '.mjs', '.cjs'],
  run: (context, path) => [...nodeCommand(context), path],
  call: ({ main, name, testCase }) => callProgram(main, name, testCase.args),
  unit({ main, testCase, context }) {
    const { files, entry } = context;
    const source = files.find((file) => file.path === main);
    const given = new Set(files.map((file) => file.path));
    const programs = unitPrograms(testCase, main, source === undefined ? '' : textOfFile(source), entry);
    // A language with a compiler has already added the programs.
    const compiled = programs.map((program) => {
      const made = files.find((file) => file.path === program.path);
      return made === undefined ? program : { path: made.path, text: textOfFile(made) };
    });
    const wrapper = testProgram(compiled, borrowsTestFunctions(testCase));
    const reporting = [`--test-reporter=./${reporter.path}`, '--test-reporter-destination=stdout'];
    return {
      main: wrapper.main,
      argv: [...nodeCommand(context), ...reporting, wrapper.main],
      files: [...programs.filter(({ path }) => !given.has(path)), reporter, ...wrapper.files],
    };
  },
};

/** The program that calls a function of JavaScript files many times. Programs that read an input have none. */
export function nodeDriver(testCase: DrivenCase, context: ProgramContext): DriverProgram | undefined {
  if (testCase.kind !== 'call') return undefined;
  const { files, entry, limits } = context;
  const main = mainFile(files, entry, scripting.usualFile, scripting.extensions);
  const name = calledFunction(testCase, { files, main, entry }, scripting.definition);
  return driverProgram(scripting, drivingProgram(main, name, limits.wallMs), context);
}

/** The program that runs one case of JavaScript files. */
export function nodeProgram(testCase: Case, context: ProgramContext): CaseProgram {
  return scriptProgram(scripting, testCase, context);
}

/**
 * The answer and its tests as one program, in two variants: first concatenated; then, for tests that declare
 * a name of the answer again, with the tests in a block. Tests that import the answer's file run on their
 * own.
 */
export function unitPrograms(
  testCase: CaseOf<'unit'>,
  main: string,
  text: string,
  entry: string | undefined,
): SourceFile[] {
  const dot = main.lastIndexOf('.');
  const [stem, extension] = [main.slice(0, dot), main.slice(dot)];
  const name = textHash(testCase.source).slice(0, 12);
  const call = testCase.framework === 'humaneval' && entry !== undefined ? `\n;check(${entry});` : '';
  const tests = `${testCase.source}${call}`;
  const file = stem.slice(stem.lastIndexOf('/') + 1).replace(/[^\w-]/g, '.');
  if (new RegExp(`(from|require\\(|import\\()\\s*['"]\\./${file}(\\.\\w+)?['"]`).test(testCase.source)) {
    return [{ path: `${stem}.tests-${name}${extension}`, text: `${tests}\n${reachedMark(0)}\n` }];
  }
  const lines = text.split('\n').length;
  const alone = `${text}\n${tests}\n${reachedMark(lines)}\n`;
  const inBlock = `${text}\n{\n${tests}\n}\n${reachedMark(lines + 1)}\n`;
  return [
    { path: `${stem}.tests-${name}${extension}`, text: alone },
    { path: `${stem}.block-${name}${extension}`, text: inBlock },
  ];
}

/** Tests in the style of mocha and jest call functions that they do not import: node:test provides them. */
function borrowsTestFunctions({ source }: { source: string }): boolean {
  const calls = /^[^\S\r\n\u2028\u2029]*(describe|it|test)\s*\(\s*['"`]/m.test(source);
  const has =
    /node:test|\b(?:function|const|let|var)\s+(?:describe|it|test)\b|import\s*\{[^}]*\b(?:describe|it|test)\b/;
  return calls && !has.test(source);
}
