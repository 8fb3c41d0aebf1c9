import { homedir } from 'node:os';
import { askProgram, findProgram } from './findProgram.ts';
import { installRemedy, type PackageNames } from './install.ts';
import type { FoundToolchain, MissingToolchain } from './toolchain.ts';

/** How to find a language's program and read its version. */
export interface Search {
  readonly language: string;
  /** Names of the program, the best first. */
  readonly names: readonly string[];
  readonly arguments: readonly string[];
  /** Turns the program's output into facts; `undefined` if it is too old or not the expected program. */
  readonly describe: (
    printed: string,
    path: string,
  ) => Promise<Omit<FoundToolchain, 'language'> | undefined> | Omit<FoundToolchain, 'language'> | undefined;
  /** The name of the program in error messages: "Go 1.19 or later". */
  readonly missing: string;
  /** Debian's package, and its names elsewhere. */
  readonly package: string;
  readonly packages?: PackageNames;
}

/** The first program that answers as expected, or the command that installs one. */
export async function search(wanted: Search): Promise<FoundToolchain | MissingToolchain> {
  const { language } = wanted;
  const unusable: string[] = [];
  for (const name of wanted.names) {
    const path = await findProgram(name);
    if (path === undefined) continue;
    const printed = await askProgram(path, wanted.arguments);
    const facts = printed === undefined ? undefined : await describe(wanted, printed, path);
    if (facts !== undefined) return { language, ...facts, readOnly: facts.readOnly.filter(isNarrow) };
    unusable.push(`; ${path} gave no usable answer`);
  }
  const names = wanted.names.map((name) => `"${name}"`).join(' or ');
  const missing = `${wanted.missing} (${names} on PATH${unusable.join('')})`;
  return { language, missing, remedy: await installRemedy(wanted.package, wanted.packages) };
}

/**
 * The facts that a program reports. If its answer cannot be read, `undefined`: the caller tries the next
 * program.
 */
async function describe(
  wanted: Search,
  printed: string,
  path: string,
): Promise<Omit<FoundToolchain, 'language'> | undefined> {
  try {
    return await wanted.describe(printed, path);
  } catch {
    // The error message of the search names the program.
    return undefined;
  }
}

/**
 * Marks the line of our answer: the first word of that line. Interpreters may print warnings of their set-up
 * on the same output, before or after the answer.
 */
export const answerMark = 'tiebreak-answer';

/** The facts of an answer: the words after the mark, separated by tabs. */
export function answeredFacts(printed: string): string[] {
  const line = printed.split('\n').findLast((each) => each.startsWith(`${answerMark}\t`));
  return line === undefined ? [] : line.trimEnd().split('\t').slice(1);
}

/** The last lines of a program's output, for programs whose answer cannot contain a mark. */
export function lastLines(printed: string, count: number): string[] {
  return printed.trim().split('\n').slice(-count);
}

/**
 * Whether a path is safe to mount: one that is or contains the user's home would show the sandbox far more
 * than a toolchain.
 */
function isNarrow(path: string): boolean {
  return path.startsWith('/') && path !== '/' && !`${homedir()}/`.startsWith(`${path}/`);
}
