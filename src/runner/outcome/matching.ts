import { canonicalJson } from '../../core/text/canonicalJson.ts';
import type { Json } from '../../core/text/json.ts';
import { holdsSet, likenessOf, type Tolerance } from './likeness.ts';
import { unpaired } from './pairing.ts';
import type { WireValue } from './value.ts';

/** The rules for comparing items. */
export interface ItemRules {
  readonly tolerance: Tolerance;
  readonly matches: (expected: Json, actual: WireValue) => boolean;
  readonly effort: Effort;
}

/**
 * The work spent on items that can only be distinguished by comparing them. An answer can make its items
 * similar to stall the process, so the work is limited.
 */
export interface Effort {
  /** The number of items compared while searching for partners, including items of nested sets. */
  compared: number;
  /** A search is running, so comparisons count. */
  searching: boolean;
  /** Numbers were found equal that are equal only within the tolerance. */
  close: boolean;
}

/** A search gives up after this many comparisons: about a second. */
const maxCompared = 200_000;

/**
 * The number of expected items without a partner, with the first as an example; or that the search gave up.
 */
export type Unmatched = { readonly count: number; readonly example: Json } | 'given-up';

interface Item {
  readonly value: Json;
  readonly numbers: readonly number[];
}

/** Items that may equal each other. Items of different piles never do. */
interface Pile {
  readonly wanted: Item[];
  readonly given: Item[];
}

/**
 * Finds a partner for every expected item; `undefined` if each has its own. An item may equal several others,
 * and equality within a tolerance is not transitive. Items are therefore grouped into piles by likeness first
 * and then paired within each pile. Takes about `n log n` if few items are similar.
 */
export function unmatchedItems(
  expected: readonly Json[],
  actual: readonly WireValue[],
  rules: ItemRules,
): Unmatched | undefined {
  if (rules.effort.searching) rules.effort.compared += expected.length;
  let count = 0;
  let example: Json | undefined;
  for (const pile of pilesOf(expected, actual, rules.tolerance)) {
    const missing = missingIn(pile, rules);
    if (missing === undefined) return 'given-up';
    if (missing.length === 0) continue;
    count += missing.reduce((sum, group) => sum + group.count, 0);
    example ??= missing[0]!.value;
  }
  return count === 0 ? undefined : { count, example: example! };
}

function pilesOf(expected: readonly Json[], actual: readonly WireValue[], tolerance: Tolerance): Pile[] {
  const piles = new Map<string, Pile>();
  const ordered = !actual.some(holdsSet);
  const put = (value: Json, isWire: boolean): void => {
    const { key, numbers } = likenessOf(value, isWire, { tolerance, ordered });
    const pile = piles.get(key) ?? { wanted: [], given: [] };
    piles.set(key, pile);
    (isWire ? pile.given : pile.wanted).push({ value, numbers });
  };
  for (const value of expected) put(value, false);
  for (const value of actual) put(value, true);
  return [...piles.values()].flatMap((pile) => apart(pile, tolerance));
}

/**
 * Splits a pile at gaps between numbers that exceed the tolerance, one position of the numbers after the
 * other.
 */
function apart(pile: Pile, tolerance: Tolerance): Pile[] {
  const places = (pile.wanted[0] ?? pile.given[0])?.numbers.length ?? 0;
  let piles = [pile];
  for (let place = 0; place < places; place++) {
    piles = piles.flatMap((each) => (isSingle(each) ? [each] : dividedAt(each, place, tolerance)));
  }
  return piles;
}

function isSingle({ wanted, given }: Pile): boolean {
  return wanted.length <= 1 && given.length <= 1;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly item: Item;
  readonly isWanted: boolean;
}

function dividedAt({ wanted, given }: Pile, place: number, tolerance: Tolerance): Pile[] {
  const spans: Span[] = [
    ...wanted.map((item) => ({ ...spanOf(item.numbers[place]!, tolerance), item, isWanted: true })),
    ...given.map((item) => ({ from: item.numbers[place]!, to: item.numbers[place]!, item, isWanted: false })),
  ];
  spans.sort((a, b) => a.from - b.from);
  const piles: Pile[] = [];
  let end = -Infinity;
  for (const { from, to, item, isWanted } of spans) {
    if (from > end) piles.push({ wanted: [], given: [] });
    const pile = piles.at(-1)!;
    (isWanted ? pile.wanted : pile.given).push(item);
    end = Math.max(end, to);
  }
  return piles;
}

/** The range of numbers that are close to an expected number, plus a margin for rounding. */
function spanOf(number: number, { rtol, atol }: Tolerance): Pick<Span, 'from' | 'to'> {
  const reach = (atol + rtol * Math.abs(number)) * (1 + 1e-9) + Math.abs(number) * Number.EPSILON * 4;
  return { from: number - reach, to: number + reach };
}

/** Items with the same JSON. */
interface Group {
  readonly value: Json;
  readonly count: number;
}

/** The expected items of a pile that have no partner; `undefined` if the search gave up. */
function missingIn({ wanted, given }: Pile, rules: ItemRules): Group[] | undefined {
  if (given.length === 0) return wanted.map(({ value }) => ({ value, count: 1 }));
  if (wanted.length === 0) return [];
  if (wanted.length === given.length && matchInOrder(wanted, given, rules)) return [];
  const [groups, partners] = [groupsOf(wanted), groupsOf(given)];
  const candidatesOf = (index: number): number[] => candidates(groups[index]!, partners, rules);
  const counts = (all: readonly Group[]): number[] => all.map(({ count }) => count);
  const remaining = unpaired(counts(groups), counts(partners), candidatesOf);
  if (isGivenUp(rules.effort)) return undefined;
  return groups
    .map(({ value }, index) => ({ value, count: remaining[index]! }))
    .filter(({ count }) => count > 0);
}

/** The groups that may be partners of a group; empty once the search has given up. */
function candidates({ value }: Group, partners: readonly Group[], { effort, matches }: ItemRules): number[] {
  const outer = effort.searching;
  effort.searching = true;
  const found = [...partners.keys()].filter((index) => {
    if (isGivenUp(effort)) return false;
    effort.compared += 1;
    return matches(value, partners[index]!.value);
  });
  effort.searching = outer;
  return found;
}

function isGivenUp({ compared }: Effort): boolean {
  return compared > maxCompared;
}

/**
 * Pairs the items in the order of their numbers. If the items are otherwise alike, no other pairing can do
 * better.
 */
function matchInOrder(wanted: readonly Item[], given: readonly Item[], { matches }: ItemRules): boolean {
  if (wanted.length === 1) return matches(wanted[0]!.value, given[0]!.value);
  const [left, right] = [sorted(wanted), sorted(given)];
  return left.every(({ value }, index) => matches(value, right[index]!.value));
}

function sorted(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, text: canonicalJson(item.value) }))
    .toSorted((a, b) => compareNumbers(a.item.numbers, b.item.numbers) || compareTexts(a.text, b.text))
    .map(({ item }) => item);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((number, index) => number !== b[index]);
  return place === -1 ? 0 : a[place]! - b[place]!;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function groupsOf(items: readonly Item[]): Group[] {
  const groups = Map.groupBy(items, ({ value }) => canonicalJson(value));
  return [...groups.values()].map((all) => ({ value: all[0]!.value, count: all.length }));
}
