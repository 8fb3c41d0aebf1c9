import { toolchainKey, type Run } from '../core/run/run.ts';
import type { PreparedResults, RunCache, RunKey } from './runner.ts';

/**
 * Keeps the runs of a runner that prepares results, in memory only: the store would record them. A stored run of the same code
 * is found instead of being prepared again.
 */
export class PreparedRuns implements RunCache, PreparedResults {
  readonly #stored: Pick<RunCache, 'cachedRun'>;
  readonly #runs = new Map<string, Run>();

  constructor(stored: Pick<RunCache, 'cachedRun'>) {
    this.#stored = stored;
  }

  cachedRun(key: RunKey): Promise<Run | undefined> {
    return this.#stored.cachedRun(key);
  }

  /** Not kept: a stored run, and a run with a time-out, which may be due to the low priority. */
  async saveRun(run: Run): Promise<void> {
    if (run.cached || run.results.some(({ verdict }) => verdict === 'timeout')) return;
    this.#runs.set(idOf(run, { ...run, toolchain: toolchainKey(run.toolchain) }), run);
  }

  take(answer: Pick<Run, 'taskId' | 'answerId'>, key: RunKey): Run | undefined {
    const id = idOf(answer, key);
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    return run;
  }

  /** Drops the runs of other tasks. */
  keepOnly(taskIds: readonly string[]): void {
    for (const [id, run] of this.#runs) if (!taskIds.includes(run.taskId)) this.#runs.delete(id);
  }
}

function idOf({ taskId, answerId }: Pick<Run, 'taskId' | 'answerId'>, key: RunKey): string {
  return JSON.stringify([taskId, answerId, key.codeHash, key.casesHash, key.toolchain]);
}
