/**
 * How the raters of one item spread over the categories: `counts[c]` of them chose category c. `times` items are of
 * this very pattern. Agreement among raters needs no more than that, so 100,000 items come down to a few dozen.
 */
export interface Pattern {
  readonly counts: readonly number[];
  readonly times: number;
}

/** A coefficient as a function of how often each of some patterns occurs: resampling items changes nothing else. */
export type ByTimes = (times: readonly number[]) => number | undefined;

/** Gives the same list for equal lists: what is worked out for one of them is then known for all. */
export function sharing(): (list: readonly number[]) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (list) => {
    const key = list.join(' ');
    const same = known.get(key);
    if (same === undefined) known.set(key, list);
    return same ?? list;
  };
}

/** The patterns of items, each given as the categories its raters chose (indices from 0), with none left out. */
export function patternsOf(items: readonly (readonly number[])[], categories: number): Pattern[] {
  const found = new Map<string, { counts: number[]; times: number }>();
  /** The very list → its pattern, for lists that many items share. */
  const seen = new Map<readonly number[], { times: number }>();
  for (const ratings of items) {
    const known = seen.get(ratings) ?? patternOf(ratings, categories, found);
    seen.set(ratings, known);
    known.times += 1;
  }
  return [...found.values()];
}

function patternOf(
  ratings: readonly number[],
  categories: number,
  found: Map<string, { counts: number[]; times: number }>,
): { times: number } {
  const counts = Array.from({ length: categories }, () => 0);
  for (const category of ratings) counts[category]! += 1;
  const key = counts.join(' ');
  const pattern = found.get(key) ?? { counts, times: 0 };
  found.set(key, pattern);
  return pattern;
}

/** How often each pattern occurs. */
export function timesOf(patterns: readonly Pattern[]): number[] {
  return patterns.map(({ times }) => times);
}

/** The patterns of items that two or more have rated: only those say anything of agreement. */
export function sharedPatterns(patterns: readonly Pattern[]): Pattern[] {
  return patterns.filter(({ counts }) => ratersOf(counts) >= 2);
}

/** How many items there are. */
export function itemCount(patterns: readonly Pattern[]): number {
  return patterns.reduce((sum, { times }) => sum + times, 0);
}

/** How many have rated an item. */
export function ratersOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
