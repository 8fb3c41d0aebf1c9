/**
 * Whether an offset is inside a string literal or inline code on its line, which are part of the answer's work.
 * Docstrings do not count: there the answer describes itself.
 */
export function isQuotedInCode(text: string, offset: number): boolean {
  // Look back at most 500 characters: bounds the work, and no person writes longer lines.
  const before = text.slice(Math.max(0, offset - 500), offset);
  const line = before.slice(before.lastIndexOf('\n') + 1).replaceAll(/"""|'{3}|```/g, '   ');
  let open = '';
  for (let at = 0; at < line.length; at += 1) {
    const mark = line[at]!;
    if (open !== '') open = mark === open && line[at - 1] !== '\\' ? '' : open;
    else if (opensQuote(line, at)) open = mark;
    else if (opensComment(line, at)) return false;
  }
  return open !== '';
}

function opensQuote(line: string, at: number): boolean {
  const mark = line[at]!;
  // An apostrophe inside a word opens nothing.
  return mark === '"' || mark === '`' || (mark === "'" && !/[\p{L}\p{N}]/u.test(line[at - 1] ?? ' '));
}

function opensComment(line: string, at: number): boolean {
  return (
    line[at] === '#' || line.startsWith('//', at) || line.startsWith('/*', at) || line.startsWith('--', at)
  );
}
