import type { Side } from '../../core/task/side.ts';
import type { PanelDiffRow } from '../../protocol/panel/state.ts';

/** Unchanged rows shown around a difference. */
const context = 3;
/** Fewer rows are not worth a fold. */
const shortestFold = 3;

/** Unchanged rows `[at, at + hidden)`. */
export interface Fold {
  readonly at: number;
  readonly hidden: number;
}

/** The long unchanged stretches of a difference; none when nothing differs. */
export function foldsOf(rows: readonly PanelDiffRow[]): Fold[] {
  const near = new Set<number>();
  rows.forEach((row, at) => {
    if (row.kind !== 'same') for (let each = at - context; each <= at + context; each += 1) near.add(each);
  });
  const folds: Fold[] = [];
  for (let at = 0; near.size > 0 && at < rows.length; at += 1) {
    let end = at;
    while (end < rows.length && !near.has(end)) end += 1;
    if (end - at >= shortestFold) folds.push({ at, hidden: end - at });
    at = Math.max(end, at);
  }
  return folds;
}

/** The rows in order, with closed folds instead of the rows that they hide. */
export function foldedRows(
  rows: readonly PanelDiffRow[],
  open: ReadonlySet<number>,
): (PanelDiffRow | Fold)[] {
  const items: (PanelDiffRow | Fold)[] = [];
  let at = 0;
  for (const fold of foldsOf(rows)) {
    if (open.has(fold.at)) continue;
    items.push(...rows.slice(at, fold.at), fold);
    at = fold.at + fold.hidden;
  }
  return [...items, ...rows.slice(at)];
}

/** Index of the row that shows a line; −1 when no row does. */
export function rowOf(rows: readonly PanelDiffRow[], side: Side, line: number): number {
  return rows.findIndex((row) => (side === 'A' ? row.a : row.b) === line);
}

/** The line of the other side in the same row, or in the nearest row above that has one. */
export function lineBeside(rows: readonly PanelDiffRow[], side: Side, line: number): number {
  const other = (row: PanelDiffRow) => (side === 'A' ? row.b : row.a);
  const row = rows
    .slice(0, rowOf(rows, side, line) + 1)
    .findLast((candidate) => other(candidate) !== undefined);
  return row === undefined ? 1 : other(row)!;
}
