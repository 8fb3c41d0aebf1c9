/** Runs a limited number of tasks at a time and alternates between lanes. */
export interface FairQueue {
  /** Resolves with the result of `work`. */
  add<T>(lane: object, work: () => Promise<T>): Promise<T>;
  /** The same, but runs `work` while nothing else runs. A waiting `alone` goes before all new work. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Runs up to `atOnce` tasks together. Lanes (one for each run) take turns, so that two answers progress side
 * by side however many cases the first has.
 */
export function createFairQueue(atOnce: number): FairQueue {
  /** In the order of turns: the lane served last is at the end. */
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
        // The caller handles the promise of `work`; the queue only waits until it settles.
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
