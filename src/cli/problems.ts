import type { LineProblem } from '../core/files/taskfile.ts';

/** An invalid line in the form of compiler messages (FILE:LINE:COLUMN: …), which editors link to its place. */
export function problemLine({ file, line, column, reason, remedy }: LineProblem): string {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
  return `${place}: ${reason}. ${remedy}`;
}
