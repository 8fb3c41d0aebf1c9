import type { Case } from '../../core/task.ts';
import type { SandboxFile, SandboxOutcome } from '../sandbox.ts';
import type { Program, ProgramContext, Reading } from '../toolchain.ts';
import {
  baseEnvironment,
  commandProgram,
  definedFunction,
  functionName,
  mainFile,
  ownFolder,
  readCall,
  readCommand,
  readStdin,
  unexpectedKind,
  type CaseOf,
} from './shared.ts';
import { readUnit } from './unit.ts';

// What languages have in common whose interpreter runs the answer's file as it is, and a wrapper beside it.

export interface Scripting {
  readonly usualFile: string;
  readonly extensions: readonly string[];
  /** Finds the name of the first function that a file defines. */
  readonly definition: RegExp;
  /** The interpreter's command line for a file. */
  readonly run: (context: ProgramContext, path: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The wrapper that calls a function; it finds its arguments in `argumentsFile`. */
  readonly call: (call: { main: string; name: string | undefined; testCase: CaseOf<'call'> }) => string;
  /** The wrapper that runs a test, which lies in a file of its own. */
  readonly unit: (unit: {
    main: string;
    tests: string;
    testCase: CaseOf<'unit'>;
    found: ProgramContext['found'];
  }) => {
    readonly wrapper: string;
    /** The arguments where the wrapper itself is not what is run. */
    readonly argv?: readonly string[];
    readonly more?: readonly SandboxFile[];
  };
  /** The name of the file that the test lies in, beside the answer's. */
  readonly testsFile: (testCase: CaseOf<'unit'>) => string;
}

/** JSON texts of the arguments of a call, as one list. */
export const argumentsFile = `${ownFolder}/arguments.json`;

/** The program that runs one case of a scripting language. */
export function scriptProgram(language: Scripting, testCase: Case, context: ProgramContext): Program {
  const { found, files, entry } = context;
  const main = mainFile(files, entry, language.usualFile, language.extensions);
  const extension = language.extensions[0] ?? '';
  const env = { ...baseEnvironment(found), ...found.env, ...language.env };
  switch (testCase.kind) {
    case 'call': {
      const path = `${ownFolder}/call${extension}`;
      const name = functionName(testCase, entry, files) ?? definedFunction(files, main, language.definition);
      const wrapper = { path, text: language.call({ main, name, testCase }) };
      const given = { path: argumentsFile, text: JSON.stringify(testCase.args) };
      return {
        argv: language.run(context, path),
        files: [...files, wrapper, given],
        env,
        channel: true,
      };
    }
    case 'unit': {
      const path = `${ownFolder}/test${extension}`;
      const tests = language.testsFile(testCase);
      const { wrapper, argv, more = [] } = language.unit({ main, tests, testCase, found });
      return {
        argv: argv ?? language.run(context, path),
        files: [...files, { path, text: wrapper }, { path: tests, text: testCase.source }, ...more],
        env,
        channel: true,
      };
    }
    case 'command':
      return commandProgram(testCase, files, env);
    case 'stdin':
      return { argv: language.run(context, main), files, env, stdin: testCase.input };
    case 'sql':
      throw unexpectedKind(testCase);
  }
}

/** Reads the outcome of `scriptProgram`, or of any program whose wrappers send frames. */
export function readScript(testCase: Case, outcome: SandboxOutcome): Reading {
  switch (testCase.kind) {
    case 'call':
      return readCall(testCase, outcome);
    case 'unit':
      return readUnit(outcome);
    case 'command':
      return readCommand(testCase, outcome);
    case 'stdin':
      return readStdin(testCase, outcome);
    case 'sql':
      throw unexpectedKind(testCase);
  }
}
