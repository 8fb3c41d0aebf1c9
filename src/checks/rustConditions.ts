import { arch } from 'node:process';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import { maskedText, silencing } from './silencing.ts';

/** The condition of a whole file or module. The length is bounded, so that the search is fast. */
const condition = /#\s*!\s*\[\s*cfg\s*\(([\s\S]{0,1000}?)\)\s*\]/g;

/** The configuration in which answers are checked and run. */
const set = new Set([
  'test',
  'debug_assertions',
  'unix',
  'panic="unwind"',
  'target_os="linux"',
  'target_family="unix"',
  `target_arch="${{ x64: 'x86_64', arm64: 'aarch64' }[arch as string] ?? arch}"`,
  'target_endian="little"',
  'target_pointer_width="64"',
  'target_env="gnu"',
  'target_vendor="unknown"',
]);

/** Whether a condition of Rust holds here. One that cannot be read holds, so that its code stays where it is. */
function holds(text: string): boolean {
  const tokens = text.match(/\w+(?:\s*=\s*"[^"]*")?|[(),]/g) ?? [];
  let at = 0;
  const read = (): boolean => {
    const name = (tokens[at++] ?? 'all').replaceAll(/\s*=\s*/g, '=');
    if (tokens[at] !== '(') return name === 'true' || set.has(name);
    const parts: boolean[] = [];
    for (at += 1; at < tokens.length && tokens[at] !== ')'; tokens[at] === ',' ? (at += 1) : undefined)
      parts.push(read());
    at += 1;
    if (name === 'any') return parts.includes(true);
    return name === 'not' ? parts[0] !== true : !parts.includes(false);
  };
  return read();
}

/** A condition on the system, such as `windows`: elsewhere the file may not compile. */
const isOfSystem = (text: string): boolean => /\b(?:windows|unix|target_\w+)\b/.test(text);

/** The file without the conditions by which an answer leaves code out for any system. */
export function withoutConditions({ path, text }: SourceFile): SourceFile {
  return {
    path,
    text: text.replaceAll(condition, (all, inner: string) =>
      holds(inner) || isOfSystem(inner) ? all : maskedText(all, /[\s\S]/g, ' '),
    ),
  };
}

/** The findings about code that is for another system, and so is not checked. */
export function silencedByConditions(file: SourceFile): Diagnostic[] {
  return [...file.text.matchAll(condition)].flatMap(({ 0: words, 1: inner = '', index }) => {
    if (holds(inner) || !isOfSystem(inner)) return [];
    return [silencing('rustc', file, file.text.slice(0, index).split('\n').length, words)];
  });
}

const literalOrComment =
  /"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\\n]|\\.)'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/g;

/** The names of the modules in other files that a file includes. */
export function includedModules({ text }: SourceFile): string[] {
  const code = text.replaceAll(literalOrComment, (each) => (each.startsWith('/') ? ' ' : each));
  const included = code.matchAll(
    /(?:#\s*\[\s*cfg\s*\(([^\]]{0,1000})\)\s*\]\s*)?(?:\bpub(?:\([^)\n]{0,200}\))?\s+)?\bmod\s+(\w+)\s*;/g,
  );
  return [...included].flatMap(([, inner, name]) => (inner === undefined || holds(inner) ? [name!] : []));
}
