import type { Span } from '../text/differing.ts';

/** The most characters and lines of a text that are shown until the person chooses to see all of it. */
const maxCharacters = 2_000;
const maxLines = 24;
/** Characters shown before the first difference of a text that is cut. */
const lead = 200;

/** The part of a long text to show first: its beginning, or the text around its first difference. */
export function excerptOf(text: string, marked: readonly Span[]): Span {
  const first = marked[0]?.[0] ?? 0;
  const whole = endOf(text, 0) === text.length;
  if (whole || first < endOf(text, 0)) return [0, endOf(text, 0)];
  const start = Math.max(0, text.lastIndexOf('\n', first) + 1, first - lead);
  return [start, endOf(text, start)];
}

function endOf(text: string, start: number): number {
  let end = start;
  for (let lines = 0; lines < maxLines; lines += 1) {
    const next = text.indexOf('\n', end);
    if (next === -1) return Math.min(text.length, start + maxCharacters);
    if (next - start >= maxCharacters) return start + maxCharacters;
    end = next + 1;
  }
  return end;
}
