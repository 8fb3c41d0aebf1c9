import { dirname } from 'node:path/posix';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { absentLibraries, type AbsentLibraries } from './javaImports.ts';
import { localCheck } from './localCheck.ts';
import { isDeclared } from './ownNames.ts';
import { rangesIn } from './ranges.ts';
import { masked } from './silencing.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** All of javac's warnings except those about packaging. */
const lints = '-Xlint:all,-path,-processing,-options,-serial';

const options = [
  // Options for a short run: only the fast JIT compiler and the simplest garbage collector.
  ...'-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -implicit:none -d /tmp'.split(' '),
  ...'-encoding UTF-8 -Xmaxerrs 200 -Xmaxwarns 200'.split(' '),
  lints,
];

/** Java allows a Unicode escape in place of any character. */
const escaped = (word: string): string =>
  Array.from(word, (each) => `(?:${each}|\\\\u+00${each.codePointAt(0)!.toString(16)})`).join('');
const between = String.raw`(?:\s|/\*(?:[^*]|\*(?!/)){0,1000}\*/|//[^\n]{0,1000}\n){0,100}`;
const qualifier = `(?:${escaped('java')}${between}\\.${between}${escaped('lang')}${between}\\.${between})?`;
const values = String.raw`\((?:[^()"]|"(?:[^"\\\n]|\\.)*"|\([^()"]*\))*\)`;
/** The annotation that turns off warnings, with its values. */
const suppression = new RegExp(
  `${escaped('@')}${between}${qualifier}${escaped('SuppressWarnings')}${between}${values}`,
  'g',
);

/** Java's own compiler, without annotation processors. */
export function createJavac(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  return localCheck(bench, {
    id: 'javac',
    languages: ['java'],
    extensions: ['.java'],
    find,
    over(found, files) {
      const named = files.map((file) => ({ file, path: pathByType(file) }));
      const originals = new Map(named.map(({ file, path }) => [path, file.path]));
      const sources = named.filter(({ path }) => path.endsWith('.java'));
      const jars = (found.packages ?? []).join(':');
      return {
        argv: [
          found.program,
          ...options,
          ...(jars === '' ? [] : ['-cp', `${jars}:.`]),
          ...sources.map(({ path }) => `./${path}`),
        ],
        files: masked(
          named.map(({ file, path }) => ({ path, text: file.text })),
          suppression,
          ' ',
        ),
        reservesMemory: true,
        read: ({ stderr }) => readJavac(stderr, files, originals),
      };
    },
  });
}

/**
 * The path that javac requires for a public type; an answer with a single code block does not name its file.
 */
function pathByType({ path, text }: SourceFile): string {
  const type =
    /^[^\S\r\n\u2028\u2029]*public\s+(?:(?:final|abstract|sealed|strictfp)\s+)*(?:class|interface|enum|record)\s+(\w+)/m.exec(
      text,
    )?.[1];
  if (!path.endsWith('.java') || type === undefined) return path;
  return dirname(path) === '.' ? `${type}.java` : `${dirname(path)}/${type}.java`;
}

const head =
  /^(?<file>[^:\n]+\.java):(?<line>\d+): (?<kind>error|warning): (?:\[(?<lint>[\w-]+)\] )?(?<message>.*)$/;

/** One message of javac. */
interface Said {
  readonly file: SourceFile | undefined;
  readonly line: number;
  readonly column: number | undefined;
  readonly isError: boolean;
  readonly lint: string | undefined;
  readonly message: string;
  /** The unknown symbol: `class Thing`, `method trimm()`. */
  readonly symbol: string | undefined;
  /** Where javac searched for the symbol: `class String`. */
  readonly location: string | undefined;
}

