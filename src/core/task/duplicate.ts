import { shownOrder } from './blind.ts';
import { randomIndex, seededRandom, type Random } from '../text/random.ts';
import type { Task } from './task.ts';

/** Member of `source` with the id of the repeated task; `source` is never shown before the review is submitted. */
const mark = 'tiebreakDuplicateOf';

/**
 * The same task under another id, with the sides swapped for this evaluator, to measure how consistent the evaluator is.
 * Neither id nor tags reveal the duplicate. `isTaken` tells whether a task has the id.
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
    // Each attempt succeeds with probability 1/2.
    const isSwapped = shownOrder(duplicate, evaluator).join('\n') === swapped || task.answers.length < 2;
    if (isSwapped && id !== task.id && !isTaken(id)) return duplicate;
  }
}

/**
 * A new id in the same style, so that it does not stand out: hashes and UUIDs get other digits, numbers another number,
 * which is longer after more attempts. An id without a number gets a number.
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

/** The id of the task that this duplicate repeats; `undefined` if the task is not a duplicate. */
export function duplicateOf({ source }: Pick<Task, 'source'>): string | undefined {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return undefined;
  const original = (source as Readonly<Record<string, unknown>>)[mark];
  return typeof original === 'string' ? original : undefined;
}
