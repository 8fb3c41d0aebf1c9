import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { Toolchains } from '../runner/toolchains/toolchains.ts';
import type { Check } from './check.ts';
import { localCheck, overEach, type LocalCheck } from './localCheck.ts';
import { findingsIn } from './findingLines.ts';
import { perlGuard } from './perlGuard.ts';
import { rangesIn } from './ranges.ts';
import { masked } from './silencing.ts';
import type { Workbench } from './tool.ts';

// Languages whose interpreter checks syntax and prints warnings, one per line, without a machine-readable
// format.

/** How to start an interpreter and read its output. */
interface Interpreter extends Pick<LocalCheck, 'id' | 'languages' | 'extensions'> {
  /** Options for checking without running. */
  readonly options: readonly string[];
  /** Groups: `file`, `line`, `message`, and `warning` if the message is only a warning. */
  readonly form: RegExp;
  /** Matches messages about a missing module or an undeclared name. */
  readonly absent?: RegExp;
  readonly unknown?: RegExp;
  /** Matches messages that only repeat or summarize an earlier error. */
  readonly noise?: RegExp;
  /** Matches words that would silence the interpreter, with the character that masks them. */
  readonly masks?: readonly (readonly [words: RegExp, mask: string])[];
  /** A file that the interpreter loads first, and the findings from what it prints. */
  readonly guard?: {
    readonly file: SourceFile;
    readonly read: (
      printed: string,
      files: readonly SourceFile[],
      found: readonly Diagnostic[],
    ) => Diagnostic[];
  };
}

/** The first line may name another interpreter, or options that turn off warnings. */
const firstLine = [/^#!/g, '#'] as const;

const interpreters: readonly Interpreter[] = [
  {
    id: 'ruby -wc',
    languages: ['ruby'],
    extensions: ['.rb'],
    options: ['-wc'],
    masks: [firstLine, [/warn[-_]indent(?=\s*:)/gi, 'x']],
    form: /^(?<file>[^:\n]+\.rb):(?<line>\d+): (?<warning>warning: )?(?<message>.*)$/,
  },
  {
    id: 'php -l',
    languages: ['php'],
    extensions: ['.php'],
    options: ['-n', '-d', 'display_errors=stderr', '-l'],
    form: /^(?:PHP )?(?:(?<warning>Warning|Deprecated|Notice)|[A-Z][a-z]+ error):\s+(?<message>\S.*) in (?<file>\S+\.php) on line (?<line>\d+)$/,
  },
  {
    id: 'perl -wc',
    languages: ['perl'],
    extensions: ['.pl', '.pm', '.t'],
    // `-W` warns also where the answer turns warnings off.
    options: ['-Wc', ...perlGuard.options],
    masks: [firstLine, [/(?=line[ \t]+\d)(?<=^#[ \t]*)line/gm, 'x'], [/__WARN__/g, 'x']],
    guard: perlGuard,
    form: /^(?<message>.*?) at (?<file>\S+\.(?:pl|pm|t)) line (?<line>\d+)(?:, .*|\.)?$/,
    absent: /^Can't locate \S+ in @INC/,
    unknown: /^Global symbol|^Undefined subroutine|is not exported by the|^Bareword "[^"]+" not allowed/,
    noise: /had compilation errors|^BEGIN failed|^No such signal: SIGx{8}$/,
  },
  {
    id: 'bash -n',
    languages: ['bash'],
    extensions: ['.sh', '.bash'],
    options: ['-n'],
    form: /^(?<file>[^:\n]+): line (?<line>\d+): (?<warning>warning: )?(?<message>.*)$/,
    // Bash repeats the line after its error message.
    noise: /^`.*'$/,
  },
];

/** Perl messages that are warnings, not errors. */
const perlWarning =
  /masks earlier|used only once|Useless use|redefined|Scalar value|Possible|Found =|Unquoted string|isn't numeric|deprecated|better written|precedence/;

/** Syntax errors and warnings from the interpreters themselves. */
export function createInterpreterChecks(bench: Workbench, toolchains: Toolchains): Check[] {
  return interpreters.map((interpreter) =>
    localCheck(bench, {
      ...interpreter,
      find: () => toolchains.detect(interpreter.languages[0]!),
      over: (found, files, paths) => ({
        argv: overEach(found.program, interpreter.options, paths),
        files: checkedFiles(files, interpreter),
        read: ({ stdout, stderr }) => {
          const printed = `${stderr}\n${stdout}`;
          const said = readLines(printed, interpreter, files);
          return [...said, ...(interpreter.guard?.read(printed, files, said) ?? [])];
        },
      }),
    }),
  );
}

function checkedFiles(files: readonly SourceFile[], { masks = [], guard }: Interpreter): SourceFile[] {
  const copies = masks.reduce((before, [words, mask]) => masked(before, words, mask), [...files]);
  return guard === undefined ? copies : [...copies, guard.file];
}

function readLines(printed: string, interpreter: Interpreter, files: readonly SourceFile[]): Diagnostic[] {
  const { id, form, absent, unknown, noise } = interpreter;
  const ranges = rangesIn(files);
  const seen = new Set<string>();
  return findingsIn(printed, (text): Diagnostic[] => {
    const found = form.exec(text)?.groups;
    if (found === undefined) return [];
    const { file = '', line = '1', message = '', warning } = found;
    const place = `${file}:${line}:${message}`;
    if (noise?.test(message) === true || seen.has(place)) return [];
    seen.add(place);
    const isAbsent = absent?.test(message) === true;
    const isUnknown = isAbsent || unknown?.test(message) === true;
    const isWarning = warning !== undefined || (id.startsWith('perl') && perlWarning.test(message));
    return [
      {
        file,
        range: ranges.at(file, Number(line)),
        severity: isAbsent ? 'info' : isWarning ? 'warning' : 'error',
        code: isUnknown ? 'unknown' : isWarning ? 'warning' : 'syntax',
        message: isAbsent
          ? `${message.replace(/ \(.*$/, '')}: it is not installed here, or does not exist`
          : message,
        source: id,
        category: isUnknown ? 'unknown-api' : isWarning ? 'other' : 'syntax',
      },
    ];
  });
}
