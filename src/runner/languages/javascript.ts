import { textHash } from '../../core/hash.ts';
import type { Case } from '../../core/task.ts';
import { installMend } from '../install.ts';
import { findNode } from '../node-program.ts';
import type { SandboxFile } from '../sandbox.ts';
import type { FoundToolchain, MissingToolchain, Program, Toolchain } from '../toolchain.ts';
import { callProgram, reachedMark, reporterSource, testProgram } from './javascript-wrapper.ts';
import { readScript } from './scripting.ts';
import {
  baseEnvironment,
  commandProgram,
  functionName,
  mainFile,
  ownFolder,
  textOfFile,
  unexpectedKind,
  type CaseOf,
} from './shared.ts';

const usualFile = 'main.js';
const extensions = ['.js', '.mjs', '.cjs'];
const kinds = ['call', 'stdin', 'unit', 'command'] as const;

/** JavaScript on Node.js: a file is a module or a script by what it says. */
export const javascript: Toolchain = {
  language: 'javascript',
  aliases: ['js', 'node', 'mjs', 'cjs', 'ecmascript'],
  mainFile: usualFile,
  kinds,
  reservesMemory: true,
  selfTest: { hello: 'console.log("hello")', same: 'const same = (x) => x;' },
  detect: () => detectNode('javascript'),
  program: nodeProgram,
  read: readScript,
};

/** Node.js as the toolchain of a language that runs on it. */
export async function detectNode(language: string): Promise<FoundToolchain | MissingToolchain> {
  const node = await findNode();
  if (node === undefined) {
    const mend = await installMend('nodejs', { brew: 'node', page: 'https://nodejs.org' });
    return { language, missing: 'Node.js 20.10 or later ("node" on PATH)', mend };
  }
  const { program, version, env, readOnly, options } = node;
  return { language, name: 'Node.js', version, program, readOnly, env, options };
}

type Context = Parameters<Toolchain['program']>[1];

/** The program that runs one case of JavaScript files. */
export function nodeProgram(testCase: Case, { found, files, entry }: Context): Program {
  const main = mainFile(files, entry, usualFile, extensions);
  const env = { ...baseEnvironment(found), ...found.env };
  const run = (...args: string[]): string[] => [found.program, ...(found.options ?? []), ...args];
  switch (testCase.kind) {
    case 'call': {
      const path = `${ownFolder}/call.mjs`;
      const text = callProgram(main, functionName(testCase, entry, files), testCase.args);
      return { argv: run(path), files: [...files, { path, text }], env, channel: true };
    }
    case 'unit':
      return { ...unitProgram(testCase, files, main, entry, run), env, channel: true };
    case 'command':
      return commandProgram(testCase, files, env);
    case 'stdin':
      return { argv: run(main), files, env, stdin: testCase.input };
    case 'sql':
      throw unexpectedKind(testCase);
  }
}

function unitProgram(
  testCase: CaseOf<'unit'>,
  files: readonly SandboxFile[],
  main: string,
  entry: string | undefined,
  run: (...args: string[]) => string[],
): Pick<Program, 'argv' | 'files'> {
  const source = files.find((file) => file.path === main);
  const given = new Set(files.map((file) => file.path));
  const programs = unitPrograms(testCase, main, source === undefined ? '' : textOfFile(source), entry);
  const wrapper = `${ownFolder}/test.mjs`;
  const reporter = `${ownFolder}/reporter.mjs`;
  return {
    argv: run(`--test-reporter=./${reporter}`, '--test-reporter-destination=stdout', wrapper),
    files: [
      ...files,
      // A language that compiles has put them there already.
      ...programs.filter((program) => !given.has(program.path)),
      { path: reporter, text: reporterSource },
      {
        path: wrapper,
        text: testProgram(
          programs.map((program) => program.path),
          borrowsTestFunctions(testCase),
        ),
      },
    ],
  };
}

/**
 * The answer and a test as one program: first simply one after the other; then, for tests that declare a name of the
 * answer's, the tests in a block. Tests that import the answer's file stand alone.
 */
export function unitPrograms(
  testCase: CaseOf<'unit'>,
  main: string,
  text: string,
  entry: string | undefined,
): { readonly path: string; readonly text: string }[] {
  const dot = main.lastIndexOf('.');
  const [stem, extension] = [main.slice(0, dot), main.slice(dot)];
  const name = textHash(testCase.source).slice(0, 12);
  const call = testCase.framework === 'humaneval' && entry !== undefined ? `\n;check(${entry});` : '';
  const tests = `${testCase.source}${call}`;
  const file = stem.slice(stem.lastIndexOf('/') + 1).replace(/[^\w-]/g, '.');
  if (new RegExp(`(from|require\\(|import\\()\\s*['"]\\./${file}(\\.\\w+)?['"]`).test(testCase.source)) {
    return [{ path: `${stem}.tests-${name}${extension}`, text: `${tests}\n${reachedMark}\n` }];
  }
  return [
    { path: `${stem}.tests-${name}${extension}`, text: `${text}\n${tests}\n${reachedMark}\n` },
    { path: `${stem}.block-${name}${extension}`, text: `${text}\n{\n${tests}\n}\n${reachedMark}\n` },
  ];
}

/** Tests in the manner of mocha and jest call functions that nobody defines: those of node:test stand in. */
function borrowsTestFunctions({ source }: { source: string }): boolean {
  const calls = /^\s*(describe|it|test)\s*\(\s*['"`]/m.test(source);
  const has =
    /node:test|\b(?:function|const|let|var)\s+(?:describe|it|test)\b|import\s*\{[^}]*\b(?:describe|it|test)\b/;
  return calls && !has.test(source);
}
