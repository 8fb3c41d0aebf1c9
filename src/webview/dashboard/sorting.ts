import type { Cell, TableSpec } from './figure.ts';

export interface Sorting {
  readonly column: number;
  readonly isDescending: boolean;
}

/** Sorts by a column. The sort is stable; rows without a value come last. */
export function sorted({ rows }: TableSpec, sorting: Sorting | undefined): TableSpec['rows'] {
  if (sorting === undefined) return rows;
  const { column, isDescending } = sorting;
  const place = (cell: Cell | undefined) => cell?.sort ?? -Infinity;
  return rows.toSorted((one, other) => {
    const [first, second] = [place(one[column]), place(other[column])];
    if (first === second) return 0;
    if (first === -Infinity || second === -Infinity) return first === -Infinity ? 1 : -1;
    return first < second === isDescending ? 1 : -1;
  });
}
