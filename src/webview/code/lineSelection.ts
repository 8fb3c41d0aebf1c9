/** Lines from 1, both ends included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Where the selection of lines by keys began, and the end that moves. */
export interface Extent {
  readonly origin: number;
  readonly head: number;
}

/** The selection a line further on: one line, whatever was selected. The first key selects the first line. */
export function moved(now: Lines | undefined, kept: Extent | undefined, by: number, last: number): Extent {
  const line = within(last, endsOf(now, kept, by).head + by);
  return { origin: line, head: line };
}

/** The selection grown by a line, or shrunk when it goes back towards where it began. */
export function extended(now: Lines | undefined, kept: Extent | undefined, by: number, last: number): Extent {
  const { origin, head } = endsOf(now, kept, by);
  const line = within(last, head + by);
  return { origin: now === undefined ? line : origin, head: line };
}

/** A selection made by mouse has no end that moves: it grows in the direction of the key. */
function endsOf(now: Lines | undefined, kept: Extent | undefined, by: number): Extent {
  if (now === undefined) return { origin: 0, head: 0 };
  const { origin, head } = kept ?? { origin: 0, head: 0 };
  if (Math.min(origin, head) === now.from && Math.max(origin, head) === now.to) return { origin, head };
  return by > 0 ? { origin: now.from, head: now.to } : { origin: now.to, head: now.from };
}

function within(last: number, line: number): number {
  return Math.min(Math.max(line, 1), last);
}
