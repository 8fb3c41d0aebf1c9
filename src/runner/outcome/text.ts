import { visibleText } from '../../core/text/visible.ts';

/** Longer lines are cut when displayed, with a note on how many characters were cut. */
const longestLine = 4000;

/** Decodes the bytes that a program printed. Drops a character that a size limit cut in half at the end. */
export function decodeOutput(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}

/** A program's output, safe to display: it cannot move the cursor, reverse the text or hide characters. */
export function displayOutput(bytes: Uint8Array): string {
  return displayText(decodeOutput(bytes));
}

/** Makes hidden characters visible and cuts long lines. */
export function displayText(text: string): string {
  const visible = visibleText(text);
  let shown = '';
  let copied = 0;
  for (let start = 0; start < visible.length;) {
    const newline = visible.indexOf('\n', start);
    const end = newline === -1 ? visible.length : newline;
    if (end - start > longestLine) {
      const cut = start + longestLine;
      shown += `${visible.slice(copied, cut)}… (${end - cut} more characters)`;
      copied = end;
    }
    start = end + 1;
  }
  return shown + visible.slice(copied);
}

/** The start of the line that names an error in Go, Java, R and PHP. A stack trace follows that line. */
const naming = /^(?:panic: |fatal error: |Exception in thread |Error in |PHP Fatal error: |  what\(\):)/;

/** Lines that follow the line that names the error: stack traces, hints, the version of Node.js. */
const trailing =
  /^(?:\s|note: |Node\.js v|goroutine \d|exit status \d|Calls: |Execution halted|created by |[\w./]+\(.*\)$|$)/;

/**
 * The line of an error output that names the error. Most languages print it last, before or after a stack
 * trace.
 */
export function tellingLine(text: string): string {
  const lines = text.trimEnd().split('\n');
  const line = lines.find((each) => naming.test(each)) ?? lines.findLast((each) => !trailing.test(each));
  return (line ?? lines.at(-1) ?? '').trim();
}
