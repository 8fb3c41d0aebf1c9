import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import { scratchFolder } from '../runner/sandbox/sandbox.ts';
import { isDeclared } from './ownNames.ts';

/** Rules that report unknown members, modules and parameters. If they belong to a library, the answer made them up. */
const unknownMember = new Set([
  'reportAttributeAccessIssue',
  'reportCallIssue',
  'reportMissingImports',
  'reportMissingModuleSource',
]);

/** The characters of a line in which the names that a message is about are searched. */
const longestLine = 4000;

const placeSchema = z.object({ line: z.int().nonnegative(), character: z.int().nonnegative() });
const outputSchema = z.object({
  generalDiagnostics: z.array(
    z.object({
      file: z.string(),
      severity: z.enum(['error', 'warning', 'information']),
      message: z.string(),
      rule: z.string().optional(),
      range: z.object({ start: placeSchema, end: placeSchema }).optional(),
    }),
  ),
});

/**
 * The diagnostics in the JSON that pyright prints. Its positions count from 0 and their ends are exclusive. An error
 * without a rule is a syntax error.
 */
export function readPyrightOutput(stdout: string, files: readonly SourceFile[]): Diagnostic[] {
  const { generalDiagnostics } = outputSchema.parse(JSON.parse(stdout));
  const placeOf = ({ file, range }: (typeof generalDiagnostics)[number]): string =>
    `${file}:${range?.start.line ?? 0}`;
  // On a line that does not parse, the names are usually words of a sentence.
  const broken = new Set(generalDiagnostics.filter(({ rule }) => rule === undefined).map(placeOf));
  const reported = generalDiagnostics.filter((each) => each.rule === undefined || !broken.has(placeOf(each)));
  const texts = new Map(files.map(({ path, text }) => [`${scratchFolder}/${path}`, text]));
  const split = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const lines = split.get(file) ?? texts.get(file)?.split('\n') ?? [];
    split.set(file, lines);
    return lines;
  };
  return reported.map(({ file, severity, message, rule, range }) => {
    const line = (linesOf(file)[range?.start.line ?? 0] ?? '').slice(0, longestLine);
    const isElsewhere = isOfPartOfPackage(message, line, files);
    return {
      file,
      range: {
        startLine: (range?.start.line ?? 0) + 1,
        startColumn: (range?.start.character ?? 0) + 1,
        endLine: (range?.end.line ?? 0) + 1,
        endColumn: (range?.end.character ?? 0) + 1,
      },
      severity: severity === 'information' || isElsewhere ? 'info' : severity,
      code: rule ?? 'syntax',
      message: isElsewhere ? `${message}: the task has only part of the package` : explained(message, rule),
      source: 'pyright',
      category: categoryOf(rule, message, isOwn(message, line.slice(0, range?.start.character), files)),
    };
  });
}

/**
 * Whether the name is missing only because the files contain some modules of its package but not its `__init__.py`: a task
 * may contain only those files of a project that a diff changes.
 */
function isOfPartOfPackage(message: string, line: string, files: readonly SourceFile[]): boolean {
  const module = message.endsWith('is unknown import symbol')
    ? /^\s*from\s+([\w.]+)\s+import\b/.exec(line)?.[1]
    : /^"\w+" is not a known attribute of module "([\w.]+)"/.exec(message)?.[1];
  if (module === undefined) return false;
  const folder = `/${module.replaceAll('.', '/')}/`;
  const inside = files.flatMap(({ path }) => (`/${path}`.includes(folder) ? [`/${path}`] : []));
  return inside.length > 0 && !inside.some((path) => path.endsWith(`${folder}__init__.py`));
}

/** Well-known names that the file does not import: they exist, and only an import line is missing. */
const wellKnown = new Set(
  (
    'abc argparse array ast asyncio base64 bisect calendar collections contextlib copy csv dataclasses datetime decimal ' +
    'enum fractions functools glob hashlib heapq html io itertools json logging math multiprocessing operator os ' +
    'pathlib pickle platform queue random re secrets shutil signal socket sqlite3 statistics string struct subprocess ' +
    'sys tempfile textwrap threading time timeit traceback types typing unittest urllib uuid xml zipfile np pd plt ' +
    'Any Callable Counter DefaultDict Dict Enum Generator Iterable Iterator List Literal Optional Path Sequence Set ' +
    'Tuple Type TypeVar Union dataclass defaultdict deque lru_cache namedtuple partial reduce timedelta'
  ).split(' '),
);

function isForgottenImport(message: string, rule: string | undefined): boolean {
  const name = /^"(\w+)" is not defined/.exec(message)?.[1];
  return rule === 'reportUndefinedVariable' && name !== undefined && wellKnown.has(name);
}

function explained(message: string, rule: string | undefined): string {
  if (isForgottenImport(message, rule)) return `${message}: its import is missing`;
  return rule === 'reportMissingImports'
    ? `${message}: it is not installed here, or does not exist`
    : message;
}

/**
 * Whether the class, module or function of a message belongs to the answer itself. A message about a call does not name the
 * function; its name is in the line before the position of the message.
 */
function isOwn(message: string, before: string, files: readonly SourceFile[]): boolean {
  const type = /for class "(?:type\[)?(\w+)/.exec(message)?.[1];
  const module = message.endsWith('is unknown import symbol')
    ? /^\s*from\s+([\w.]+)\s+import\b/.exec(before)?.[1]
    : /of module "([\w.]+)"/.exec(message)?.[1];
  const called = /(?<!\w)(\w+)\s*\([^()]*$/.exec(before)?.[1];
  return isDeclared(type ?? called, files) || isOwnModule(module, files);
}

function isOwnModule(module: string | undefined, files: readonly SourceFile[]): boolean {
  if (module === undefined) return false;
  const path = module.replaceAll('.', '/');
  const isFile = files.some((file) => file.path === `${path}.py` || file.path === `${path}/__init__.py`);
  return module.startsWith('.') || isFile;
}

/** A call with too many arguments, or with the same argument twice, is a type error: the answer made nothing up. */
function categoryOf(rule: string | undefined, message: string, own: boolean): Diagnostic['category'] {
  if (rule === undefined) return 'syntax';
  if (rule === 'reportUndefinedVariable') return 'other';
  if (rule === 'reportCallIssue' && !message.startsWith('No parameter named')) return 'type';
  if (unknownMember.has(rule) && !own) return 'unknown-api';
  return rule === 'reportSelfClsParameterName' ? 'style' : 'type';
}
