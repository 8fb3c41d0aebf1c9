import type { Diagnostic } from '../core/run/diagnostic.ts';

/** The most findings that are read from the lines of a tool; far more than are shown. */
const maxRead = 3000;

/** The findings in the lines that a tool printed. Stops after many: an answer may make its tool print millions. */
export function findingsIn(printed: string, read: (line: string) => readonly Diagnostic[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of linesOf(printed)) {
    for (const finding of read(line)) found.push(finding);
    if (found.length >= maxRead) break;
  }
  return found;
}

/** Line by line, without a list of all lines. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end === -1 ? undefined : end);
    start = end === -1 ? text.length + 1 : end + 1;
  }
}
