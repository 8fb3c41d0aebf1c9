import type { SourceFile } from '../core/task/task.ts';

interface Import {
  readonly package: string;
  /** `*` for all names of the package. */
  readonly name: string;
}

/** The names in a file that may come from libraries that are not installed here, and may therefore exist. */
export interface AbsentLibraries {
  /** Whether the package may belong to one of these libraries. */
  mayContainPackage(name: string): boolean;
  /** Whether a class, or a member that is called without its class, may belong to one of these libraries. */
  mayContainName(name: string): boolean;
}

/**
 * Reads the imports of a file that has packages unknown to the compiler. A subpackage of a known package is
 * made up: its library is installed and does not contain it. The same holds for Java's own packages.
 */
export function absentLibraries({ text }: SourceFile, notFound: ReadonlySet<string>): AbsentLibraries {
  const imports = importsOf(text);
  const found = new Set(imports.map((each) => each.package).filter((name) => !notFound.has(name)));
  const mayContainPackage = (name: string): boolean =>
    !/^javax?\./.test(name) && !packagesAround(name).some((each) => found.has(each));
  const absent = imports.filter((each) => notFound.has(each.package) && mayContainPackage(each.package));
  return {
    mayContainPackage,
    mayContainName: (name) => absent.some((each) => each.name === name || each.name === '*'),
  };
}

/** A static import names a member of a class, so its package is one level up. */
function importsOf(text: string): Import[] {
  return [...text.matchAll(/^[^\S\r\n\u2028\u2029]*import\s+(static\s+)?([\w.]+)\.(\w+|\*)\s*;/gm)].map(
    ([, isStatic, from = '', name = '']) => ({
      package: isStatic === undefined ? from : from.slice(0, from.lastIndexOf('.')),
      name,
    }),
  );
}

/** "a.b.c" → "a", "a.b". At most 20, so that a long name takes no long time. */
function packagesAround(name: string): string[] {
  const parts = name.split('.', 21);
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
