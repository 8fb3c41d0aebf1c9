import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import { detectNative } from '../runner/languages/shared/native.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { localCheck } from './localCheck.ts';
import { isDeclared } from './ownNames.ts';
import { findingsIn } from './findingLines.ts';
import { rangesIn, type Ranges } from './ranges.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** The compiler options in which C and C++ differ. */
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

/** The warnings of GCC and of Clang for C and C++: four checks. If both compilers are installed, both run. */
export function createNativeChecks(bench: Workbench, find = detectCompiler): Check[] {
  return (['c', 'cpp'] as const).flatMap((dialect) => [
    nativeCheck(bench, dialect, 'gcc', find),
    nativeCheck(bench, dialect, 'clang', find),
  ]);
}

function nativeCheck(
  bench: Workbench,
  dialect: Dialect,
  compiler: Compiler,
  find: typeof detectCompiler,
): Check {
  const { extensions, standard, programs } = dialects[dialect];
  const program = programs[compiler];
  return localCheck(bench, {
    id: program,
    languages: [dialect],
    extensions,
    find: () => find(dialect, program),
    over(found, files, paths) {
      const copies = files.map((file) => ({ ...file, text: withoutDirectives(file.text) }));
      return {
        argv: [
          found.program,
          standard,
          ...options,
          ...formatOf(found),
          ...withoutOperator(files),
          '-I.',
          ...paths,
        ],
        files: copies,
        read: ({ stderr }) =>
          readCompiler(stderr, program, files).filter((each) => !isOfOurComment(each, files, copies)),
      };
    },
  });
}

const options = '-fsyntax-only -Wall -Wextra -fno-diagnostics-color -fmessage-length=0'.split(' ');

/**
 * GCC supports JSON in versions 9 to 14. For other versions and for Clang, the stable form is one line per
 * message.
 */
function formatOf({ name, version }: FoundToolchain): string[] {
  return name === 'GCC' && writesJson(version)
    ? ['-fdiagnostics-format=json']
    : ['-fno-caret-diagnostics', '-fno-diagnostics-fixit-info'];
}

const splice = String.raw`\\[ \t]*\r?\n`;
const spliced = (word: string): string => Array.from(word).join(`(?:${splice})*`);
/** What may stand between the words of a directive. Bounded, so that the search is fast. */
const gap = String.raw`(?:[ \t\v\f]|${splice}|/\*(?:[^*]|\*(?!/)){0,1000}\*/){0,100}`;
const words = [
  spliced('line') + String.raw`\b`,
  String.raw`\d`,
  `${spliced('pragma')}${gap}(?:${spliced('GCC')}|${spliced('clang')})${gap}(?:${spliced('diagnostic')}|${spliced('system_header')})`,
].join('|');
/** Directives that turn off warnings or move the places of messages to another file. */
const silencer = new RegExp(
  String.raw`(^|\*/)([ \t\v\f]*)(#|${spliced('%:')})((?:${splice})*)(${gap}(?:${words}))`,
  'gm',
);

/** Turns the directives that would silence the compiler into comments; lines and columns stay. */
function withoutDirectives(text: string): string {
  return text.replaceAll(
    silencer,
    (_, start: string, blanks: string, mark: string, between: string, rest: string) =>
      mark === '#'
        ? `${start}${blanks}/${between}/${rest.slice(1)}`
        : `${start}${blanks}${mark.replace('%', '/').replace(':', '/')}${between}${rest}`,
  );
}

