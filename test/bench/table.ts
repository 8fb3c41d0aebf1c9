/** A row of the table that `npm run bench` prints. */
export interface Row {
  readonly name: string;
  /** With its unit: `41 ms`. */
  readonly measured: string;
  /** With its unit, as it stands in the goals; left out when there is none. */
  readonly goal?: string;
  /** Against what was measured beside it in the same run, or against the goal: 0.5 is half of it. */
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

/** The middle of some figures; a single slow run does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) +
      (sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN)) /
    2
  );
}
