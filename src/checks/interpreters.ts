import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import type { Toolchains } from '../runner/toolchains.ts';
import type { Check } from './check.ts';
import { localCheck, overEach, type LocalCheck } from './localCheck.ts';
import { placesIn } from './places.ts';
import type { Workbench } from './tool.ts';

// Languages whose interpreter checks syntax and says some warnings, a line each, without a form for machines.

/** What one interpreter is started with, and how its lines are read. */
interface Interpreter extends Pick<LocalCheck, 'id' | 'languages' | 'extensions'> {
  /** Options that make it look without running. */
  readonly options: readonly string[];
  /** Groups: `file`, `line`, `message`, and `warning` where it is no more than that. */
  readonly form: RegExp;
  /** Tells a module that is not there, and a name that nothing declares. */
  readonly absent?: RegExp;
  readonly unknown?: RegExp;
  /** Reads errors only to their first; what follows is its echo. */
  readonly noise?: RegExp;
}

const interpreters: readonly Interpreter[] = [
  {
    id: 'ruby -wc',
    languages: ['ruby'],
    extensions: ['.rb'],
    options: ['-wc'],
    form: /^(?<file>[^:\n]+\.rb):(?<line>\d+): (?<warning>warning: )?(?<message>.*)$/,
  },
  {
    id: 'php -l',
    languages: ['php'],
    extensions: ['.php'],
    options: ['-n', '-d', 'display_errors=stderr', '-l'],
    form: /^(?:PHP )?(?:(?<warning>Warning|Deprecated|Notice)|[A-Z][a-z]+ error):\s+(?<message>.*) in (?<file>\S+\.php) on line (?<line>\d+)$/,
  },
  {
    id: 'perl -wc',
    languages: ['perl'],
    extensions: ['.pl', '.pm', '.t'],
    options: ['-wc'],
    form: /^(?<message>.*?) at (?<file>\S+\.(?:pl|pm|t)) line (?<line>\d+)(?:, .*|\.)?$/,
    absent: /^Can't locate \S+ in @INC/,
    unknown: /^Global symbol|^Undefined subroutine|is not exported by the|^Bareword "[^"]+" not allowed/,
    noise: /had compilation errors|^BEGIN failed/,
  },
  {
    id: 'bash -n',
    languages: ['bash'],
    extensions: ['.sh', '.bash'],
    options: ['-n'],
    form: /^(?<file>[^:\n]+): line (?<line>\d+): (?<warning>warning: )?(?<message>.*)$/,
    // Bash says the line once more after what is wrong with it.
    noise: /^`.*'$/,
  },
];

/** Perl's words for what it doubts and does not refuse. */
const perlWarning =
  /masks earlier|used only once|Useless use|redefined|Scalar value|Possible|Found =|Unquoted string|isn't numeric|deprecated|better written|precedence/;

/** Syntax and warnings by the interpreters themselves. */
export function createInterpreterChecks(bench: Workbench, toolchains: Toolchains): Check[] {
  return interpreters.map((interpreter) =>
    localCheck(bench, {
      ...interpreter,
      find: () => toolchains.detect(interpreter.languages[0]!),
      over: (found, files, paths) => ({
        argv: overEach(found.program, interpreter.options, paths),
        read: ({ stdout, stderr }) => readLines(`${stderr}\n${stdout}`, interpreter, files),
      }),
    }),
  );
}

function readLines(printed: string, interpreter: Interpreter, files: readonly SourceFile[]): Diagnostic[] {
  const { id, form, absent, unknown, noise } = interpreter;
  const places = placesIn(files);
  const seen = new Set<string>();
  return printed.split('\n').flatMap((text): Diagnostic[] => {
    const found = form.exec(text)?.groups;
    const { file = '', line = '1', message = '', warning } = found ?? {};
    const place = `${file}:${line}:${message}`;
    if (found === undefined || noise?.test(message) === true || seen.has(place)) return [];
    seen.add(place);
    const isAbsent = absent?.test(message) === true;
    const isUnknown = isAbsent || unknown?.test(message) === true;
    const isWarning = warning !== undefined || (id.startsWith('perl') && perlWarning.test(message));
    return [
      {
        file,
        range: places.at(file, Number(line)),
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