/** Whether a warning is about the several lines of a comment that was a directive. */
function isOfOurComment(
  { code, file, range }: Diagnostic,
  files: readonly SourceFile[],
  copies: readonly SourceFile[],
): boolean {
  if (code !== 'comment') return false;
  const index = files.findIndex(({ path }) => path === file.replace(/^\.\//, ''));
  const [before, after] = [files, copies].map((all) => all[index]?.text.split('\n')[range.startLine - 1]);
  return before !== after;
}

/**
 * The option that makes `_Pragma` a macro without effect, if an answer may use this operator to turn off warnings. An answer can
 * build the operator and its text with macros, so that the text alone does not tell.
 */
function withoutOperator(files: readonly SourceFile[]): string[] {
  const mayUse = files.some(({ text }) => operator.test(text.replaceAll(new RegExp(splice, 'g'), '')));
  return mayUse ? ['-D_Pragma(text)='] : [];
}

const operator = /_Pragma\b(?!\s*\(\s*"\s*(?:omp|once|pack|STDC)\b)|##/;

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

/** What the messages are read with. */
interface Reading {
  readonly source: string;
  readonly files: readonly SourceFile[];
  readonly ranges: Ranges;
}

/** Reads both forms. */
function readCompiler(stderr: string, source: string, files: readonly SourceFile[]): Diagnostic[] {
  const reading = { source, files, ranges: rangesIn(files) };
  return findingsIn(stderr, (line) =>
    line.startsWith('[') ? readJson(line, reading) : readLine(line, reading),
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

function readJson(line: string, reading: Reading): Diagnostic[] {
  return jsonSchema.parse(JSON.parse(line)).flatMap(({ kind, message, option, locations }) => {
    const caret = locations[0]?.caret;
    if (caret === undefined) return [];
    return [diagnostic({ ...caret, kind, message, option }, reading)];
  });
}

const lineForm =
  /^(?<file>[^:]+):(?<line>\d+):(?<column>\d+): (?<kind>(?:fatal )?error|warning): (?<message>.*)$/;

function readLine(line: string, reading: Reading): Diagnostic[] {
  const found = lineForm.exec(line)?.groups;
  if (found === undefined) return [];
  const { file = '', kind = '' } = found;
  const [, message = '', option] = /^(.*?)(?: \[(-W[^\]]+)\])?$/.exec(found['message']!) ?? [];
  const place = { file, line: Number(found['line']), column: Number(found['column']) };
  return [diagnostic({ ...place, kind, message, option }, reading)];
}

interface Said extends z.infer<typeof pointSchema> {
  readonly kind: string;
  readonly message: string;
  readonly option: string | undefined;
}

function diagnostic(
  { file, line, column, kind, message, option }: Said,
  { source, files, ranges }: Reading,
): Diagnostic {
  const category = categoryOf(message, option, files);
  // A missing header may belong to a library that is not installed here. An undeclared function does not
  // exist.
  const isAbsent = absentHeader.test(message);
  const isError = kind.includes('error') || category === 'unknown-api';
  return {
    file,
    range: ranges.at(file, line, column),
    severity: isAbsent ? 'info' : isError ? 'error' : 'warning',
    code: option?.replace(/^-W(?:error=)?/, '') ?? 'error',
    message: isAbsent ? `${message}: it is not installed here, or does not exist` : message,
    source,
    category,
  };
}

const absentHeader = /(?:: No such file or directory|' file not found)$/;
/** Messages of GCC and Clang about unknown members, and about functions that no header declares. */
const unknown =
  /undeclared function|has no member named|is not a member of|no member named|no (?:type|template) named .* in|implicit declaration of function|implicitly declaring/;
const undefinedName = /undeclared|was not declared in this scope|does not name a type|unknown type name/;
/** The type or the namespace without the member, as in `'struct point' has no member named 'z'`. */
const withoutMember =
  /^[‘'](?:const )?(?:struct |union |class )?(?<a>\w+)(?!\w)[^’']*[’'](?: \{aka [^}]*\})? has no member|is not a member of [‘'](?<b>\w+)[’']|no (?:member|type|template) named .* in (?:namespace )?[‘'](?:struct |union |class )?(?<c>\w+)/;
const unknownOptions = ['-Wimplicit-function-declaration', '-Wimplicit-int-declaration'];
const syntax = /^(?:expected |stray |missing terminating|unterminated|extraneous |invalid preprocessing)/;

function categoryOf(
  message: string,
  option: string | undefined,
  files: readonly SourceFile[],
): Diagnostic['category'] {
  const { a, b, c } = withoutMember.exec(message)?.groups ?? {};
  if (isDeclared(a ?? b ?? c, files)) return 'type';
  if (absentHeader.test(message) || unknown.test(message)) return 'unknown-api';
  if (option !== undefined && unknownOptions.some((name) => option.endsWith(name.slice(2))))
    return 'unknown-api';
  if (undefinedName.test(message)) return 'other';
  if (syntax.test(message)) return 'syntax';
  return option?.startsWith('-Wunused') === true ? 'style' : 'type';
}
