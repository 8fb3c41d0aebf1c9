import { dirname } from 'node:path/posix';
import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import type { FoundToolchain } from '../runner/toolchains/toolchain.ts';
import type { Check } from './check.ts';
import { findingsIn } from './findingLines.ts';
import { localCheck } from './localCheck.ts';
import { isDeclared } from './ownNames.ts';
import { rangesIn } from './ranges.ts';
import { masked } from './silencing.ts';
import type { MissingTool, Workbench } from './tool.ts';

/**
 * Runs the Go compiler with all errors, also over test files, then `go vet`, which needs code that compiles.
 */
export function createGoVet(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  return localCheck(bench, {
    id: 'go vet',
    languages: ['go'],
    extensions: ['.go'],
    find,
    over: (found, files) => ({
      argv: ['/bin/bash', '-c', script, found.program, found.packages?.[0] ?? '', ...foldersOf(files)],
      files: [...masked(files.map(withPackage), place), ...moduleOf(files, found)],
      env: { GOWORK: 'off' },
      reservesMemory: true,
      read: ({ stdout, stderr }) => {
        const [used = '', ...leftOut] = stderr.split(leftOutMark);
        const diagnostics = distinct([
          ...readCompiler(used, files),
          ...readCompiler(leftOut.join(''), files).filter((each) => !isOfOtherSystem(each, files)),
          ...readVet(stdout, files),
        ]);
        if (diagnostics.length === 0 && refusal.test(stderr)) throw new RangeError('go refused the module');
        return diagnostics;
      },
    }),
  });
}

/** Separates the messages about files that Go leaves out. */
const leftOutMark = 'tiebreak: files that Go leaves out';

/**
 * If there is a cache folder, the script copies it as links, because Go writes into its cache. The compiler's
 * messages go to one output and those of the vet to the other. `go build` leaves test files out; `go list` compiles them
 * without linking.
 *
 * Go leaves out files by their build constraints and names. They are checked one by one, each with the files of its package:
 * constraints have no effect on files that are named. The other file of a pair for two systems may declare the same names.
 */
const script = `
go=$0
[ -z "$1" ] || cp -rs "$1" "$GOCACHE"
check() {
  "$go" build -gcflags=-e -o /dev/null "$@"
  "$go" list -e -test -export -gcflags=-e -f '{{range .DepsErrors}}{{.Pos}}: {{.Err}}{{"\\n"}}{{end}}' "$@" >&2
  "$go" vet -json "$@" 2>&1
}
named() { "$go" list -e -f "{{\\$p := .}}{{range .$1}}{{\\$p.Dir}}/{{.}}{{\\"\\n\\"}}{{end}}" "\${@:2}"; }
package() { grep -m 1 -o '^package  *[A-Za-z0-9_]*' "$1"; }
check ./...
exec 3>&1
named IgnoredGoFiles "\${@:2}" | while read -r file; do
  files=("$file")
  while read -r other; do
    [ "$(package "$other")" != "$(package "$file")" ] || files+=("$other")
  done < <(named GoFiles "\${file%/*}")
  echo '${leftOutMark}' >&2
  check "\${files[@]}" 2>&1 >&3 | grep -F -e "\${file#/scratch/}:" |
    grep -v 'redeclared\\|already declared\\|other declaration' >&2
done
true
`;

/** Comments that move the places of messages to another file. */
const place = /(?<=^\/\/|\/\*)line(?= )/gm;

/** What Go prints if it checked nothing, for example because the module is invalid or for a later version. */
const refusal = /^go: (?!warning:|downloading |finding |extracting )/m;

const systems =
  'aix|android|darwin|dragonfly|freebsd|illumos|ios|js|netbsd|openbsd|plan9|solaris|wasip1|windows';
const fileOfSystem = new RegExp(`_(?:${systems})(?:_\\w+)?\\.go$`);
const lineOfSystem = new RegExp(`^//(?:go:build| ?\\+build)[^\\n]*\\b(?:linux|unix|${systems})\\b`, 'm');

