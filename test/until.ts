import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a wait fails. Generous, because no test is about speed. */
export const patience = 150_000;

/** Milliseconds between two polls. */
const interval = 20;

/**
 * Waits until a condition holds.
 * @param what Names the condition, or the last value, in the error; by default the source of the condition.
 */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string | (() => string) = holds.toString(),
): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) {
      const named = typeof what === 'string' ? what : what();
      throw new Error(`Still not so after ${patience / 1_000} s: ${named}`);
    }
    await sleep(interval);
  }
}
