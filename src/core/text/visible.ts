/**
 * Control characters except tab and newline, C1 controls, bidirectional marks and overrides, and zero-width
 * characters.
 */
const hidden = new RegExp(
  `[${[
    ['\\u0000', '\\u0008'],
    ['\\u000b', '\\u001f'],
    ['\\u007f', '\\u009f'],
    ['\\u061c', '\\u061c'],
    ['\\u200b', '\\u200c'],
    ['\\u200e', '\\u200f'],
    ['\\u2028', '\\u202e'],
    ['\\u2060', '\\u2069'],
    ['\\ufeff', '\\ufeff'],
  ]
    .map(([from, to]) => `${from}-${to}`)
    .join('')}]`,
  'g',
);

/**
 * Makes hidden characters visible (`\x1b`, `\u202e`): the text cannot control a terminal, reverse its
 * surroundings or hide characters. Tabs and newlines stay. `\r\n` counts as a newline.
 */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, escape);
}

/** The same on one line: tabs and newlines become visible too. */
export function visibleLine(text: string): string {
  return text.replace(hidden, escape).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** The value as JSON on one line, with hidden characters escaped. It parses to the same value. */
export function visibleJson(value: unknown): string {
  return visibleData(JSON.stringify(value));
}

/** Makes hidden characters visible as JSON escapes them: a JSON text parses to the same value. */
export function visibleData(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, unicodeEscape);
}

/** The escapes made so far: a hostile text has the same characters a million times. */
const escapes = new Map<string, string>([['\r', '\\r']]);

function escape(character: string): string {
  let text = escapes.get(character);
  if (text === undefined) {
    text = character > '\u00ff' ? unicodeEscape(character) : `\\x${hexadecimal(character, 2)}`;
    escapes.set(character, text);
  }
  return text;
}

function unicodeEscape(character: string): string {
  return `\\u${hexadecimal(character, 4)}`;
}

function hexadecimal(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
