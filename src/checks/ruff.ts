import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { Check } from './check.ts';
import { installedTool } from './installedTool.ts';
import { localCheck, type LocalCheck } from './localCheck.ts';
import { afterHash, masked } from './silencing.ts';
import type { Workbench } from './tool.ts';

/** Pyflakes, syntax, likely bugs, and comparisons that are always wrong; no style rules. */
const rules = 'E7,E9,F,B,PLE,PLW,RUF006,RUF013,ASYNC,DTZ005';
/** Rules that pyright covers, with types. */
const left = 'F821,F401,E701,E702,E741,B904,PLW2901,PLW1508,PLW0603';

const options = [
  ...'check --isolated --no-cache --exit-zero --output-format=json --ignore-noqa'.split(' '),
  `--select=${rules}`,
  `--ignore=${left}`,
];

const packages = {
  brew: 'ruff',
  winget: 'astral-sh.ruff',
  apt: 'ruff (or: pipx install ruff)',
  page: 'https://docs.astral.sh/ruff',
};

/** Ruff for Python, with our rules and without the answer's settings. */
export function createRuff(bench: Workbench, find = installedRuff()): Check {
  return localCheck(bench, {
    id: 'ruff',
    languages: ['python'],
    extensions: ['.py', '.pyi'],
    find,
    over: (found, files, paths) => ({
      files: masked(files, afterHash('(?:ruff|flake8)(?=:)')),
      argv: [found.program, ...options, ...paths],
      reservesMemory: true,
      read: ({ stdout }) => outputSchema.parse(JSON.parse(stdout)).map(diagnostic),
    }),
  });
}

function installedRuff(): LocalCheck['find'] {
  return installedTool({
    names: ['ruff'],
    version: /^ruff (\d\S*)/m,
    missing: 'Ruff',
    package: 'ruff',
    packages,
  });
}

const placeSchema = z.object({ row: z.int(), column: z.int() });
const findingSchema = z.object({
  filename: z.string(),
  /** For syntax errors, `null` or `invalid-syntax`, depending on the version. */
  code: z.string().nullable(),
  message: z.string(),
  location: placeSchema,
  end_location: placeSchema,
});
const outputSchema = z.array(findingSchema);

function diagnostic(finding: z.infer<typeof findingSchema>): Diagnostic {
  const { filename, code, message, location, end_location: end } = finding;
  const isSyntax = code === null || code === 'invalid-syntax' || code.startsWith('E9');
  return {
    file: filename,
    range: {
      startLine: location.row,
      startColumn: location.column,
      endLine: end.row,
      endColumn: end.column,
    },
    severity: isSyntax || code.startsWith('PLE') ? 'error' : 'warning',
    code: code ?? 'invalid-syntax',
    message,
    source: 'ruff',
    category: isSyntax ? 'syntax' : code.startsWith('F841') ? 'style' : 'other',
  };
}
