/**
 * The one span in which two texts differ, in UTF-16 code units: replacing `start` to `end` of `before` with `text` gives
 * `after`. Never splits a character or a line end, because editors refuse positions inside them.
 */
export function changedSpan(before: string, after: string): { start: number; end: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  while (start > 0 && /[\r\uD800-\uDBFF]/.test(before[start - 1]!)) start -= 1;
  let kept = 0;
  while (kept < shorter - start && before.at(-1 - kept) === after.at(-1 - kept)) kept += 1;
  while (kept > 0 && /[\n\uDC00-\uDFFF]/.test(before.at(-kept)!)) kept -= 1;
  return { start, end: before.length - kept, text: after.slice(start, after.length - kept) };
}
