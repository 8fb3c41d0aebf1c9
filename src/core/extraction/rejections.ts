import type { RejectedHunk, Rejection } from './types.ts';

/** Maximum number of lines shown per side of a hunk. */
const longestListing = 60;

/** A rejection as one sentence without its full stop: "src/x.py: hunk 2 of 3 does not apply, nearest at line 40". */
export function rejectionSentence({ path, reason, hunk }: Rejection): string {
  return `${path === '' ? '' : `${path}: `}${reason}${hunk === undefined ? '' : `, nearest at line ${hunk.line}`}`;
}

/** All rejections; each hunk lists the expected and the found lines. "!" marks the lines that differ. */
export function rejectionListing(rejections: readonly Rejection[]): string {
  return rejections
    .map((rejection) => {
      const head = `${rejectionSentence(rejection)}\n`;
      return rejection.hunk === undefined ? head : head + hunkListing(rejection.hunk);
    })
    .join('\n');
}

function hunkListing({ line, expected, found }: RejectedHunk): string {
  const marked = (lines: readonly string[], others: readonly string[]): string =>
    lines
      .slice(0, longestListing)
      .map((text, index) => `${text === others[index] ? ' ' : '!'} ${text}\n`)
      .join('') + (lines.length > longestListing ? `  … ${lines.length - longestListing} more lines\n` : '');
  return `expected:\n${marked(expected, found)}found, from line ${line}:\n${marked(found, expected)}`;
}
