import { shownOrder } from './blind.ts';
import { contentHash } from './hash.ts';
import type { Task } from './task.ts';

/** Where a duplicate says of which task it is one; `source` is never shown before the review is submitted. */
const mark = 'tiebreakDuplicateOf';

/**
 * The same task under another id, for which the sides are swapped for this evaluator: what they say of it tells how
 * steady they are. Neither id nor tags give it away.
 */
export function swappedDuplicate(task: Task, evaluator: string, seed: string): Task {
  const swapped = shownOrder(task, evaluator).toReversed().join('\n');
  for (let attempt = 0; ; attempt += 1) {
    const id = contentHash([seed, evaluator, task.id, attempt]).slice(0, 12);
    const { gold: _gold, ...rest } = task;
    const duplicate: Task = { ...rest, id, source: { [mark]: task.id } };
    // Each attempt hits with a chance of a half.
    if (shownOrder(duplicate, evaluator).join('\n') === swapped || task.answers.length < 2) return duplicate;
  }
}

/** The task that this one repeats with the sides swapped; `undefined` for any other task. */
export function duplicateOf({ source }: Pick<Task, 'source'>): string | undefined {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return undefined;
  const original = (source as Readonly<Record<string, unknown>>)[mark];
  return typeof original === 'string' ? original : undefined;
}
