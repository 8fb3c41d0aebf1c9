import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { localCheck } from './localCheck.ts';
import { placesIn } from './places.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** The Go compiler with all of its errors, and then `go vet`, which wants code that compiles. */
export function createGoVet(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  return localCheck(bench, {
    id: 'go vet',
    languages: ['go'],
    extensions: ['.go'],
    find,
    over: (found, files) => ({
      argv: ['/bin/bash', '-c', script, found.program, ...(found.packages ?? [])],
      files: [...files.map(withPackage), ...moduleOf(files, found)],
      reservesMemory: true,
      read: ({ stdout, stderr }) => [...readCompiler(stderr, files), ...readVet(stdout, files)],
    }),
  });
}

/**
 * The folder of a cache, where there is one, is linked to: Go writes beside what it finds. What the compiler says comes on
 * the one output, what the vet says on the other.
 */
const script = `
[ -z "$1" ] || cp -rs "$1" "$GOCACHE"
"$0" build -gcflags=-e -o /dev/null ./...
"$0" vet -json ./... 2>&1
true
`;

function moduleOf(files: readonly SourceFile[], { version }: FoundToolchain): SourceFile[] {
  if (files.some(({ path }) => path === 'go.mod')) return [];
  const language = version.split('.').slice(0, 2).join('.');
  return [{ path: 'go.mod', text: `module answer\n\ngo ${language}\n` }];
}

/** An answer without a package clause is a part of a program; lines keep their numbers. */
function withPackage(file: SourceFile): SourceFile {
  if (!file.path.endsWith('.go') || /^\s*package\s+\w+/m.test(file.text)) return file;
  return { ...file, text: `package answer; ${file.text}` };
}

const lineForm = /^(?<file>[^\s:]+\.go):(?<line>\d+):(?:(?<column>\d+):)? (?<message>.*)$/;
/** The compiler's words on names that do not exist, those of Go 1.18 and of later versions. */
const unknown =
  /^undefined: |undefined \(type .*\)|^unknown field|not (?:declared|exported) by package|is not in (?:GOROOT|std)/;
/** A module that would have to be fetched. */
const absentModule = /no required module provides package|cannot find module|cannot find package/;
const unused = /declared (?:and|but) not used|imported and not used|imported but not used/;

/** `FILE:LINE:COLUMN: message`; Go has no other form for the errors of its compiler. */
function readCompiler(printed: string, files: readonly SourceFile[]): Diagnostic[] {
  const places = placesIn(files);
  return printed.split('\n').flatMap((line): Diagnostic[] => {
    const found = lineForm.exec(line)?.groups;
    if (found === undefined) return [];
    const { file = '', column, message = '' } = found;
    const isAbsent = absentModule.test(message);
    const category = categoryOf(message);
    return [
      {
        file,
        range: places.at(file, Number(found['line']), column === undefined ? undefined : Number(column)),
        severity: isAbsent ? 'info' : 'error',
        code: category === 'unknown-api' ? 'undefined' : category === 'syntax' ? 'syntax' : 'compile',
        message: isAbsent
          ? `${message.replace(/; to add it:.*$/, '')}: it is not installed here, or does not exist`
          : message,
        source: 'go',
        category,
      },
    ];
  });
}

function categoryOf(message: string): Diagnostic['category'] {
  if (message.startsWith('syntax error')) return 'syntax';
  if (absentModule.test(message) || unknown.test(message)) return 'unknown-api';
  return unused.test(message) ? 'style' : 'type';
}

/** What was found by package and analyser; an analyser that failed says so instead. */
const vetSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const foundSchema = z.array(z.object({ posn: z.string(), message: z.string() }));

/** JSON, an object a package; a package that does not compile has a line of text instead. */
function readVet(printed: string, files: readonly SourceFile[]): Diagnostic[] {
  const places = placesIn(files);
  const objects = printed.match(/^\{\n[\s\S]*?^\}$/gm) ?? [];
  const analysers = objects
    .flatMap((object) => Object.values(vetSchema.parse(JSON.parse(object))))
    .flatMap((byAnalyser) => Object.entries(byAnalyser));
  return analysers.flatMap(([analyser, found]) =>
    (foundSchema.safeParse(found).data ?? []).flatMap(({ posn, message }): Diagnostic[] => {
      const [, file, line, column] = /^(?:\/scratch\/)?(.*):(\d+):(\d+)$/.exec(posn) ?? [];
      if (file === undefined) return [];
      const range = places.at(file, Number(line), Number(column));
      return [
        { file, range, severity: 'warning', code: analyser, message, source: 'go vet', category: 'other' },
      ];
    }),
  );
}
