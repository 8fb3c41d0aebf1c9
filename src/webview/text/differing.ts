/** A stretch of a text, `[start, end)` in UTF-16 units. */
export type Span = readonly [start: number, end: number];

/**
 * The stretches of a text that differ from another text. Between their common first and last lines, each line is compared
 * with its counterpart, and differences are widened to whole words. Takes linear time, so that long outputs can be compared,
 * and therefore does not find moved lines.
 */
export function differingSpans(text: string, other: string): Span[] {
  if (text === other) return [];
  const [lines, others] = [text.split('\n'), other.split('\n')];
  const front = commonStart(lines, others);
  const back = commonEnd(lines, others, front);
  const counterparts = others.slice(front, others.length - back);
  const spans: Span[] = [];
  let offset = lines.slice(0, front).reduce((sum, line) => sum + line.length + 1, 0);
  for (const [index, line] of lines.slice(front, lines.length - back).entries()) {
    const [start, end] = differingPart(line, counterparts[index] ?? '');
    if (start < end) spans.push([offset + start, offset + end]);
    offset += line.length + 1;
  }
  return spans;
}

/** The part of a line between its common start and end with the other line, widened to whole words. */
function differingPart(line: string, other: string): Span {
  if (line === other) return [0, 0];
  let start = commonStart(line, other);
  let end = line.length - commonEnd(line, other, start);
  while (start > 0 && isWithinWord(line, start)) start -= 1;
  while (end < line.length && isWithinWord(line, end)) end += 1;
  return [start, end];
}

/** Number of items that both begin with. */
function commonStart(one: ArrayLike<string>, other: ArrayLike<string>): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count += 1;
  return count;
}

/** Number of items that both end with, apart from the first `taken` ones. */
function commonEnd(one: ArrayLike<string>, other: ArrayLike<string>, taken: number): number {
  const most = Math.min(one.length, other.length) - taken;
  let count = 0;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count += 1;
  return count;
}

function isWithinWord(text: string, at: number): boolean {
  return isOfWord(text.charCodeAt(at - 1)) && isOfWord(text.charCodeAt(at));
}

/** Letters, digits and underscores; every character beyond ASCII counts as a letter. */
function isOfWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code > 127
  );
}
