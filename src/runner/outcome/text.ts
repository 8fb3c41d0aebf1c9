/** A line longer than this is cut where it is shown; the rest is counted. */
const longestLine = 4000;

/** Controls but tab and newline, C1 controls, bidirectional marks and overrides, and characters without width. */
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

/** Bytes as a program printed them → text. A character cut in half at the end (by a cap) is left out. */
export function decodeOutput(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}

/** What a program printed, safe to show: nothing in it can move the cursor, turn the text around or hide. */
export function displayOutput(bytes: Uint8Array): string {
  return displayText(decodeOutput(bytes));
}

/** Makes hidden characters visible (`\x1b`, `\u202e`) and cuts long lines. `\r\n` counts as a newline. */
export function displayText(text: string): string {
  const visible = text.replaceAll('\r\n', '\n').replace(hidden, escape);
  return visible.length <= longestLine ? visible : visible.split('\n').map(cutLine).join('\n');
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\r') return '\\r';
  return code <= 0xff
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

function cutLine(line: string): string {
  if (line.length <= longestLine) return line;
  return `${line.slice(0, longestLine)}… (${line.length - longestLine} more characters)`;
}

/** How Go, Java, R and PHP begin the line that names an error, which a trace follows. */
const naming = /^(?:panic: |fatal error: |Exception in thread |Error in |PHP Fatal error: |  what\(\):)/;

/** What stands behind the naming of an error: traces, hints, the version of Node.js. */
const trailing =
  /^(?:\s|note: |Node\.js v|goroutine \d|exit status \d|Calls: |Execution halted|created by |[\w./]+\(.*\)$|$)/;

/** The line of what a program complained that names the error: most languages write it last, before or after a trace. */
export function tellingLine(text: string): string {
  const lines = text.trimEnd().split('\n');
  const line = lines.find((each) => naming.test(each)) ?? lines.findLast((each) => !trailing.test(each));
  return (line ?? lines.at(-1) ?? '').trim();
}
