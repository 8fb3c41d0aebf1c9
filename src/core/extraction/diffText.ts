/** Whether a text is a unified diff: it has a hunk header and names the files before or after. */
export function looksLikeDiff(text: string): boolean {
  return /^@@ .*@@|^@@\s*$/m.test(text) && /^(?:\+\+\+|---|diff --git) \S/m.test(text);
}

/** Whether the whole text is a diff, from its first line on: a program may contain a diff as a string. */
export function isDiff(text: string): boolean {
  return /^\s*(?:diff --git |Index: |--- )\S/.test(text) && looksLikeDiff(text);
}

const hunkHeader = /^@@(?:\s+-(\d+)(?:,(\d+))?\s+\+(\d+)(?:,(\d+))?)?/;

/** The signature that `git format-patch` writes below a diff. */
const signature = /\n-- \n\d[\w.-]*\s*$/;

/** The diff with recomputed line counts in each hunk header; lines outside hunks are unchanged. */
export function withRightCounts(diff: string): string {
  const lines = diff
    .replace(signature, '\n')
    .replace(/(?<!\n)\n+$/, '')
    .split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length;) {
    const header = hunkHeader.exec(lines[at]!);
    if (header === null) {
      out.push(lines[at]!);
      at += 1;
      continue;
    }
    const end = hunkEnd(lines, at + 1);
    const body = withoutGap(lines.slice(at + 1, end), header).map(asHunkLine);
    out.push(countedHeader(header, body));
    for (const line of body) out.push(line);
    at = end;
  }
  return `${out.join('\n')}\n`;
}

/** First line after a hunk's body: the next header of a hunk or a file, or the end. */
function hunkEnd(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!;
    const startsFile = line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true;
    if (startsFile || line.startsWith('@@') || /^(?:diff --git|Index:|index [0-9a-f]+\.\.) ?/.test(line))
      return at;
  }
  return lines.length;
}

/** Removes trailing empty lines that the header does not count: they separate this hunk from the next file. */
function withoutGap(body: readonly string[], header: RegExpExecArray): readonly string[] {
  if (header[1] === undefined) return body;
  const wanted = Number(header[2] ?? '1');
  let end = body.length;
  let old = body.filter((line) => /^[ -]|^\r?$/.test(line)).length;
  for (; old > wanted && /^\r?$/.test(body[end - 1] ?? 'x'); old -= 1) end -= 1;
  return body.slice(0, end);
}

/** Adds the leading space of an empty unchanged line, which models omit. */
function asHunkLine(line: string): string {
  return line === '' || line === '\r' ? ` ${line}` : line;
}

function countedHeader(header: RegExpExecArray, body: readonly string[]): string {
  const kept = body.filter((line) => line.startsWith(' ')).length;
  const removed = body.filter((line) => line.startsWith('-')).length;
  const added = body.filter((line) => line.startsWith('+')).length;
  return `@@ -${header[1] ?? '1'},${kept + removed} +${header[3] ?? '1'},${kept + added} @@`;
}
