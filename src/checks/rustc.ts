import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { localCheck } from './localCheck.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** Names, members, modules and macros that do not exist. */
const unknownApi = new Set(
  'E0405 E0407 E0412 E0422 E0423 E0425 E0432 E0433 E0437 E0438 E0531 E0559 E0560 E0576 E0599 E0609 E0610'.split(
    ' ',
  ),
);
/** What the standard library and the answer itself begin a path with; anything else is a crate. */
const ownPaths = /`(?:std|core|alloc|crate|self|super)\b/;

/** The Rust compiler up to the borrow checker, with its warnings, and without a crate to import. */
export function createRustc(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  return localCheck(bench, {
    id: 'rustc',
    languages: ['rust'],
    extensions: ['.rs'],
    find,
    over: (found, _files, paths) => ({
      argv: [found.program, ...options, rootOf(paths)],
      read: ({ stderr }) => stderr.split('\n').filter(isJson).flatMap(readLine),
    }),
  });
}

/** As a library, so that an answer needs no `main`; then what nobody calls is no fault. */
const options =
  '--error-format=json --edition=2021 --crate-type=lib --crate-name=answer --emit=metadata -o /tmp/answer.rmeta -Adead_code'.split(
    ' ',
  );

/** The file that the others are modules of. */
function rootOf(paths: readonly string[]): string {
  const usual = ['./main.rs', './src/main.rs', './lib.rs', './src/lib.rs'];
  return usual.find((path) => paths.includes(path)) ?? paths[0] ?? usual[0]!;
}

const isJson = (line: string): boolean => line.startsWith('{');

const lineSchema = z.object({
  message: z.string(),
  code: z.object({ code: z.string() }).nullable(),
  level: z.string(),
  spans: z.array(
    z.object({
      file_name: z.string(),
      is_primary: z.boolean(),
      line_start: z.int(),
      line_end: z.int(),
      column_start: z.int(),
      column_end: z.int(),
      label: z.string().nullable(),
    }),
  ),
});

/** One line of JSON; a message without a place is a summary. */
function readLine(line: string): Diagnostic[] {
  const { message, code, level, spans } = lineSchema.parse(JSON.parse(line));
  const span = spans.find(({ is_primary: isPrimary }) => isPrimary);
  if (span === undefined) return [];
  const name = code?.code ?? 'syntax';
  const said = span.label === null || message.includes(span.label) ? message : `${message}: ${span.label}`;
  const isCrate = (name === 'E0432' || name === 'E0433') && /crate/.test(said) && !ownPaths.test(message);
  return [
    {
      file: span.file_name,
      range: {
        startLine: span.line_start,
        startColumn: span.column_start,
        endLine: span.line_end,
        endColumn: span.column_end,
      },
      severity: isCrate ? 'info' : level === 'error' ? 'error' : 'warning',
      code: name,
      message: isCrate ? `${message}: the crate is not installed here, or does not exist` : said,
      source: 'rustc',
      category: categoryOf(name),
    },
  ];
}

function categoryOf(code: string): Diagnostic['category'] {
  if (unknownApi.has(code)) return 'unknown-api';
  if (code === 'syntax') return 'syntax';
  return code.startsWith('unused') ? 'style' : 'type';
}
