import type { SourceFile } from '../core/task.ts';

interface Import {
  readonly package: string;
  /** `*` where it is all of them. */
  readonly name: string;
}

/** What of a file comes from libraries that are not installed here, and so may well exist. */
export interface AbsentLibraries {
  /** Whether a package can be one of theirs. */
  mayHave(name: string): boolean;
  /** Whether a class, or a member that is called by its name alone, can be one of theirs. */
  mayDeclare(name: string): boolean;
}

/**
 * Reads the imports of a file of which the compiler did not find some packages. A package inside of one that was found
 * is made up: its library is here and does not have it. So is one of Java's own.
 */
export function absentLibraries({ text }: SourceFile, notFound: ReadonlySet<string>): AbsentLibraries {
  const imports = importsOf(text);
  const found = imports.map((each) => each.package).filter((name) => !notFound.has(name));
  const mayHave = (name: string): boolean =>
    !/^javax?\./.test(name) && !found.some((installed) => name.startsWith(`${installed}.`));
  const absent = imports.filter((each) => notFound.has(each.package) && mayHave(each.package));
  return {
    mayHave,
    mayDeclare: (name) => absent.some((each) => each.name === name || each.name === '*'),
  };
}

/** A static import names a member of a class: its package is one up. */
function importsOf(text: string): Import[] {
  return [...text.matchAll(/^\s*import\s+(static\s+)?([\w.]+)\.(\w+|\*)\s*;/gm)].map(
    ([, isStatic, from = '', name = '']) => ({
      package: isStatic === undefined ? from : from.slice(0, from.lastIndexOf('.')),
      name,
    }),
  );
}
