/** Rows of equal length. */
export type Matrix = readonly (readonly number[])[];

/** A matrix of zeros. */
export function zeros(rows: number, columns = rows): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));
}

/** The inverse of a square matrix (Gauss–Jordan with row pivoting); `undefined` for a singular matrix. */
export function inverse(matrix: Matrix): number[][] | undefined {
  const size = matrix.length;
  const work = matrix.map((row, at) => [...row, ...row.map((_, column) => (column === at ? 1 : 0))]);
  const scale = Math.max(...matrix.flat().map(Math.abs), Number.MIN_VALUE);
  for (let column = 0; column < size; column += 1) {
    const pivot = largestBelow(work, column);
    if (Math.abs(work[pivot]![column]!) < scale * 1e-13) return undefined;
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const factor = work[column]![column]!;
    work[column] = work[column]!.map((value) => value / factor);
    for (let row = 0; row < size; row += 1) {
      const times = work[row]![column]!;
      if (row === column || times === 0) continue;
      work[row] = work[row]!.map((value, at) => value - times * work[column]![at]!);
    }
  }
  return work.map((row) => row.slice(size));
}

export function product(one: Matrix, other: Matrix): number[][] {
  return one.map((row) =>
    other[0]!.map((_, column) => row.reduce((sum, value, at) => sum + value * other[at]![column]!, 0)),
  );
}

/** The product of a matrix and a vector. */
export function applied(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => dot(row, vector));
}

export function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}

/** Adds `times · vector · vectorᵀ` to a matrix. */
export function addOuter(matrix: number[][], vector: readonly number[], times: number): void {
  vector.forEach((value, row) => {
    if (value === 0) return;
    vector.forEach((other, column) => (matrix[row]![column]! += times * value * other));
  });
}

function largestBelow(work: readonly (readonly number[])[], column: number): number {
  let best = column;
  for (let row = column + 1; row < work.length; row += 1) {
    if (Math.abs(work[row]![column]!) > Math.abs(work[best]![column]!)) best = row;
  }
  return best;
}
