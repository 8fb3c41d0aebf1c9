/**
 * Pairs `[lineOfA, lineOfB]` (from 0) of lines that occur once in each text, in the longest order common to both:
 * the anchors of a patience diff (Bram Cohen).
 */
export function anchorLines(a: readonly string[], b: readonly string[]): [number, number][] {
  const placesA = onlyPlaces(a);
  const placesB = onlyPlaces(b);
  const common: [number, number][] = [];
  for (const [line, inA] of placesA) {
    const inB = placesB.get(line);
    if (inA >= 0 && inB !== undefined && inB >= 0) common.push([inA, inB]);
  }
  return longestIncreasing(common.toSorted(([first], [second]) => first - second));
}

/** Line → its index, or −1 if it occurs more than once. */
function onlyPlaces(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  lines.forEach((line, place) => places.set(line, places.has(line) ? -1 : place));
  return places;
}

/** The longest run of pairs whose second members ascend, by patience sorting. */
function longestIncreasing(pairs: readonly [number, number][]): [number, number][] {
  /** For each length, the place in `pairs` of the smallest last member of a run that long. */
  const ends: number[] = [];
  const before = pairs.map(() => -1);
  pairs.forEach(([, value], place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < value) low = middle + 1;
      else high = middle;
    }
    before[place] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = place;
  });
  const run: [number, number][] = [];
  for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place]!) run.push(pairs[place]!);
  return run.toReversed();
}
