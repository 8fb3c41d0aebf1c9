/** A row of the table that `npm run bench` prints. */
export interface Row {
  readonly name: string;
  /** With its unit: `41 ms`. */
  readonly measured: string;
  /** The goal with its unit; omitted if there is none. */
  readonly goal?: string;
  /** The ratio to a value measured in the same run, or to the goal: 0.5 is half of it. */
  readonly ratio?: number;
}

/** Prints a row: `name | measured | goal | ratio`. */
export function printRow({ name, measured, goal = '–', ratio }: Row): void {
  const cells = [
    name.padEnd(60),
    measured.padStart(16),
    goal.padStart(20),
    ratio?.toFixed(2).padStart(8) ?? '–'.padStart(8),
  ];
  console.log(cells.join(' | '));
}

/** The median, so that a single slow run does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) +
      (sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN)) /
    2
  );
}
