import { languageOfPath, extensionOf } from '../code/languages.ts';
import { relativePathSchema } from '../task/task.ts';

/** Names of files without an extension. */
const bareFileNames = new Set([
  'Dockerfile',
  'Makefile',
  'Gemfile',
  'Rakefile',
  'Procfile',
  'Jenkinsfile',
  'CMakeLists.txt',
]);
const pathCharacters = String.raw`[^\s\`"'*<>|(),;=]+`;
const introduction =
  String.raw`(?:(?:and|then|now|in|into|to|create|add|update|edit|save|put|place|write|file|filename|file\s?name|path|` +
  String.raw`the|a|new|contents?|of|as|for|inside|called|named|here(?:['’]s|\s+is)|your|this|first|second|next)[\s:]+)*`;
/* oxlint-disable regexp/no-super-linear-backtracking -- These patterns read lines of at most 200 characters. */
const headingPattern = new RegExp(
  String.raw`^(?:#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+|step\s+\d+[:.)]\s*)*(?:[*_\`"']{0,3})(?:\d+[.)]\s+)?(?:step\s+\d+\s*[:.)-]\s*)?${introduction}` +
    String.raw`[*_\`"'\[(]*(${pathCharacters})[*_\`"'\])]*\s*(?:\([^)]*\)|file)?[*_\`"']*\s*[:：]?[*_]*\s*$`,
  'i',
);
const commentPattern = new RegExp(
  String.raw`^\s*(?:#|//+!?|--|/\*+|<!--|;+|%+|"""|\{-|\(\*)\s*(?:(?:file|filename|file\s?name|path|module|script)\s*:?\s+)?` +
    String.raw`(${pathCharacters})\s*(?:\*/|-->|"""|-\}|\*\))?\s*$`,
  'i',
);
/* oxlint-enable regexp/no-super-linear-backtracking */

/** A file name in a fence's info string: `py util.py`, `js:src/a.js`, `title="a.ts"`, `{.c file=a.c}`. */
export function pathFromInfo(info: string): string | undefined {
  const named = /(?:title|file|filename|file_name|name|path)\s*[=:]\s*["']?([^\s"'}]+)/i.exec(info)?.[1];
  if (named !== undefined) return asPath(named);
  // "python:src/a.py" names a language first; "C:\\a.py" is a path, and refused later.
  const words = info.split(/[\s{}]+/).map((word) => word.replace(/^[\w+#-]{2,}:(?=\S)/, ''));
  return words.map(asPath).find((path) => path !== undefined);
}

/** A file name alone on the last line above a block: a heading, a bold line, "`util.py`:". */
export function pathFromHeading(above: string): string | undefined {
  const lines = above.trimEnd().split('\n');
  const last = lines.at(-1)?.trim() ?? '';
  // A line more than two blank lines away is not about the block.
  const distance = above.length - above.trimEnd().length;
  if (last === '' || last.length > 200 || distance > 4) return undefined;
  return asPath(headingPattern.exec(last)?.[1]);
}

/** A file name alone in a block's first comment. */
export function pathFromComment(code: string): string | undefined {
  const lines = code
    .slice(0, 2000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const first = lines[0]?.startsWith('#!') === true ? lines[1] : lines[0];
  if (first === undefined || first.length > 200) return undefined;
  return asPath(commentPattern.exec(first)?.[1]);
}

/** The text as a path if it names a file of a known kind; leading "./" is dropped. Not yet safe to write. */
function asPath(text: string | undefined): string | undefined {
  const path = text?.replace(/^\.\//, '').replace(/[:.]+$/, '');
  if (path === undefined || path === '' || path.includes('://')) return undefined;
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (bareFileNames.has(name)) return path;
  return /^[\w@+.[\]$-]+\.[A-Za-z0-9]+$/.test(name) && languageOfPath(name) !== undefined ? path : undefined;
}

/** A path that is safe to write: the given path, or if it is unsafe a name made of its last part, with the problem. */
export function safePath(path: string, language: string): { path: string; problem?: string } {
  if (relativePathSchema.safeParse(path).success) return { path };
  const name = path
    .split(/[/\\]/)
    .at(-1)!
    .replaceAll(/[^\w.-]/g, '_')
    .slice(-100)
    .replace(/^\.+/, '');
  const safe = name === '' ? `file.${extensionOf(language)}` : name;
  return {
    path: safe,
    problem: `The answer names a file "${path.slice(0, 100)}", which is outside its folder; it is kept as "${safe}".`,
  };
}
