/**
 * The ranges of control characters except tab and newline, C1 controls, bidirectional marks and overrides, and zero-width
 * characters: the code of the first and of the last.
 */
const hiddenRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
];

/** What is shown for a character, by its code. */
type Escapes = ReadonlyMap<number, string>;

const hiddenCodes = hiddenRanges.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index),
);
const hidden = new RegExp(`[${hiddenCodes.map(unicodeEscape).join('')}]`);
const textEscapes: Escapes = new Map([
  ...hiddenCodes.map((code) => [code, escapeOf(code)] as const),
  [13, '\\r'],
]);
const lineEscapes: Escapes = new Map([...textEscapes, [9, '\\t'], [10, '\\n']]);
const dataEscapes: Escapes = new Map(hiddenCodes.map((code) => [code, unicodeEscape(code)]));

/**
 * Makes hidden characters visible (`\x1b`, `\u202e`): the text cannot control a terminal, reverse its
 * surroundings or hide characters. Tabs and newlines stay. `\r\n` counts as a newline.
 */
export function visibleText(text: string): string {
  return hidden.test(text) ? escaped(text.replaceAll('\r\n', '\n'), textEscapes) : text;
}

/** The same on one line: tabs and newlines become visible too. */
export function visibleLine(text: string): string {
  return escaped(text, lineEscapes);
}

/** The value as JSON on one line, with hidden characters escaped. It parses to the same value. */
export function visibleJson(value: unknown): string {
  return visibleData(JSON.stringify(value));
}

/** Makes hidden characters visible as JSON escapes them: a JSON text parses to the same value. */
export function visibleData(text: string): string {
  return hidden.test(text) ? escaped(text.replaceAll('\r\n', '\n'), dataEscapes) : text;
}

/** A loop over the codes, because replacing with a regular expression takes several times as long where all is hidden. */
function escaped(text: string, escapes: Escapes): string {
  let shown = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) continue;
    const escape = escapes.get(code);
    if (escape === undefined) continue;
    if (at > copied) shown += text.slice(copied, at);
    shown += escape;
    copied = at + 1;
  }
  return shown + text.slice(copied);
}

function escapeOf(code: number): string {
  return code > 0xff ? unicodeEscape(code) : `\\x${hexadecimal(code, 2)}`;
}

function unicodeEscape(code: number): string {
  return `\\u${hexadecimal(code, 4)}`;
}

function hexadecimal(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
