import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import { detectNative } from '../runner/languages/native.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { localCheck } from './localCheck.ts';
import { placesIn, type Places } from './places.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** What C and C++ differ in, for a compiler. */
const dialects = {
  c: { extensions: ['.c'], standard: '-std=gnu17', programs: { gcc: 'gcc', clang: 'clang' } },
  cpp: {
    extensions: ['.cpp', '.cc', '.cxx'],
    standard: '-std=gnu++20',
    programs: { gcc: 'g++', clang: 'clang++' },
  },
} as const;
type Dialect = keyof typeof dialects;
type Compiler = 'gcc' | 'clang';

/** The warnings of GCC and those of Clang over C and C++, four checks. Both compilers look where both are installed. */
export function createNativeChecks(bench: Workbench): Check[] {
  return (['c', 'cpp'] as const).flatMap((dialect) => [
    nativeCheck(bench, dialect, 'gcc'),
    nativeCheck(bench, dialect, 'clang'),
  ]);
}

function nativeCheck(bench: Workbench, dialect: Dialect, compiler: Compiler): Check {
  const { extensions, standard, programs } = dialects[dialect];
  const program = programs[compiler];
  return localCheck(bench, {
    id: program,
    languages: [dialect],
    extensions,
    find: () => detectCompiler(dialect, program),
    over: (found, files, paths) => ({
      argv: [found.program, standard, ...options, ...formatOf(found), '-I.', ...paths],
      read: ({ stderr }) => readCompiler(stderr, program, placesIn(files)),
    }),
  });
}

const options = '-fsyntax-only -Wall -Wextra -fno-diagnostics-color -fmessage-length=0'.split(' ');

/** GCC writes JSON from 9 to 14; before and after, and in Clang, one line each is the stable form. */
function formatOf({ name, version }: FoundToolchain): string[] {
  return name === 'GCC' && writesJson(version)
    ? ['-fdiagnostics-format=json']
    : ['-fno-caret-diagnostics', '-fno-diagnostics-fixit-info'];
}

function writesJson(version: string): boolean {
  const [major = 0] = version.split('.').map(Number);
  return major >= 9 && major <= 14;
}

function detectCompiler(dialect: Dialect, program: string): Promise<FoundToolchain | MissingTool> {
  const isClang = program.startsWith('clang');
  return detectNative(dialect, [program], {
    missing: program,
    package: isClang ? 'clang' : dialect === 'c' ? 'gcc libc6-dev' : 'g++',
    packages: isClang
      ? { brew: 'llvm', winget: 'LLVM.LLVM', page: 'https://clang.llvm.org' }
      : { dnf: 'gcc-c++', zypper: 'gcc-c++', pacman: 'gcc', apk: 'build-base', page: 'https://gcc.gnu.org' },
  });
}

/** Reads either form; exported for its tests, since hardly a machine has both compilers. */
export function readCompiler(stderr: string, source: string, places: Places): Diagnostic[] {
  const lines = stderr.split('\n').filter((line) => line !== '');
  return lines.flatMap((line) =>
    line.startsWith('[') ? readJson(line, source, places) : readLine(line, source, places),
  );
}

const pointSchema = z.object({ file: z.string(), line: z.int(), column: z.int() });
const jsonSchema = z.array(
  z.object({
    kind: z.string(),
    message: z.string(),
    option: z.string().optional(),
    locations: z.array(z.object({ caret: pointSchema, finish: pointSchema.optional() })),
  }),
);

function readJson(line: string, source: string, places: Places): Diagnostic[] {
  return jsonSchema.parse(JSON.parse(line)).flatMap(({ kind, message, option, locations }) => {
    const caret = locations[0]?.caret;
    if (caret === undefined) return [];
    return [diagnostic({ ...caret, kind, message, option }, source, places)];
  });
}

const lineForm =
  /^(?<file>[^:]+):(?<line>\d+):(?<column>\d+): (?<kind>(?:fatal )?error|warning): (?<message>.*)$/;

function readLine(line: string, source: string, places: Places): Diagnostic[] {
  const found = lineForm.exec(line)?.groups;
  if (found === undefined) return [];
  const { file = '', kind = '' } = found;
  const [, message = '', option] = /^(.*?)(?: \[(-W[^\]]+)\])?$/.exec(found['message']!) ?? [];
  const place = { file, line: Number(found['line']), column: Number(found['column']) };
  return [diagnostic({ ...place, kind, message, option }, source, places)];
}

interface Said extends z.infer<typeof pointSchema> {
  readonly kind: string;
  readonly message: string;
  readonly option: string | undefined;
}

function diagnostic(
  { file, line, column, kind, message, option }: Said,
  source: string,
  places: Places,
): Diagnostic {
  const category = categoryOf(message, option);
  // A header of a library that is not installed here may well exist; a function that is not declared does not.
  const isAbsent = absentHeader.test(message);
  const isError = kind.includes('error') || category === 'unknown-api';
  return {
    file,
    range: places.at(file, line, column),
    severity: isAbsent ? 'info' : isError ? 'error' : 'warning',
    code: option?.replace(/^-W(?:error=)?/, '') ?? 'error',
    message: isAbsent ? `${message}: it is not installed here, or does not exist` : message,
    source,
    category,
  };
}

const absentHeader = /(?:: No such file or directory|' file not found)$/;
/** GCC and Clang on names that nothing declares. */
const unknown =
  /undeclared|was not declared in this scope|has no member named|is not a member of|no member named|does not name a type|unknown type name|implicit declaration of function|implicitly declaring/;
const unknownOptions = ['-Wimplicit-function-declaration', '-Wimplicit-int-declaration'];
const syntax = /^(?:expected |stray |missing terminating|unterminated|extraneous |invalid preprocessing)/;

function categoryOf(message: string, option: string | undefined): Diagnostic['category'] {
  if (absentHeader.test(message) || unknown.test(message)) return 'unknown-api';
  if (option !== undefined && unknownOptions.some((name) => option.endsWith(name.slice(2))))
    return 'unknown-api';
  if (syntax.test(message)) return 'syntax';
  return option?.startsWith('-Wunused') === true ? 'style' : 'type';
}
