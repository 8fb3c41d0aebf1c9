import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Fenced code, multi-line quotations, and the sections below headings. Lines count from 0. */
export function foldsOf(document: TextDocument): FoldingRange[] {
  const lines = document.getText().split(/\r\n|\r|\n/);
  return [...fences(lines), ...quotations(lines), ...sections(lines)].filter(
    ({ startLine, endLine }) => endLine > startLine,
  );
}

function fences(lines: readonly string[]): FoldingRange[] {
  const folds: FoldingRange[] = [];
  let open: { mark: string; line: number } | undefined;
  lines.forEach((line, at) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark === undefined) return;
    if (open === undefined) open = { mark, line: at };
    else if (mark.startsWith(open.mark)) {
      folds.push({ startLine: open.line, endLine: at });
      open = undefined;
    }
  });
  return folds;
}

function quotations(lines: readonly string[]): FoldingRange[] {
  const isQuoted = (at: number) => /^\s{0,3}>/.test(lines[at] ?? '');
  return lines.flatMap((_, at) => {
    if (!isQuoted(at) || isQuoted(at - 1)) return [];
    const length = lines.slice(at).findIndex((line) => !/^\s{0,3}>/.test(line));
    return [
      {
        startLine: at,
        endLine: length === -1 ? lines.length - 1 : at + length - 1,
        kind: FoldingRangeKind.Comment,
      },
    ];
  });
}

/** A section ends before the next heading of the same or a higher level, without trailing blank lines. */
function sections(lines: readonly string[]): FoldingRange[] {
  const inCode = fences(lines);
  const headings = lines.flatMap((line, at) => {
    const level = /^(#{1,6})\s/.exec(line)?.[1]?.length;
    const isCode = inCode.some(({ startLine, endLine }) => startLine < at && at < endLine);
    return level === undefined || isCode ? [] : [{ at, level }];
  });
  return headings.map(({ at, level }, index) => {
    const next = headings.slice(index + 1).find((heading) => heading.level <= level)?.at ?? lines.length;
    const last = lines.slice(0, next).findLastIndex((line) => line.trim() !== '');
    return { startLine: at, endLine: last, kind: FoldingRangeKind.Region };
  });
}
