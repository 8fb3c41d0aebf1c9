import { join } from 'node:path';
import type { SourceFile } from '../core/task/task.ts';
import { scratchFolder } from '../runner/sandbox/sandbox.ts';
import type { FoundToolchain, MissingToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { programsFolder } from './ownProgram.ts';
import { readPyrightOutput } from './pyrightOutput.ts';
import { shippedTool, shippedVersion, type CheckParts } from './shippedTool.ts';
import { afterHash, masked } from './silencing.ts';
import { runTool, type MissingTool, type Tool } from './tool.ts';

export interface PyrightParts extends CheckParts {
  /** The Python whose packages imports are resolved against. */
  readonly python: () => Promise<FoundToolchain | MissingToolchain>;
}

/**
 * Pyright's basic rules. Rules about types that cannot be proven are warnings, since nothing is known to be
 * wrong. A package that is not installed here may exist.
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

/**
 * Files by which an answer could change its own check: settings, names added to the language, and the marks of a virtual
 * environment, which pyright skips.
 */
const settings =
  /^(?:pyrightconfig\.json|pyproject\.toml)$|(?:^|\/)(?:__builtins__\.pyi|pyvenv\.cfg|(?:bin|Scripts)\/activate|conda-meta\/.*)$/;

/** Pyright skips files and folders with these names, whatever its settings say. */
const skipped = /(?<=^|\/)(?=\.|node_modules\/|__pycache__\/|__editable__\.)/g;

/** Keeps the Python that pyright asks for its search path from importing modules of the answer. */
const isolated = { PYTHONNOUSERSITE: '1', PYTHONSAFEPATH: '1' };

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
  const copies = masked(files, afterHash('pyright(?=:)'))
    .filter(({ path }) => !settings.test(path))
    .map((file) => ({ ...file, path: file.path.replaceAll(skipped, 'tiebreak') }));
  const originals = new Map(
    files.map(({ path }) => [`${scratchFolder}/${path.replaceAll(skipped, 'tiebreak')}`, path]),
  );
  return shippedTool(parts, {
    version: await shippedVersion(parts, 'pyright'),
    arguments: [join(folder, 'index.js'), '--outputjson', ...interpreter],
    files: [...copies, { path: 'pyrightconfig.json', text: JSON.stringify(configuration(found?.version)) }],
    readOnly: [folder, ...(found?.readOnly ?? [])],
    env: isolated,
    warm: {
      kind: 'python',
      program: 'pyright',
      words: [folder, '--outputjson', ...interpreter],
      readOnly: [programsFolder(parts)],
    },
    read: (stdout) =>
      readPyrightOutput(stdout, copies).map((each) => ({
        ...each,
        file: originals.get(each.file) ?? each.file,
      })),
  });
}

function configuration(version: string | undefined): object {
  const [major, minor] = version?.split('.') ?? [];
  return {
    include: ['.'],
    stubPath: '/nowhere',
    enableTypeIgnoreComments: false,
    typeCheckingMode: 'basic',
    pythonPlatform: 'Linux',
    ...(minor === undefined ? {} : { pythonVersion: `${major}.${minor}` }),
    ...rules,
  };
}
