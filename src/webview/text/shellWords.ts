import { shellWord } from '../../core/text/shellWord.ts';

/**
 * Words as a shell reads them on one line: quoted where a shell would split or replace them. A line that was given to the
 * shell whole is shown as it was typed.
 */
export function shellLine(words: readonly string[]): string {
  const [shell, option, line] = words;
  if (words.length === 3 && shell === 'bash' && option === '-c' && needsShell(line!)) return line!;
  return words.map(shellWord).join(' ');
}

function needsShell(line: string): boolean {
  return line === line.trim() && readLine(line)?.isForShell === true;
}

/**
 * The command of a line: its words, or a shell with the whole line if the line has shell syntax, such as a pipe. `undefined`
 * if a quotation mark is not closed.
 */
export function shellCommand(line: string): string[] | undefined {
  const read = readLine(line);
  if (read === undefined) return undefined;
  return read.isForShell ? ['bash', '-c', line.trim()] : read.words;
}

interface Line {
  readonly words: string[];
  /** A shell would replace or redirect something in the line. */
  readonly isForShell: boolean;
}

/** Reads a line as a shell splits it: blanks separate, quotes and backslashes keep together. */
function readLine(line: string): Line | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  let isForShell = false;
  for (let at = 0; at < line.length; at += 1) {
    const mark = line[at]!;
    const isEscaped = mark === '\\' && quote !== "'" && isEscapable(line[at + 1], quote);
    if (isEscaped) word = (word ?? '') + line[(at += 1)]!;
    else if (mark === quote) quote = undefined;
    else if (quote !== undefined) {
      word = (word ?? '') + mark;
      isForShell ||= quote === '"' && /[$`]/.test(mark);
    } else if (mark === "'" || mark === '"') {
      quote = mark;
      word ??= '';
    } else if (/\s/.test(mark)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + mark;
      isForShell ||= /[|&;<>()$`*?#~[\]{}!]/.test(mark);
    }
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  // A word such as `LC_ALL=C` at the beginning sets a variable for the command.
  return { words, isForShell: isForShell || /^\s*\w+=/.test(line) };
}

/** Inside double quotes, a backslash escapes only characters that are special there. */
function isEscapable(next: string | undefined, quote: string | undefined): boolean {
  return next !== undefined && (quote === undefined || /["\\$`]/.test(next));
}
