import type { CalibrationSettings } from './gold.ts';
import { seededRandom, shuffled } from '../text/random.ts';

/** An evaluator's next task: ordinary work, a gold task, or a swapped duplicate of a finished task. */
export type NextPick =
  | { readonly kind: 'work' | 'gold'; readonly taskId: string }
  | { readonly kind: 'duplicate'; readonly of: string };

/** The tasks to choose from, each list in order. */
export interface Supply {
  /** Ids of the tasks that the evaluator has submitted, oldest first, including duplicates and gold tasks. */
  readonly done: readonly string[];
  /** Open tasks in the order of the queue, without gold tasks. */
  readonly work: readonly string[];
  /** Gold tasks that the evaluator has not seen. */
  readonly gold: readonly string[];
  /** Tasks of `done` without a duplicate that are not duplicates or gold tasks themselves. */
  readonly repeatable: readonly string[];
}

/** Number of tasks in a block. Positions of gold tasks and duplicates are drawn per block. */
const stretch = 20;

/**
 * The next task of an evaluator. Each block of 20 tasks has as many gold tasks and duplicates as the shares require
 * (fractions are carried over to the next block), at random positions: the rate is exact, but positions are unpredictable.
 * The choice depends only on the seed, the evaluator and the number of finished tasks, so it is the same after a restart.
 * If no gold task or duplicate is available, the next open task takes the position; `undefined` without an open task.
 */
export function nextPick(
  supply: Supply,
  evaluator: string,
  settings: CalibrationSettings,
): NextPick | undefined {
  const { done, work, gold, repeatable } = supply;
  const place = placeKind(done.length, evaluator, settings);
  const random = seededRandom(`${settings.seed} ${evaluator} pick ${done.length}`);
  const rested = repeatable.filter((taskId) => done.length - done.indexOf(taskId) > settings.duplicateGap);
  if (place === 'gold' && gold.length > 0) return { kind: 'gold', taskId: shuffled(gold, random)[0]! };
  if (place === 'duplicate' && rested.length > 0)
    return { kind: 'duplicate', of: shuffled(rested, random)[0]! };
  return work[0] === undefined ? undefined : { kind: 'work', taskId: work[0] };
}

/** The numbers of available tasks, if only the numbers matter. */
export interface Stock {
  /** Number of tasks that the evaluator has submitted. */
  readonly done: number;
  /** Number of open tasks, without gold tasks. */
  readonly work: number;
  /** Number of gold tasks that the evaluator has not seen. */
  readonly gold: number;
  /** The 0-based positions of the repeatable tasks, ascending. */
  readonly repeatable: readonly number[];
}

/**
 * Number of gold tasks and duplicates that come before the open work is done in order. If they count as remaining, every
 * submission reduces the count by one, whatever kind of task it was on.
 */
export function mixedToCome(
  { done, work, gold, repeatable }: Stock,
  evaluator: string,
  settings: CalibrationSettings,
): number {
  const kindAt = placeKinds(evaluator, settings);
  const places = [...repeatable];
  let [place, workLeft, goldLeft, rested, repeated] = [done, work, gold, 0, 0];
  for (; workLeft > 0; place += 1) {
    while (rested < places.length && place - places[rested]! > settings.duplicateGap) rested += 1;
    const kind = kindAt(place);
    if (kind === 'gold' && goldLeft > 0) goldLeft -= 1;
    else if (kind === 'duplicate' && rested > repeated) repeated += 1;
    else {
      workLeft -= 1;
      places.push(place);
    }
  }
  return gold - goldLeft + repeated;
}

/** The kind of task at a 0-based position of an evaluator's work. */
export function placeKind(place: number, evaluator: string, settings: CalibrationSettings): PlaceKind {
  return placeKinds(evaluator, settings)(place);
}

type PlaceKind = 'work' | 'gold' | 'duplicate';

/** `placeKind` for many positions; caches the last block. */
function placeKinds(evaluator: string, settings: CalibrationSettings): (place: number) => PlaceKind {
  let known = -1;
  let kinds: readonly PlaceKind[] = [];
  return (place) => {
    const at = Math.floor(place / stretch);
    if (at !== known) [known, kinds] = [at, stretchKinds(at, evaluator, settings)];
    return kinds[place % stretch]!;
  };
}

/** The kinds of tasks at the positions of a block. */
function stretchKinds(
  at: number,
  evaluator: string,
  { goldShare, duplicateShare, seed }: CalibrationSettings,
): PlaceKind[] {
  const due = (share: number): number =>
    Math.floor((at + 1) * stretch * share + 1e-9) - Math.floor(at * stretch * share + 1e-9);
  const kinds = Array.from({ length: stretch }, (): PlaceKind => 'work');
  const random = seededRandom(`${seed} ${evaluator} stretch ${at}`);
  const order = shuffled([...kinds.keys()], random);
  const golds = due(goldShare);
  for (const place of order.slice(0, golds)) kinds[place] = 'gold';
  for (const place of order.slice(golds, golds + due(duplicateShare))) kinds[place] = 'duplicate';
  return kinds;
}
