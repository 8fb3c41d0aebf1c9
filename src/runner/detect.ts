import { homedir } from 'node:os';
import { askProgram, findProgram } from './find-program.ts';
import { installMend, type PackageNames } from './install.ts';
import type { FoundToolchain, MissingToolchain } from './toolchain.ts';

/** How a language's program is looked for and asked about itself. */
export interface Search {
  readonly language: string;
  /** Of the program, the best first. */
  readonly names: readonly string[];
  readonly arguments: readonly string[];
  /** What the program printed → what is known of it; `undefined` where it is too old or not what it seems. */
  readonly describe: (
    printed: string,
    path: string,
  ) => Promise<Omit<FoundToolchain, 'language'> | undefined> | Omit<FoundToolchain, 'language'> | undefined;
  /** What is said to be missing: "Go 1.19 or later". */
  readonly missing: string;
  /** Debian's package, and what it is called elsewhere. */
  readonly package: string;
  readonly packages?: PackageNames;
}

/** The first of several programs that answers as expected, or the command that installs one. */
export async function search(wanted: Search): Promise<FoundToolchain | MissingToolchain> {
  const { language } = wanted;
  for (const name of wanted.names) {
    const path = await findProgram(name);
    const printed = path === undefined ? undefined : await askProgram(path, wanted.arguments);
    const facts =
      path === undefined || printed === undefined ? undefined : await wanted.describe(printed, path);
    if (facts !== undefined) return { language, ...facts, readOnly: facts.readOnly.filter(isNarrow) };
  }
  const missing = `${wanted.missing} (${wanted.names.map((name) => `"${name}"`).join(' or ')} on PATH)`;
  return { language, missing, mend: await installMend(wanted.package, wanted.packages) };
}

/** A path that is the person's home, or holds it, would show the sandbox far more than a toolchain. */
export function isNarrow(path: string): boolean {
  return path.startsWith('/') && path !== '/' && !`${homedir()}/`.startsWith(`${path}/`);
}
