/** Literals of other languages for values that JSON spells differently. */
const spellings: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  nil: 'null',
  undefined: 'null',
};

/**
 * A text with the literals of other languages rewritten as JSON: `('a', None,)` becomes `["a", null]`. Everything else stays,
 * so that the JSON parser reports its faults. Takes linear time.
 */
export function relaxedJson(text: string): string {
  const pieces: string[] = [];
  /** Index of the last comma, while only whitespace follows it. */
  let comma: number | undefined;
  for (let at = 0; at < text.length;) {
    const piece = pieceAt(text, at);
    at += piece.length;
    if (/^[\])}]/.test(piece) && comma !== undefined) pieces[comma] = '';
    if (!/^\s/.test(piece)) comma = piece === ',' ? pieces.length : undefined;
    pieces.push(name.test(piece) && isNamed(text, at) ? `"${piece}"` : inJson(piece));
  }
  return pieces.join('');
}

/** The quoted text, the word, the number's digits, or the single character that begins at this offset. */
function pieceAt(text: string, at: number): string {
  const mark = text[at]!;
  if (mark === '"' || mark === "'") return text.slice(at, stringEnd(text, at));
  return wordAt(text, at);
}

/** A name or a whole number, which other languages allow before a colon without quotation marks. */
const name = /^[\w$]+$/;

/** Whether a colon follows, after white space at most. */
function isNamed(text: string, at: number): boolean {
  colon.lastIndex = at;
  return colon.test(text);
}

const colon = /\s*:/y;

function inJson(piece: string): string {
  if (piece === '(') return '[';
  if (piece === ')') return ']';
  if (piece.startsWith("'")) return doubleQuoted(piece);
  return Object.hasOwn(spellings, piece) ? spellings[piece]! : piece;
}

const word = /[\w$]+/y;

function wordAt(text: string, at: number): string {
  word.lastIndex = at;
  return word.exec(text)?.[0] ?? text[at]!;
}

/** The offset after the closing quotation mark, or the end of the text. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[start]) return at + 1;
  }
  return text.length;
}

/** A text in single quotes, in double ones. */
function doubleQuoted(quoted: string): string {
  const isClosed = quoted.length > 1 && quoted.endsWith("'");
  if (!isClosed) return quoted;
  // Match escapes as a whole, so that an escaped backslash does not escape the quotation mark after it.
  const inner = quoted
    .slice(1, -1)
    .replaceAll(/\\[^]|"/g, (found) => (found === '"' ? '\\"' : found === "\\'" ? "'" : found));
  return `"${inner}"`;
}
