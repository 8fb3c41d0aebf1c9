import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';

type Range = Diagnostic['range'];

/** Turns what tools say of a place, which is often a line alone, into a range of an answer's file. */
export interface Places {
  /** The name or number at a column, or the one character there; the whole line where no column is known. */
  at(file: string, line: number, column?: number): Range;
}

/** Lines and columns count from 1. A place outside of the file becomes the nearest in it. */
export function placesIn(files: readonly SourceFile[]): Places {
  const lines = new Map(files.map(({ path, text }) => [path, text.split(/\r\n|\r|\n/)]));
  return {
    at(file, line, column) {
      const all = lines.get(file.replace(/^(?:\.\/)+/, '')) ?? [''];
      const startLine = Math.min(Math.max(line, 1), Math.max(all.length, 1));
      const text = all[startLine - 1] ?? '';
      return { startLine, endLine: startLine, ...columnsOf(text, column) };
    },
  };
}

function columnsOf(text: string, column: number | undefined): Pick<Range, 'startColumn' | 'endColumn'> {
  const indent = text.length - text.trimStart().length;
  if (column === undefined || column > text.length)
    return { startColumn: indent + 1, endColumn: Math.max(text.length, indent + 1) + 1 };
  const start = Math.max(column, 1);
  const word = /^[\p{L}\p{N}_$]+/u.exec(text.slice(start - 1))?.[0] ?? '';
  return { startColumn: start, endColumn: start + Math.max(word.length, 1) };
}
