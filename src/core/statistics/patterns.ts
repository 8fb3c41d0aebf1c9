/**
 * The distribution of an item's raters over the categories: `counts[c]` raters chose category c. `times` items have this
 * pattern. Agreement depends only on patterns, so 100,000 items reduce to a few dozen patterns.
 */
export interface Pattern {
  readonly counts: readonly number[];
  readonly times: number;
}

/** A coefficient as a function of the frequencies of patterns; resampling items changes only the frequencies. */
export type ByTimes = (times: readonly number[]) => number | undefined;

/** Returns the same list object for equal lists, so that results can be cached by list. */
export function sharing(): (list: readonly number[]) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (list) => {
    const key = list.join(' ');
    const same = known.get(key);
    if (same === undefined) known.set(key, list);
    return same ?? list;
  };
}

/** The patterns of all items; each item is given as the 0-based categories that its raters chose. */
export function patternsOf(items: readonly (readonly number[])[], categories: number): Pattern[] {
  const found = new Map<string, { counts: number[]; times: number }>();
  /** List object → its pattern, because many items share a list. */
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

/** The frequency of each pattern. */
export function timesOf(patterns: readonly Pattern[]): number[] {
  return patterns.map(({ times }) => times);
}

/** The patterns of items with two or more raters; other items say nothing about agreement. */
export function sharedPatterns(patterns: readonly Pattern[]): Pattern[] {
  return patterns.filter(({ counts }) => ratersOf(counts) >= 2);
}

/** The number of items. */
export function itemCount(patterns: readonly Pattern[]): number {
  return patterns.reduce((sum, { times }) => sum + times, 0);
}

/** The number of raters of an item. */
export function ratersOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