/** Reads javac's only format: a header, the source line, a caret below the column, and additional lines. */
export function readJavac(
  stderr: string,
  files: readonly SourceFile[],
  originals: ReadonlyMap<string, string>,
): Diagnostic[] {
  const lines = stderr.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (head.test(line) ? [index] : []));
  const all = starts.map((start, index) => {
    const { file = '', line = '1', kind, lint, message = '' } = head.exec(lines[start]!)!.groups!;
    const block = lines.slice(start + 1, starts[index + 1]);
    const path = originals.get(file.replace(/^\.\//, '')) ?? file;
    const caret = block.find((each) => /^\s*\^$/.test(each));
    const added = (name: string): string | undefined =>
      block
        .map((each) => new RegExp(`^\\s*${name}:\\s*(.*)$`).exec(each)?.[1])
        .find((each) => each !== undefined);
    return {
      file: files.find((each) => each.path === path),
      line: Number(line),
      column: caret === undefined ? undefined : columnOf(caret, block, message),
      isError: kind === 'error',
      lint,
      message,
      symbol: added('symbol')?.replaceAll(/\s+/g, ' '),
      location: added('location'),
    };
  });
  return asDiagnostics(all, files);
}

function asDiagnostics(all: readonly Said[], files: readonly SourceFile[]): Diagnostic[] {
  const ranges = rangesIn(files);
  const known = new Map<SourceFile, AbsentLibraries>();
  const librariesOf = (file: SourceFile): AbsentLibraries => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const notFound = all.flatMap((each) => (each.file === file ? (absentPackage(each) ?? []) : []));
    const libraries = absentLibraries(file, new Set(notFound));
    known.set(file, libraries);
    return libraries;
  };
  return all.flatMap((said) => {
    const { file, line, column, isError, lint } = said;
    if (file === undefined) return [];
    const unknown = unknownName(said, librariesOf(file), files);
    return [
      {
        file: file.path,
        range: ranges.at(file.path, line, column),
        severity: unknown?.mayExist === true ? 'info' : isError ? 'error' : 'warning',
        code: lint ?? (unknown === undefined ? 'error' : 'cant.resolve'),
        message: unknown?.message ?? said.message,
        source: 'javac',
        category: unknown?.category ?? (lint !== undefined ? 'style' : categoryOf(said.message)),
      },
    ];
  });
}

interface Unknown {
  readonly message: string;
  /** The name may be in a library that is not installed here. */
  readonly mayExist: boolean;
  readonly category: Diagnostic['category'];
}

/** The message for a name that javac does not find; `undefined` for any other message. */
function unknownName(
  said: Said,
  libraries: AbsentLibraries,
  files: readonly SourceFile[],
): Unknown | undefined {
  const { message, symbol, location } = said;
  const absent = absentPackage(said);
  if (absent !== undefined) {
    const mayExist = libraries.mayContainPackage(absent);
    return {
      message: mayExist ? `${message}, or is not installed here` : message,
      mayExist,
      category: 'unknown-api',
    };
  }
  if (message !== 'cannot find symbol') return undefined;
  const described = symbol === undefined ? message : `${message}: ${symbol}`;
  const name = /^\w+ (\w+)/.exec(symbol ?? '')?.[1] ?? '';
  if (standard.has(name))
    return { message: `${described}: its import is missing`, mayExist: false, category: 'other' };
  const mayExist = isOwnPlace(location, files) && libraries.mayContainName(name);
  const why = mayExist ? ', which is imported from a library that is not installed here' : '';
  const isMade = mayExist || !isOwnPlace(location, files);
  return { message: `${described}${why}`, mayExist, category: isMade ? 'unknown-api' : 'other' };
}

function absentPackage({ message }: Said): string | undefined {
  return /^package (\S+) does not exist$/.exec(message)?.[1];
}

/** Whether javac searched for a name in a class of the answer, and not among the members of another class. */
function isOwnPlace(location: string | undefined, files: readonly SourceFile[]): boolean {
  const type = /(?:class|interface|enum|record) (?:[\w.]*\.)?(\w+)/.exec(location ?? '')?.[1];
  if (type === undefined) return true;
  return isDeclared(type, files);
}

/** Well-known names that the file does not import: they exist, and only an import line is missing. */
const standard = new Set(
  (
    'ArrayDeque ArrayList Arrays BitSet Calendar Collection Collections Comparator Date Deque EnumMap HashMap HashSet ' +
    'Iterator LinkedHashMap LinkedHashSet LinkedList List Locale Map NoSuchElementException Objects Optional ' +
    'OptionalDouble OptionalInt OptionalLong PriorityQueue Properties Queue Random Scanner Set SortedMap SortedSet Stack ' +
    'StringJoiner Timer TreeMap TreeSet UUID Vector Collectors IntStream LongStream Stream BiFunction Consumer Function ' +
    'Predicate Supplier UnaryOperator BufferedReader BufferedWriter File FileReader FileWriter IOException InputStream ' +
    'InputStreamReader OutputStream PrintWriter Serializable UncheckedIOException Files Path Paths StandardCharsets ' +
    'BigDecimal BigInteger RoundingMode Duration Instant LocalDate LocalDateTime LocalTime DateTimeFormatter Matcher ' +
    'Pattern AtomicInteger AtomicLong Callable CompletableFuture ConcurrentHashMap ExecutorService Executors TimeUnit'
  ).split(' '),
);

/** For a missing member, the caret is below the dot before the name. */
function columnOf(caret: string, block: readonly string[], message: string): number {
  const at = caret.indexOf('^');
  return message === 'cannot find symbol' && block[0]?.[at] === '.' ? at + 2 : at + 1;
}

function categoryOf(message: string): Diagnostic['category'] {
  return /expected|illegal start|reached end of file|unclosed|not a statement|without 'try'|orphaned/.test(
    message,
  )
    ? 'syntax'
    : 'type';
}
