import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';
import { programText } from '../runner/programText.ts';
import { silencing } from './silencing.ts';

const folder = '.tiebreak';

/** The words that may have hidden the warnings of a file, by what the guard says of it. */
const words = {
  handler: /\bSIG\b/,
  output: /\b(?:STDERR|open|close)\b/,
  ended: /\b(?:_exit|exec|kill|syscall)\b|\b(?:BEGIN|UNITCHECK|CHECK)\b/,
} as const;

/**
 * Perl runs parts of an answer while it checks the answer, so the answer can end the check or hide its warnings. This module tells
 * which files did.
 */
export const perlGuard = {
  options: [`-I${folder}`, '-MTiebreakGuard'],
  file: {
    path: `${folder}/TiebreakGuard.pm`,
    text: programText(import.meta.url, './scripts/TiebreakGuard.pm'),
  },
  read: silencedFiles,
};

function silencedFiles(
  printed: string,
  files: readonly SourceFile[],
  found: readonly Diagnostic[],
): Diagnostic[] {
  const said = new Map<string, string>();
  for (const [, path = '', how = ''] of printed.matchAll(/^tiebreak\t\.\/(.{1,300})\t(handler|output|)$/gm))
    said.set(path, how);
  // The guard also runs after a BEGIN block that failed.
  for (const [, path = ''] of printed.matchAll(/compilation aborted at \.\/(.{1,300}) line \d+\.$/gm))
    said.delete(path);
  return files
    .filter(({ path }) => /\.(?:pl|pm|t)$/i.test(path))
    .flatMap((file): Diagnostic[] => {
      const how = said.get(file.path) ?? (stops(file, found) ? '' : 'ended');
      return how === '' ? [] : [silenced(file, words[how as keyof typeof words])];
    });
}

/** Whether Perl said why it did not compile the whole file. */
function stops({ path }: SourceFile, found: readonly Diagnostic[]): boolean {
  return found.some(
    ({ file, severity, code }) =>
      file.replace(/^\.\//, '') === path && (severity === 'error' || code === 'unknown'),
  );
}

function silenced(file: SourceFile, pattern: RegExp): Diagnostic {
  const lines = file.text.split('\n');
  const found = lines.findIndex((line) => pattern.test(line));
  const index = Math.max(found, 0);
  return silencing('perl', file, index + 1, lines[index]!.trim().slice(0, 80));
}
