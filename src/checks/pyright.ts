import { join } from 'node:path';
import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import { scratchFolder } from '../runner/sandbox.ts';
import type { FoundToolchain, MissingToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { shippedTool, shippedVersion, type CheckParts } from './shippedTool.ts';
import { runTool, type MissingTool, type Tool } from './tool.ts';

export interface PyrightParts extends CheckParts {
  /** The Python whose packages imports are looked up in. */
  readonly python: () => Promise<FoundToolchain | MissingToolchain>;
}

/** Names, members and calls that do not exist: what an answer has made up. */
const unknownApi = new Set([
  'reportAttributeAccessIssue',
  'reportUndefinedVariable',
  'reportCallIssue',
  'reportMissingImports',
  'reportMissingModuleSource',
]);

/**
 * Pyright's basic rules, less loud where they speak of a type that cannot be proven rather than of a fault. A package
 * that is not installed here may well exist.
 */
const rules = {
  reportMissingImports: 'information',
  reportMissingModuleSource: 'information',
  reportOptionalMemberAccess: 'warning',
  reportOptionalSubscript: 'warning',
  reportOptionalIterable: 'warning',
  reportOptionalCall: 'warning',
  reportOptionalOperand: 'warning',
  reportArgumentType: 'warning',
  reportAssignmentType: 'warning',
  reportReturnType: 'warning',
  reportOperatorIssue: 'warning',
  reportIndexIssue: 'warning',
  reportGeneralTypeIssues: 'warning',
  reportInvalidTypeForm: 'warning',
  reportInvalidTypeVarUse: 'information',
  reportRedeclaration: 'warning',
  reportSelfClsParameterName: 'information',
  reportIncompatibleMethodOverride: 'information',
  reportIncompatibleVariableOverride: 'information',
} as const;

/** Settings that an answer may bring along must not decide how it is checked. */
const settings = new Set(['pyrightconfig.json', 'pyproject.toml']);

/** Type-checks Python answers. */
export function createPyright(parts: PyrightParts): Check {
  const folder = join(parts.checkersDir, 'pyright');
  return {
    id: 'pyright',
    languages: ['python'],
    check: (request, signal) =>
      runTool('pyright', parts.bench, request, (files) => prepare(parts, folder, files), signal),
  };
}

async function prepare(
  parts: PyrightParts,
  folder: string,
  files: readonly SourceFile[],
): Promise<Tool | MissingTool> {
  const python = await parts.python();
  const found = 'missing' in python ? undefined : python;
  const interpreter = found === undefined ? [] : ['--pythonpath', found.program];
  return shippedTool(parts, {
    version: await shippedVersion(parts, 'pyright'),
    arguments: [join(folder, 'index.js'), '--outputjson', ...interpreter],
    files: [
      ...files.filter((file) => !settings.has(file.path)),
      { path: 'pyrightconfig.json', text: JSON.stringify(configuration(found?.version)) },
    ],
    readOnly: [folder, ...(found?.readOnly ?? [])],
    read: (stdout) => readOutput(stdout, files),
  });
}

function configuration(version: string | undefined): object {
  const [major, minor] = version?.split('.') ?? [];
  return {
    include: ['.'],
    typeCheckingMode: 'basic',
    pythonPlatform: 'Linux',
    ...(minor === undefined ? {} : { pythonVersion: `${major}.${minor}` }),
    ...rules,
  };
}

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

/** Pyright counts from 0, ends exclusive; an error without a rule is one of syntax. */
function readOutput(stdout: string, files: readonly SourceFile[]): Diagnostic[] {
  const { generalDiagnostics } = outputSchema.parse(JSON.parse(stdout));
  const placeOf = ({ file, range }: (typeof generalDiagnostics)[number]): string =>
    `${file}:${range?.start.line ?? 0}`;
  // On a line that does not parse, the names are words of something else, mostly of a sentence.
  const broken = new Set(generalDiagnostics.filter(({ rule }) => rule === undefined).map(placeOf));
  const told = generalDiagnostics.filter((each) => each.rule === undefined || !broken.has(placeOf(each)));
  return told.map(({ file, severity, message, rule, range }) => {
    const source = files.find(({ path }) => file === `${scratchFolder}/${path}`);
    const line = source?.text.split('\n')[range?.start.line ?? 0] ?? '';
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
      message: isElsewhere ? `${message}: only a part of the package is here` : explained(message, rule),
      source: 'pyright',
      category: isForgottenImport(message, rule) ? 'other' : categoryOf(rule, message),
    };
  });
}

/**
 * Whether a name is missed in a package of which the files hold some modules and not what makes it a package: a task may
 * bring only those files of a project that a diff changes.
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

/** What everybody knows and the file does not import: it exists, and the answer only forgot a line. */
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

/** An argument that is given twice exists: the call is wrong, and nothing made up. */
function categoryOf(rule: string | undefined, message: string): Diagnostic['category'] {
  if (rule === undefined) return 'syntax';
  if (rule === 'reportCallIssue' && message.endsWith('is already assigned')) return 'type';
  if (unknownApi.has(rule)) return 'unknown-api';
  return rule === 'reportSelfClsParameterName' ? 'style' : 'type';
}
