import type { CalibrationSettings } from './gold.ts';
import { seededRandom, shuffled } from './statistics/random.ts';

/** What an evaluator gets next: work, a gold task, or a swapped duplicate of a task they have done. */
export type NextPick =
  | { readonly kind: 'work' | 'gold'; readonly taskId: string }
  | { readonly kind: 'duplicate'; readonly of: string };

/** What there is to choose from, each in its order. */
export interface Supply {
  /** Ids of the tasks that the evaluator has submitted, oldest first, duplicates and gold tasks among them. */
  readonly done: readonly string[];
  /** Open tasks, in the order of the queue, gold tasks not among them. */
  readonly work: readonly string[];
  /** Gold tasks that the evaluator has not seen. */
  readonly gold: readonly string[];
  /** Tasks of `done` that have no duplicate yet and are no duplicate or gold task themselves. */
  readonly repeatable: readonly string[];
}

/** Places are dealt out in stretches of so many tasks. */
const stretch = 20;

/**
 * The next task of an evaluator. In each stretch of 20 tasks as many places are gold, and as many duplicates, as the
 * shares ask for (what is left of a place is carried over), and the places are random: the rate is exact and no place
 * can be foreseen. The choice depends on the seed, the evaluator and how much is done alone, so it is the same after
 * a restart. Where a place cannot be filled the next open task takes it; `undefined` when there is none.
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

/** How much there is to choose from, where only the numbers matter. */
export interface Stock {
  /** How many tasks the evaluator has submitted. */
  readonly done: number;
  /** How many open tasks are left, gold tasks not among them. */
  readonly work: number;
  /** How many gold tasks the evaluator has not seen. */
  readonly gold: number;
  /** Which places, from 0 and ascending, the tasks had that can be repeated. */
  readonly repeatable: readonly number[];
}

/**
 * How many gold tasks and duplicates come in before the open work is done, if it is done in order. Whoever counts
 * them with what is left sees every submission take one away, whatever it was on.
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

/** What stands in the n-th place (from 0) of an evaluator's work. */
export function placeKind(place: number, evaluator: string, settings: CalibrationSettings): PlaceKind {
  return placeKinds(evaluator, settings)(place);
}

type PlaceKind = 'work' | 'gold' | 'duplicate';

/** The same for many places, of which the stretch that was asked for last is remembered. */
function placeKinds(evaluator: string, settings: CalibrationSettings): (place: number) => PlaceKind {
  let known = -1;
  let kinds: readonly PlaceKind[] = [];
  return (place) => {
    const at = Math.floor(place / stretch);
    if (at !== known) [known, kinds] = [at, stretchKinds(at, evaluator, settings)];
    return kinds[place % stretch]!;
  };
}

/** What stands in the places of a stretch. */
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
