/** A change of a text: the characters `[from, to)` become `text`, and then `[start, end)` is selected. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One level of indentation: the smallest in the code, or else the language's usual one. */
export function indentOf(text: string, language: string): string {
  const found = Array.from(text.matchAll(/^([\t ]+)\S/gm), ([, space]) => space!);
  if (found.some((space) => space.startsWith('\t'))) return '\t';
  const least = Math.min(...found.map(({ length }) => length));
  if (least >= 2 && least <= 4) return ' '.repeat(least);
  if (['go', 'makefile'].includes(language)) return '\t';
  return ['python', 'rust', 'java', 'csharp', 'php', 'kotlin', 'swift'].includes(language) ? '    ' : '  ';
}

/** Indents the selected lines by one level; without a selection over several lines, moves to the next stop. */
export function indented(text: string, start: number, end: number, indent: string): TextEdit {
  if (!text.slice(start, end).includes('\n')) {
    const column = start - lineStart(text, start);
    const width = indent === '\t' ? 0 : column % indent.length;
    const step = indent.slice(width);
    return { from: start, to: end, text: step, start: start + step.length, end: start + step.length };
  }
  return changedLines(text, start, end, (line) => (line === '' ? line : indent + line));
}

/** Removes one level of indentation from the selected lines, or from the line of the cursor. */
export function outdented(text: string, start: number, end: number, indent: string): TextEdit {
  const width = indent === '\t' ? 1 : indent.length;
  const level = new RegExp(`^(?:\\t| {1,${width}})`);
  return changedLines(text, start, end, (line) => line.replace(level, ''));
}

/** A new line with the indentation of the cursor's line, and one more level after an opening bracket or a colon. */
export function newLine(text: string, start: number, end: number, indent: string): TextEdit {
  const line = text.slice(lineStart(text, start), start);
  const [present = ''] = /^[\t ]*/.exec(line) ?? [];
  const added = `\n${present}${/[:{([]\s*$/.test(line) ? indent : ''}`;
  return { from: start, to: end, text: added, start: start + added.length, end: start + added.length };
}

function changedLines(text: string, start: number, end: number, change: (line: string) => string): TextEdit {
  const from = lineStart(text, start);
  // A selection that ends before the first character of a line does not contain that line.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const to = lineEnd(text, last);
  const before = text.slice(from, to).split('\n');
  const after = before.map(change);
  const grown = after.join('\n');
  const atFirst = after[0]!.length - before[0]!.length;
  return {
    from,
    to,
    text: grown,
    start: Math.max(from, start + atFirst),
    end: Math.max(from, end + grown.length - (to - from)),
  };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
