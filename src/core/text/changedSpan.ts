/**
 * The one span in which two texts differ, in UTF-16 code units: `before` with `start` to `end` replaced by `text` is
 * `after`. No character or line end is cut in two, as editors refuse positions in the midst of one.
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
