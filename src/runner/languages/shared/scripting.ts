import type { Case } from '../../../core/task/task.ts';
import type { SandboxFile, SandboxOutcome } from '../../sandbox/sandbox.ts';
import type { CaseProgram, CaseVerdict, ProgramContext } from '../../toolchains/toolchain.ts';
import {
  baseEnvironment,
  calledFunction,
  commandProgram,
  framesFile,
  mainFile,
  ownFolder,
  readCall,
  readCommand,
  readStdin,
  unexpectedKind,
  type CaseOf,
} from './shared.ts';
import { readUnit } from './unit.ts';

// Shared by languages whose interpreter runs the answer's file directly, together with a wrapper.

export interface Scripting {
  readonly usualFile: string;
  readonly extensions: readonly string[];
  /**
   * Matches the name of the first function that a file defines; omitted if the wrapper finds the function.
   */
  readonly definition?: RegExp;
  /** The interpreter's command line for a file of the answer. */
  readonly run: (context: ProgramContext, path: string) => readonly string[];
  /** The command line for a wrapper, if it differs. */
  readonly runWrapper?: (context: ProgramContext, path: string) => readonly string[];
  readonly env?: (context: ProgramContext) => Readonly<Record<string, string>>;
  readonly call: (call: WrappedCase<'call'> & { readonly name: string | undefined }) => Wrapper;
  readonly unit: (unit: WrappedCase<'unit'>) => Wrapper;
  /** Wrappers write to `framesFile`, because the language cannot write to a descriptor by its number. */
  readonly framesInFile?: boolean;
}

/** A case, and the answer's file that it starts from. */
export interface WrappedCase<Kind extends Case['kind']> {
  readonly testCase: CaseOf<Kind>;
  readonly main: string;
  readonly context: ProgramContext;
}

/** The files and the command that run a case with the answer. */
export interface Wrapper {
  /** The path of the file to start. */
  readonly main: string;
  readonly files: readonly SandboxFile[];
  /** Arguments after that path. */
  readonly words?: readonly string[];
  /** The whole command line, if it is not the interpreter with that file. */
  readonly argv?: readonly string[];
  readonly collect?: readonly string[];
}

/** The arguments of a call, as one JSON list. */
export const argumentsFile = `${ownFolder}/arguments.json`;

/** A wrapper that is one file, with additional files. */
export function wrapperOf(name: string, text: string, ...beside: readonly SandboxFile[]): Wrapper {
  const main = `${ownFolder}/${name}`;
  return { main, files: [{ path: main, text }, ...beside] };
}

/** The file with the arguments of a call. */
export function argumentsOf(testCase: CaseOf<'call'>): SandboxFile {
  return { path: argumentsFile, text: JSON.stringify(testCase.args) };
}

/** The program that runs one case of a scripting language. */
export function scriptProgram(language: Scripting, testCase: Case, context: ProgramContext): CaseProgram {
  const { found, files, entry } = context;
  const main = mainFile(files, entry, language.usualFile, language.extensions);
  const env = { ...baseEnvironment(found), ...found.env, ...language.env?.(context) };
  switch (testCase.kind) {
    case 'call': {
      const name = calledFunction(testCase, { files, main, entry }, language.definition);
      return { ...wrapped(language, language.call({ main, name, testCase, context }), context), env };
    }
    case 'unit':
      return { ...wrapped(language, language.unit({ main, testCase, context }), context), env };
    case 'command':
      return commandProgram(testCase, files, env);
    case 'stdin':
      return { argv: language.run(context, main), files, env, stdin: testCase.input };
    case 'sql':
      throw unexpectedKind(testCase);
  }
}

/** The program that a driver of a scripting language is. */
export function driverProgram(language: Scripting, driver: Wrapper, context: ProgramContext): CaseProgram {
  const env = { ...baseEnvironment(context.found), ...context.found.env, ...language.env?.(context) };
  return { ...wrapped(language, driver, context), env };
}

function wrapped(language: Scripting, wrapper: Wrapper, context: ProgramContext): Omit<CaseProgram, 'env'> {
  const { run, runWrapper = run, framesInFile = false } = language;
  const collect = [...(wrapper.collect ?? []), ...(framesInFile ? [framesFile] : [])];
  return {
    argv: wrapper.argv ?? [...runWrapper(context, wrapper.main), ...(wrapper.words ?? [])],
    files: [...context.files, ...wrapper.files],
    ...(framesInFile ? {} : { channel: true }),
    ...(collect.length === 0 ? {} : { collect }),
  };
}

/** Reads the outcome of `scriptProgram`, or of any program whose wrappers send frames. */
export function readScript(testCase: Case, outcome: SandboxOutcome): CaseVerdict {
  switch (testCase.kind) {
    case 'call':
      return readCall(testCase, outcome);
    case 'unit':
      return readUnit(testCase, outcome);
    case 'command':
      return readCommand(testCase, outcome);
    case 'stdin':
      return readStdin(testCase, outcome);
    case 'sql':
      throw unexpectedKind(testCase);
  }
}
