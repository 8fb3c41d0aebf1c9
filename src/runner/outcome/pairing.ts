/**
 * Pairs as many items of wanted groups with items of given groups as possible: a maximum flow by shortest
 * augmenting paths. `wanted` and `given` are the sizes of the groups. `candidatesOf` returns the given groups
 * that a wanted group may be paired with; it is called at most once for each wanted group. Returns the number
 * of unpaired items of each wanted group.
 */
export function unpaired(
  wanted: readonly number[],
  given: readonly number[],
  candidatesOf: (index: number) => readonly number[],
): number[] {
  const remaining = [...wanted];
  const free = [...given];
  const candidates = new Map<number, readonly number[]>();
  /** For each given group: the wanted groups that its items are paired with, and how many items. */
  const paired = given.map(() => new Map<number, number>());

  function candidatesFor(index: number): readonly number[] {
    const known = candidates.get(index) ?? candidatesOf(index);
    candidates.set(index, known);
    return known;
  }

  /**
   * The path from a wanted group to a given group with free items. Pairs along the path move to other
   * partners.
   */
  function findPath(start: number): Step[] | undefined {
    const reachedFrom = new Map<number, number>();
    const displacedBy = new Map<number, number>();
    const queue = [start];
    for (const index of queue) {
      for (const partner of candidatesFor(index)) {
        if (reachedFrom.has(partner)) continue;
        reachedFrom.set(partner, index);
        if (free[partner]! > 0) return stepsTo(partner, start, reachedFrom, displacedBy);
        for (const other of paired[partner]!.keys()) {
          if (other === start || displacedBy.has(other)) continue;
          displacedBy.set(other, partner);
          queue.push(other);
        }
      }
    }
    return undefined;
  }

  function move(start: number, steps: readonly Step[]): void {
    const displaced = steps.map(({ index, leaves }) =>
      leaves === undefined ? Infinity : paired[leaves]!.get(index)!,
    );
    const amount = Math.min(remaining[start]!, free[steps[0]!.partner]!, ...displaced);
    remaining[start]! -= amount;
    free[steps[0]!.partner]! -= amount;
    for (const { index, partner, leaves } of steps) {
      paired[partner]!.set(index, (paired[partner]!.get(index) ?? 0) + amount);
      if (leaves === undefined) continue;
      const rest = paired[leaves]!.get(index)! - amount;
      if (rest === 0) paired[leaves]!.delete(index);
      else paired[leaves]!.set(index, rest);
    }
  }

  for (const index of wanted.keys()) {
    while (remaining[index]! > 0) {
      const steps = findPath(index);
      if (steps === undefined) break;
      move(index, steps);
    }
  }
  return remaining;
}

/** A wanted group that takes a partner, and the partner that it gives up in exchange. */
interface Step {
  readonly index: number;
  readonly partner: number;
  readonly leaves: number | undefined;
}

/** The steps of a path, last step first. */
function stepsTo(
  end: number,
  start: number,
  reachedFrom: ReadonlyMap<number, number>,
  displacedBy: ReadonlyMap<number, number>,
): Step[] {
  const steps: Step[] = [];
  for (let partner: number | undefined = end; partner !== undefined;) {
    const index: number = reachedFrom.get(partner)!;
    const leaves: number | undefined = index === start ? undefined : displacedBy.get(index);
    steps.push({ index, partner, leaves });
    partner = leaves;
  }
  return steps;
}
