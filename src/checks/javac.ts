import { dirname } from 'node:path/posix';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import type { Sandbox } from '../runner/sandbox.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { localCheck } from './localCheck.ts';
import { placesIn } from './places.ts';
import type { MissingTool } from './tool.ts';

/** Everything that javac can warn of, save what speaks of how answers are packed. */
const lints = '-Xlint:all,-path,-processing,-options,-serial';

const options = [
  // A short run: the quick compiler of the virtual machine and its simplest collector.
  ...'-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -implicit:none -d /tmp'.split(' '),
  ...'-encoding UTF-8 -Xmaxerrs 200 -Xmaxwarns 200'.split(' '),
  lints,
];

/** Java's own compiler, without running any annotation processor. */
export function createJavac(sandbox: Sandbox, find: () => Promise<FoundToolchain | MissingTool>): Check {
  return localCheck(sandbox, {
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

/** Javac has no other form than its lines: a head, the source, a caret below its column, and what it adds. */
export function readJavac(
  stderr: string,
  files: readonly SourceFile[],
  originals: ReadonlyMap<string, string>,
): Diagnostic[] {
  const places = placesIn(files);
  const lines = stderr.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (head.test(line) ? [index] : []));
  return starts.map((start, index) => {
    const block = lines.slice(start + 1, starts[index + 1]);
    const { file = '', line = '1', kind, lint, message = '' } = head.exec(lines[start]!)!.groups!;
    const path = originals.get(file.replace(/^\.\//, '')) ?? file;
    const caret = block.find((each) => /^\s*\^$/.test(each));
    const symbol = /^\s*symbol:\s*(.*)$/m.exec(block.join('\n'))?.[1];
    const isAbsent = /^package \S+ does not exist$/.test(message) && !/^package javax?\./.test(message);
    const isUnknown = message === 'cannot find symbol' || /^package \S+ does not exist$/.test(message);
    return {
      file: path,
      range: places.at(path, Number(line), caret === undefined ? undefined : columnOf(caret, block, message)),
      severity: isAbsent ? 'info' : kind === 'error' ? 'error' : 'warning',
      code: lint ?? (isUnknown ? 'cant.resolve' : 'error'),
      message:
        symbol !== undefined
          ? `${message}: ${symbol.replaceAll(/\s+/g, ' ')}`
          : isAbsent
            ? `${message}, or is not installed here`
            : message,
      source: 'javac',
      category: isUnknown ? 'unknown-api' : lint !== undefined ? 'style' : categoryOf(message),
    };
  });
}

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
