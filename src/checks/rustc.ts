import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { Check } from './check.ts';
import { findingsIn } from './findingLines.ts';
import { localCheck } from './localCheck.ts';
import { isDeclared } from './ownNames.ts';
import { includedModules, silencedByConditions, withoutConditions } from './rustConditions.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** Errors about unknown members and modules. If they belong to a library, the answer made them up. */
const unknownMember = new Set('E0407 E0432 E0433 E0437 E0438 E0559 E0560 E0576 E0599 E0609 E0610'.split(' '));
/** Errors about names that nothing in scope declares. */
const undefinedName = new Set('E0405 E0412 E0422 E0423 E0425 E0531'.split(' '));
/** Path prefixes of the standard library and the answer itself; any other prefix is a crate. */
const ownPaths = /`(?:std|core|alloc|crate|self|super)\b/;

/** The Rust compiler, with unit tests, up to the borrow checker, with its warnings and without external crates. */
export function createRustc(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  return localCheck(bench, {
    id: 'rustc',
    languages: ['rust'],
    extensions: ['.rs'],
    find,
    over: (found, files, paths) => ({
      argv: [
        '/bin/bash',
        '-c',
        script,
        found.program,
        String(Number(hasProgramPart(files))),
        ...rootsOf(files, paths),
      ],
      files: files.map((file) => (file.path.endsWith('.rs') ? withoutConditions(file) : file)),
      read: ({ stdout, stderr }) => {
        const errors = new Set(stdout.split('\n').map((lint) => lint.replaceAll('-', '_')));
        const seen = new Set<string>();
        const said = findingsIn(stderr, (line) => {
          if (!line.startsWith('{') || seen.has(line)) return [];
          seen.add(line);
          return readLine(line, errors, files);
        });
        return [...said, ...files.flatMap(silencedByConditions)];
      },
    }),
  });
}

/**
 * Compiles each root with the unit tests, so that an answer needs no `main`; if a part of the answer is compiled only without them,
 * also without. Unused functions are not reported. All other lints that warn by default are forced, so that attributes of
 * the answer cannot turn them off. Those that are errors by default are printed, because a forced lint only warns.
 */
const script = `
options='--error-format=json --edition=2021 --crate-name=answer --emit=metadata -o /tmp/answer.rmeta -Adead_code'
while read -r lint level _; do
  case $lint:$level in
    warnings:* | dead-code:*) ;;
    *:deny) echo "$lint"; options+=" --force-warn $lint" ;;
    *:warn) options+=" --force-warn $lint" ;;
  esac
done < <("$0" -W help)
for path in "\${@:2}"; do
  "$0" $options --test "$path"
  [ "$1" = 0 ] || "$0" $options --crate-type lib "$path"
done
true
`;

/** Whether some code is compiled only without the unit tests, which is how programs are run. */
function hasProgramPart(files: readonly SourceFile[]): boolean {
  return files.some(
    ({ text }) => /\bcfg(?:_attr)?\b/.test(text) && /\bnot\s*\(/.test(text) && /\btest\b/.test(text),
  );
}

/**
 * The files that no other file includes as a module: each is the root of a program, a library or tests. Modules are
 * compiled with the file that includes them.
 */
function rootsOf(files: readonly SourceFile[], paths: readonly string[]): string[] {
  const included = new Set(files.flatMap(includedModules));
  const roots = paths.filter((path) => {
    const name = /(?<!\w)(\w+)(?:\/mod)?\.rs$/.exec(path)?.[1];
    return name === undefined || !included.has(name);
  });
  return roots.length > 0 ? roots : [...paths];
}

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

/** Parses one line of JSON; skips a message without a position, which is a summary. */
function readLine(line: string, errors: ReadonlySet<string>, files: readonly SourceFile[]): Diagnostic[] {
  const { message, code, level, spans } = lineSchema.parse(JSON.parse(line));
  const span = spans.find(({ is_primary: isPrimary }) => isPrimary);
  if (span === undefined) return [];
  const name = code?.code ?? 'syntax';
  // A lint of our options that this compiler does not have yet.
  if (name === 'unknown_lints' && span.line_end === 1 && span.column_end === 1) return [];
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
      severity: isCrate ? 'info' : level === 'error' || errors.has(name) ? 'error' : 'warning',
      code: name,
      message: isCrate ? `${message}: the crate is not installed here, or does not exist` : said,
      source: 'rustc',
      category: categoryOf(name, message, files),
    },
  ];
}

function categoryOf(code: string, message: string, files: readonly SourceFile[]): Diagnostic['category'] {
  if (undefinedName.has(code)) return message.includes(' in crate `') ? 'unknown-api' : 'other';
  if (unknownMember.has(code)) return isOwn(message, files) ? 'type' : 'unknown-api';
  if (code === 'syntax') return 'syntax';
  return code.startsWith('unused') ? 'style' : 'type';
}

/** Whether the last type, trait or module that a message names belongs to the answer itself. */
function isOwn(message: string, files: readonly SourceFile[]): boolean {
  if (/`(?:crate|self|super)\b/.test(message)) return true;
  const named = [...message.matchAll(/(?:type|struct|enum|union|trait|module) `&?(?:mut )?(\w+)/g)].at(
    -1,
  )?.[1];
  return isDeclared(named, files);
}