/** Whether a file that is for another system uses what `syscall` has only there. */
function isOfOtherSystem({ file, message }: Diagnostic, files: readonly SourceFile[]): boolean {
  if (!message.startsWith('undefined: syscall.')) return false;
  const text = files.find(({ path }) => path === file.replace(/^\.\//, ''))?.text ?? '';
  return fileOfSystem.test(file) || lineOfSystem.test(text);
}

/** The files of a package are checked again with each file that Go leaves out. */
function distinct(found: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function foldersOf(files: readonly SourceFile[]): string[] {
  return [
    ...new Set(files.filter(({ path }) => path.endsWith('.go')).map(({ path }) => `./${dirname(path)}`)),
  ];
}

function moduleOf(files: readonly SourceFile[], { version }: FoundToolchain): SourceFile[] {
  if (files.some(({ path }) => path === 'go.mod')) return [];
  const language = version.split('.').slice(0, 2).join('.');
  return [{ path: 'go.mod', text: `module answer\n\ngo ${language}\n` }];
}

/** Adds a package clause to an answer without one; keeps line numbers. */
function withPackage(file: SourceFile): SourceFile {
  if (!file.path.endsWith('.go') || /^[^\S\r\n\u2028\u2029]*package\s+\w+/m.test(file.text)) return file;
  return { ...file, text: `package answer; ${file.text}` };
}

const lineForm = /^(?<file>[^\s:]+\.go):(?<line>\d+):(?:(?<column>\d+):)? (?<message>.*)$/;
/** The compiler's messages about unknown names, in Go 1.18 and in later versions. */
const unknown =
  /^undefined: \w+\.|undefined \(type .*\)|^unknown field|not (?:declared|exported) by package|is not in (?:GOROOT|std)/;
/** The type without the member, if no package qualifies it: a type of the answer or of the language. */
const typeWithoutMember =
  /(?:undefined \(type|^unknown field .* in struct literal of type) \*?(?<type>\w+)\b(?!\.)/;
/** Messages about a module that would have to be downloaded. */
const absentModule = /no required module provides package|cannot find module|cannot find package/;
const unused = /declared (?:and|but) not used|imported and not used|imported but not used/;

/** Parses `FILE:LINE:COLUMN: message`, the only format of the Go compiler's errors. */
function readCompiler(printed: string, files: readonly SourceFile[]): Diagnostic[] {
  const ranges = rangesIn(files);
  const seen = new Set<string>();
  return findingsIn(printed, (said): Diagnostic[] => {
    const line = said.replace(/^\.\//, '');
    if (seen.has(line)) return [];
    seen.add(line);
    const found = lineForm.exec(line)?.groups;
    if (found === undefined) return [];
    const { file = '', column, message = '' } = found;
    const isAbsent = absentModule.test(message);
    const category = categoryOf(message, files);
    return [
      {
        file,
        range: ranges.at(file, Number(found['line']), column === undefined ? undefined : Number(column)),
        severity: isAbsent ? 'info' : 'error',
        code: /undefined|not in (?:GOROOT|std)|unknown field/.test(message)
          ? 'undefined'
          : category === 'syntax'
            ? 'syntax'
            : 'compile',
        message: isAbsent
          ? `${message.replace(/; to add it:.*$/, '')}: it is not installed here, or does not exist`
          : message,
        source: 'go',
        category,
      },
    ];
  });
}

function categoryOf(message: string, files: readonly SourceFile[]): Diagnostic['category'] {
  if (message.startsWith('syntax error')) return 'syntax';
  if (isDeclared(typeWithoutMember.exec(message)?.groups?.['type'], files)) return 'type';
  if (absentModule.test(message) || unknown.test(message)) return 'unknown-api';
  if (message.startsWith('undefined: ')) return 'other';
  return unused.test(message) ? 'style' : 'type';
}

/** The findings by package and analyser; for a failed analyser, its error instead. */
const vetSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const foundSchema = z.array(z.object({ posn: z.string(), message: z.string() }));

/** Parses JSON with an object for each package, and a line of text for each package that does not compile. */
function readVet(printed: string, files: readonly SourceFile[]): Diagnostic[] {
  const ranges = rangesIn(files);
  const analysers = objectsIn(printed)
    .flatMap((object) => Object.values(vetSchema.parse(JSON.parse(object))))
    .flatMap((byAnalyser) => Object.entries(byAnalyser));
  return analysers.flatMap(([analyser, found]) =>
    (foundSchema.safeParse(found).data ?? []).flatMap(({ posn, message }): Diagnostic[] => {
      const [, file, line, column] = /^(?:\/scratch\/)?(.*):(\d+):(\d+)$/.exec(posn) ?? [];
      if (file === undefined) return [];
      const range = ranges.at(file, Number(line), Number(column));
      return [
        { file, range, severity: 'warning', code: analyser, message, source: 'go vet', category: 'other' },
      ];
    }),
  );
}

/** The JSON objects whose first and last brace are lines of their own. */
function objectsIn(printed: string): string[] {
  const objects: string[] = [];
  let lines: string[] | undefined;
  for (const line of printed.split('\n')) {
    if (lines === undefined && line === '{') lines = [];
    lines?.push(line);
    if (line !== '}' || lines === undefined) continue;
    objects.push(lines.join('\n'));
    lines = undefined;
  }
  return objects;
}
