/** Does work a few pieces at a time, taking turns between lanes. */
export interface FairQueue {
  /** Resolves with what `work` gives once its turn has come. */
  add<T>(lane: object, work: () => Promise<T>): Promise<T>;
  /** The same, with nothing else under way while it works: what waits for that is begun before anything new. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * `atOnce` pieces run together. Each lane (a run) gets one turn after the other, so that two answers progress side by
 * side however many cases the first has.
 */
export function createFairQueue(atOnce: number): FairQueue {
  /** In the order of turns: the lane served last is put last. */
  const lanes = new Map<object, (() => Promise<void>)[]>();
  const singles: (() => Promise<void>)[] = [];
  let running = 0;
  let isAlone = false;

  function next(): void {
    if (isAlone) return;
    const single = singles[0];
    if (single !== undefined) {
      if (running > 0) return;
      singles.shift();
      isAlone = true;
      void single().finally(() => {
        isAlone = false;
        next();
      });
      return;
    }
    const turn = lanes.entries().next();
    if (running >= atOnce || turn.done === true) return;
    const [lane, waiting] = turn.value;
    const work = waiting.shift()!;
    lanes.delete(lane);
    if (waiting.length > 0) lanes.set(lane, waiting);
    running++;
    void work().finally(() => {
      running--;
      next();
    });
    next();
  }

  return {
    add: (lane, work) =>
      new Promise((resolve, reject) => {
        const waiting = lanes.get(lane) ?? [];
        // The promise of `work` goes to the caller; the queue only waits for its end.
        waiting.push(() => work().then(resolve, reject));
        lanes.set(lane, waiting);
        next();
      }),
    alone: (work) =>
      new Promise((resolve, reject) => {
        singles.push(() => work().then(resolve, reject));
        next();
      }),
  };
}
