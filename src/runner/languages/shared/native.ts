import type { Case, SourceFile } from '../../../core/task/task.ts';
import { search } from '../../toolchains/detect.ts';
import { decodeOutput, displayText } from '../../outcome/text.ts';
import { caseLine, lineNamed } from '../../outcome/units/caseLine.ts';
import type {
  CompileContext,
  Compiled,
  CaseProgram,
  ProgramContext,
  CaseVerdict,
  Toolchain,
} from '../../toolchains/toolchain.ts';
import { built, builtProgram, compileInSandbox } from './compiling.ts';
import { earlyEndInC, earlyEndOptions, mayNotEndEarly, readEarlyEnd } from './earlyEnd.ts';
import { readScript } from './scripting.ts';
import { baseEnvironment, howItEnded, mainFile, type AnswerSource } from './shared.ts';

// Shared by C and C++: one compiler, one program, tests that assert.

/** The file name for a nameless block, and the extensions of source files. */
export interface NativeLanguage {
  readonly usualFile: string;
  readonly extensions: readonly string[];
  readonly options: readonly string[];
  /** The main file's text with the addition for a case. */
  readonly withCase: (text: string, testCase: Case, source: AnswerSource<SourceFile>) => string | Compiled;
}

/** Finds GCC or Clang, whose version is on one line of their output. */
export function detectNative(
  language: string,
  names: readonly string[],
  wanted: Pick<Parameters<typeof search>[0], 'missing' | 'package' | 'packages'>,
): ReturnType<Toolchain['detect']> {
  return search({
    ...wanted,
    language,
    names,
    arguments: ['--version'],
    describe: (printed, program) => {
      const version = /\b(\d+\.\d+\.\d+)\b/.exec(printed)?.[1];
      const name = printed.includes('clang') ? 'Clang' : 'GCC';
      return version === undefined ? undefined : { name, version, program, readOnly: [program] };
    },
  });
}

/** Compiles all of an answer's sources into one program. */
export async function compileNative(
  language: NativeLanguage,
  files: readonly SourceFile[],
  context: CompileContext,
): Promise<Compiled> {
  const { found, cases, entry } = context;
  const [first] = cases;
  const main = mainFile(files, entry, language.usualFile, language.extensions);
  const text = files.find(({ path }) => path === main)?.text ?? '';
  const whole = first === undefined ? text : language.withCase(text, first, { files, main, entry });
  if (typeof whole !== 'string') return whole;
  const guarded = mayNotEndEarly(first);
  const others = files.filter(({ path }) => path !== main);
  const sources = others.filter(({ path }) =>
    language.extensions.some((extension) => path.endsWith(extension)),
  );
  const compiled = await compileInSandbox(context, {
    argv: [
      found.program,
      ...language.options,
      ...'-O1 -g0 -w -fno-diagnostics-color -I. -o'.split(' '),
      built,
      main,
      ...sources.map(({ path }) => `./${path}`),
      '-lm',
      '-pthread',
      ...(guarded ? earlyEndOptions : []),
    ],
    files: [...others, { path: main, text: guarded ? `${whole}\n${earlyEndInC}` : whole }],
    collect: [built],
  });
  return compiled.ok ? { ok: true, files: [...files, ...compiled.files] } : compiled;
}

/** The name by which the compiler and failed assertions know the code of a case. */
const caseFile = 'tiebreak_case';

/** The line before the code of a case, whose lines count from 1. */
export const caseMark = `#line 1 "${caseFile}"`;

/** Renames the answer's own `main`, so that the case can define `main`; keeps line numbers. */
export function withoutMain(text: string, main: string): string {
  return `#define main tiebreak_answer_main\n#line 1 "${main}"\n${text}\n#undef main\n`;
}

/** The program that runs one case. */
export function nativeProgram(testCase: Case, { found, files }: ProgramContext): CaseProgram {
  return builtProgram(testCase, { files, env: baseEnvironment(found) });
}

/** Reads the outcome; a test that is a program passes if it exits with status 0. */
export function readNative(testCase: Case, outcome: Parameters<Toolchain['read']>[1]): CaseVerdict {
  if (testCase.kind !== 'unit') return readScript(testCase, outcome);
  const early = readEarlyEnd(testCase, outcome);
  if (early !== undefined) return early;
  if (outcome.exit === 0) return { verdict: 'pass' };
  const said = decodeOutput(outcome.stderr);
  const failed = /[Aa]ssertion .*failed/.test(said);
  const line = caseLine(testCase.source, lineNamed(said, caseFile));
  const reason = `${howItEnded(outcome)}${line === undefined ? '' : ` (${line})`}`;
  return { verdict: failed ? 'fail' : 'error', reason: displayText(reason) };
}
