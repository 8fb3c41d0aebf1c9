import { looksLikeCode } from './codeLines.ts';
import { definedNames } from './definitions.ts';

/**
 * The name of the function or class that a prompt leaves open for the answer to go on with, as completion tasks
 * do: code to the last line, which is a header, its doc string, or an opening brace. `undefined` for any other prompt.
 */
export function openDefinition(prompt: string | undefined): string | undefined {
  if (prompt === undefined) return undefined;
  const lines = prompt.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1)?.trimEnd();
  if (last === undefined || !lines.every(isPartOfCode)) return undefined;
  if (!/[{:=]$|"""$|'{3}$|\*\/$|->$/.test(last) && !/^\s*(?:local\s+)?(?:def|function|sub)\b/.test(last))
    return undefined;
  const names = lines.flatMap((line) => [...definedNames(`${line}\n`)]);
  return names.at(-1);
}

/** Whether a line may stand in a program: it is indented, a comment, or looks like code. A sentence is none. */
function isPartOfCode(line: string): boolean {
  return /^\s|^(?:#|\/\/|\/\*|\*|"""|'{3}|--|;|%|<\?)/.test(line) || looksLikeCode(line);
}
