import type { SourceFile } from '../core/task/task.ts';

const declaring =
  'class|struct|enum|union|trait|interface|record|type|namespace|module|mod|package|def|func|function|fn|sub';
const declaration = new RegExp(`\\b(?:${declaring})\\s+(?=(\\w+))`, 'g');

/**
 * Whether one of the files declares a type, function or module with this name, in any language. A missing member of such a
 * type or module is a mistake in the answer's own code, not a made-up API.
 */
export function isDeclared(name: string | undefined, files: readonly SourceFile[]): boolean {
  if (name === undefined) return false;
  const names = known.get(files) ?? declaredNames(files);
  known.set(files, names);
  return names.has(name);
}

/** The names of an answer's files, which are searched once and not for each finding. */
const known = new WeakMap<readonly SourceFile[], ReadonlySet<string>>();

function declaredNames(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ text }) => [...text.matchAll(declaration)].map(([, name]) => name!)));
}
