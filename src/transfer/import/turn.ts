import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work after which other work of the process gets its turn. */
const longestTurn = 25;

/** Measures work that is done in short steps, so that it can be interrupted for other work of the process. */
export class Turn {
  #start = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#start > longestTurn;
  }

  /** Resolves when other work that waits was done. */
  async next(): Promise<void> {
    await nextTurn();
    this.#start = performance.now();
  }
}
