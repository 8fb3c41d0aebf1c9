import type { Case, SourceFile } from '../../core/task.ts';
import { search } from '../detect.ts';
import { decodeOutput } from '../text.ts';
import type { CompileContext, Compiled, Program, ProgramContext, Reading, Toolchain } from '../toolchain.ts';
import { built, builtProgram, compileInSandbox } from './compiling.ts';
import { earlyEndInC, earlyEndOptions, mayNotEndEarly, readEarlyEnd } from './early-end.ts';
import { readScript } from './scripting.ts';
import { baseEnvironment, howItEnded, mainFile } from './shared.ts';

// What C and C++ have in common: one compiler, one program, tests that assert.

/** The name of the file a nameless block becomes, and the extensions of what is compiled. */
export interface NativeLanguage {
  readonly usualFile: string;
  readonly extensions: readonly string[];
  readonly options: readonly string[];
  /** The main file's text with what a case adds to it. */
  readonly withCase: (text: string, testCase: Case, layout: NativeLayout) => string | Compiled;
}

export interface NativeLayout {
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly entry: string | undefined;
}

/** Finds GCC or Clang, which say their version on one line. */
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
    files: [...others, { path: main, text: guarded ? `${whole}${earlyEndInC}` : whole }],
    collect: [built],
  });
  return compiled.ok ? { ok: true, files: [...files, ...compiled.files] } : compiled;
}

/** The answer's own `main` makes room for the one that runs the case; lines keep their numbers. */
export function withoutMain(text: string, main: string): string {
  return `#define main tiebreak_answer_main\n#line 1 "${main}"\n${text}\n#undef main\n`;
}

/** The program that runs one case. */
export function nativeProgram(testCase: Case, { found, files }: ProgramContext): Program {
  return builtProgram(testCase, { files, env: baseEnvironment(found) });
}

/** Reads the outcome; a test that is a program passes when it ends with status 0. */
export function readNative(testCase: Case, outcome: Parameters<Toolchain['read']>[1]): Reading {
  if (testCase.kind !== 'unit') return readScript(testCase, outcome);
  const early = readEarlyEnd(testCase, outcome);
  if (early !== undefined) return early;
  if (outcome.exit === 0) return { verdict: 'pass' };
  const failed = /[Aa]ssertion .*failed/.test(decodeOutput(outcome.stderr));
  return { verdict: failed ? 'fail' : 'error', reason: howItEnded(outcome) };
}
