import type { LineProblem } from '../core/taskfile.ts';

/** A broken line as compilers print theirs, so that editors and people find the place. */
export function problemLine({ file, line, column, reason, mend }: LineProblem): string {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
  return `${place}: ${reason}. ${mend}`;
}
