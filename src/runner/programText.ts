import { readFileSync } from 'node:fs';

/**
 * The text of a program in another language, in a file next to a module. Always call this with
 * `import.meta.url` and the path in single quotes: the build replaces the call with the text (see
 * scripts/lib/programTexts.mjs).
 */
export function programText(module: string, path: string): string {
  return readFileSync(new URL(path, module), 'utf8');
}
