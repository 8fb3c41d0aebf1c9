import { shownOrder } from './blind.ts';
import { randomIndex, seededRandom, type Random } from './statistics/random.ts';
import type { Task } from './task.ts';

/** Where a duplicate says of which task it is one; `source` is never shown before the review is submitted. */
const mark = 'tiebreakDuplicateOf';

/**
 * The same task under another id, for which the sides are swapped for this evaluator: what they say of it tells how
 * steady they are. Neither id nor tags give it away. `isTaken` says of an id whether there is such a task.
 */
export function swappedDuplicate(
  task: Task,
  evaluator: string,
  seed: string,
  isTaken: (id: string) => boolean,
): Task {
  const swapped = shownOrder(task, evaluator).toReversed().join('\n');
  const { gold: _gold, ...rest } = task;
  for (let attempt = 0; ; attempt += 1) {
    const id = idLike(task.id, attempt, seededRandom(`${seed} ${evaluator} ${task.id} ${attempt}`));
    const duplicate: Task = { ...rest, id, source: { [mark]: task.id } };
    // Each attempt hits with a chance of a half.
    const isSwapped = shownOrder(duplicate, evaluator).join('\n') === swapped || task.answers.length < 2;
    if (isSwapped && id !== task.id && !isTaken(id)) return duplicate;
  }
}

/**
 * Another id of the same make, so that it does not stand out among its neighbours: hashes and UUIDs get other digits,
 * numbers another number; the more attempts, the longer. An id without a number gets one.
 */
function idLike(id: string, attempt: number, random: Random): string {
  const digits = (run: string, from: string): string =>
    run.replaceAll(/[0-9a-f]/g, () => from[randomIndex(random, from.length)]!);
  const longer = digits('0'.repeat(Math.floor(attempt / 20)), '123456789');
  if (!/\d/.test(id)) return `${id}-${digits('0', '23456789')}${longer}`;
  const other = id.replaceAll(/[0-9a-f]{8,}|\d+/g, (run) =>
    digits(run, run.length >= 8 && /[a-f]/.test(run) ? '0123456789abcdef' : '0123456789'),
  );
  return `${other}${longer}`;
}

/** The task that this one repeats with the sides swapped; `undefined` for any other task. */
export function duplicateOf({ source }: Pick<Task, 'source'>): string | undefined {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return undefined;
  const original = (source as Readonly<Record<string, unknown>>)[mark];
  return typeof original === 'string' ? original : undefined;
}
