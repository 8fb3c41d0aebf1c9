import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { SourceFile } from '../core/task/task.ts';

type Range = Diagnostic['range'];

/** Turns the position that a tool reports, often only a line, into a range of an answer's file. */
export interface Ranges {
  /**
   * The range of the name, number or single character at a column; the whole line if the column is unknown.
   */
  at(file: string, line: number, column?: number): Range;
}

/** Lines and columns count from 1. A position outside of the file becomes the nearest position inside. */
export function rangesIn(files: readonly SourceFile[]): Ranges {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  // Most files have no findings, so a file is split when it is first needed.
  const lines = new Map<string, readonly string[]>();
  const linesOf = (path: string): readonly string[] => {
    const known = lines.get(path) ?? texts.get(path)?.split(/\r\n|\r|\n/) ?? [''];
    lines.set(path, known);
    return known;
  };
  return {
    at(file, line, column) {
      const all = linesOf(file.replace(/^(?:\.\/)+/, ''));
      const startLine = Math.min(Math.max(line, 1), Math.max(all.length, 1));
      const text = all[startLine - 1] ?? '';
      return { startLine, endLine: startLine, ...columnsOf(text, column) };
    },
  };
}

/** Longer names are marked in part. */
const longestName = 400;

function columnsOf(text: string, column: number | undefined): Pick<Range, 'startColumn' | 'endColumn'> {
  if (column === undefined || column > text.length) {
    const indent = text.length - text.trimStart().length;
    return { startColumn: indent + 1, endColumn: Math.max(text.length, indent + 1) + 1 };
  }
  const start = Math.max(column, 1);
  const word = /^[\p{L}\p{N}_$]+/u.exec(text.slice(start - 1, start + longestName))?.[0] ?? '';
  return { startColumn: start, endColumn: start + Math.max(word.length, 1) };
}
