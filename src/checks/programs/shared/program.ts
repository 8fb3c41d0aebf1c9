/**
 * A checker of ours, which runs in the sandbox, in Node.js: checks the files of the working folder and returns what it
 * found, as JSON; `undefined` if a process that stays up cannot check these files as a fresh process does. The arguments
 * are those of the command line.
 *
 * What a program keeps between two calls must not depend on the files of an answer.
 */
export type Program = (words: readonly string[]) => string | undefined | Promise<string | undefined>;

/** Loads a program by its name. */
export async function loadProgram(name: string): Promise<Program> {
  const { check } = (await import(new URL(`./${name}.mjs`, import.meta.url).href)) as { check: Program };
  return check;
}
