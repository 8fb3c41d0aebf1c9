/**
 * Whether the items are strongly connected: every item can be reached from every other item along the given steps.
 * Otherwise some items never lose to the rest, and no finite strengths fit. Source: L. R. Ford, Solution of a ranking problem from binary
 * comparisons, American Mathematical Monthly 64 (1957), 28–33.
 */
export function isConnected(
  items: readonly string[],
  steps: readonly (readonly [from: string, to: string])[],
): boolean {
  const back = steps.map(([from, to]) => [to, from] as const);
  return reached(items[0]!, steps) === items.length && reached(items[0]!, back) === items.length;
}

function reached(start: string, steps: readonly (readonly [from: string, to: string])[]): number {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of steps) {
    const known = next.get(from);
    if (known === undefined) next.set(from, new Set([to]));
    else known.add(to);
  }
  // The loop also visits items that it adds to the set.
  const seen = new Set([start]);
  for (const item of seen) for (const other of next.get(item) ?? []) seen.add(other);
  return seen.size;
}
