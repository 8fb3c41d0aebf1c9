/** Lines from 1, both ends included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/** A selection by keys: the line where it began and the end that moves. */
export interface Extent {
  readonly origin: number;
  readonly head: number;
}

/** Moves the selection; afterwards one line is selected. Without a selection, the first line. */
export function moved(now: Lines | undefined, kept: Extent | undefined, by: number, last: number): Extent {
  const line = within(last, endsOf(now, kept, by).head + by);
  return { origin: line, head: line };
}

/** Extends the selection by a line, or shrinks it when it moves back towards its origin. */
export function extended(now: Lines | undefined, kept: Extent | undefined, by: number, last: number): Extent {
  const { origin, head } = endsOf(now, kept, by);
  const line = within(last, head + by);
  return { origin: now === undefined ? line : origin, head: line };
}

/** A selection by mouse has no moving end: it grows in the direction of the key. */
function endsOf(now: Lines | undefined, kept: Extent | undefined, by: number): Extent {
  if (now === undefined) return { origin: 0, head: 0 };
  const { origin, head } = kept ?? { origin: 0, head: 0 };
  if (Math.min(origin, head) === now.from && Math.max(origin, head) === now.to) return { origin, head };
  return by > 0 ? { origin: now.from, head: now.to } : { origin: now.to, head: now.from };
}

function within(last: number, line: number): number {
  return Math.min(Math.max(line, 1), last);
}
