import { dirname } from 'node:path/posix';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { absentLibraries, type AbsentLibraries } from './javaImports.ts';
import { localCheck } from './localCheck.ts';
import { placesIn } from './places.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** Everything that javac can warn of, save what speaks of how answers are packed. */
const lints = '-Xlint:all,-path,-processing,-options,-serial';

const options = [
  // A short run: the quick compiler of the virtual machine and its simplest collector.
  ...'-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -implicit:none -d /tmp'.split(' '),
  ...'-encoding UTF-8 -Xmaxerrs 200 -Xmaxwarns 200'.split(' '),
  lints,
];

/** Java's own compiler, without running any annotation processor. */
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
        files: named.map(({ file, path }) => ({ path, text: file.text })),
        reservesMemory: true,
        read: ({ stderr }) => readJavac(stderr, files, originals),
      };
    },
  });
}

/** A public type must lie in a file of its name, which an answer's one block of code does not say. */
function pathByType({ path, text }: SourceFile): string {
  const type =
    /^\s*public\s+(?:(?:final|abstract|sealed|strictfp)\s+)*(?:class|interface|enum|record)\s+(\w+)/m.exec(
      text,
    )?.[1];
  if (!path.endsWith('.java') || type === undefined) return path;
  return dirname(path) === '.' ? `${type}.java` : `${dirname(path)}/${type}.java`;
}

const head =
  /^(?<file>[^:\n]+\.java):(?<line>\d+): (?<kind>error|warning): (?:\[(?<lint>[\w-]+)\] )?(?<message>.*)$/;

/** What javac says in one place. */
interface Said {
  readonly file: SourceFile | undefined;
  readonly line: number;
  readonly column: number | undefined;
  readonly isError: boolean;
  readonly lint: string | undefined;
  readonly message: string;
  /** What it does not know: `class Thing`, `method trimm()`. */
  readonly symbol: string | undefined;
  /** Where it looked for that: `class String`. */
  readonly location: string | undefined;
}

/** Javac has no other form than its lines: a head, the source, a caret below its column, and what it adds. */
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
  const places = placesIn(files);
  return all.flatMap((said) => {
    const { file, line, column, isError, lint } = said;
    if (file === undefined) return [];
    const notFound = all.flatMap((each) => (each.file === file ? (absentPackage(each) ?? []) : []));
    const unknown = unknownName(said, absentLibraries(file, new Set(notFound)), files);
    return [
      {
        file: file.path,
        range: places.at(file.path, line, column),
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
  /** It may be in a library that is not installed here. */
  readonly mayExist: boolean;
  readonly category: Diagnostic['category'];
}

/** What is said of a name that javac does not find; `undefined` where it says something else. */
function unknownName(
  said: Said,
  libraries: AbsentLibraries,
  files: readonly SourceFile[],
): Unknown | undefined {
  const { message, symbol, location } = said;
  const absent = absentPackage(said);
  if (absent !== undefined) {
    const mayExist = libraries.mayHave(absent);
    return {
      message: mayExist ? `${message}, or is not installed here` : message,
      mayExist,
      category: 'unknown-api',
    };
  }
  if (message !== 'cannot find symbol') return undefined;
  const told = symbol === undefined ? message : `${message}: ${symbol}`;
  const name = /^\w+ (\w+)/.exec(symbol ?? '')?.[1] ?? '';
  if (standard.has(name))
    return { message: `${told}: its import is missing`, mayExist: false, category: 'other' };
  const mayExist = isOwnPlace(location, files) && libraries.mayDeclare(name);
  const why = mayExist ? ', which is imported from what is not installed here' : '';
  return { message: `${told}${why}`, mayExist, category: 'unknown-api' };
}

function absentPackage({ message }: Said): string | undefined {
  return /^package (\S+) does not exist$/.exec(message)?.[1];
}

/** Whether a name was looked for in a class of the answer, and not among the members of another one. */
function isOwnPlace(location: string | undefined, files: readonly SourceFile[]): boolean {
  const type = /(?:class|interface|enum|record) (?:[\w.]*\.)?(\w+)/.exec(location ?? '')?.[1];
  if (type === undefined) return true;
  return files.some(({ text }) => new RegExp(`\\b(?:class|interface|enum|record)\\s+${type}\\b`).test(text));
}

/** What everybody knows and the file does not import: it exists, and the answer only forgot a line. */
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

/** The caret stands below the dot of a member that is missing; the name follows it. */
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
