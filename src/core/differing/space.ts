import { isNumber, numberOf } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';
import { randomIndex, type Random } from '../text/random.ts';
import type { Pools } from './pools.ts';
import { fits, fitted, optionFor, usualLengths, usualRange } from './profile.ts';
import { isFraction, type Shape } from './shape.ts';
import { membersOf, placesIn, valueAt, withValue, type Path, type Tree } from './tree.ts';

/** Where inputs come from: the shape of the seeds and values to make others from. */
export interface Space {
  /** A tuple with a shape for each member of a tree. */
  readonly shape: Shape;
  readonly pools: Pools;
  readonly random: Random;
}

/** The shape of a place; `undefined` if the seeds say nothing about it. */
export function shapeAt(shape: Shape | undefined, tree: Json, path: Path): Shape | undefined {
  let here = shape;
  for (const [index, step] of path.entries()) {
    const value = valueAt(tree, path.slice(0, index));
    const option = here === undefined || value === undefined ? undefined : optionFor(here, value);
    if (option?.kind === 'tuple') here = option.items[Number(step)];
    else if (option?.kind === 'list') here = option.item;
    else if (option?.kind === 'record') here = option.members.get(String(step));
    else return undefined;
  }
  return here;
}

/** All trees of few and small values, the smallest first, at most `most`. */
export function smallTrees({ shape, pools }: Space, most: number): Tree[] {
  if (shape.kind !== 'tuple') return [];
  const domains = shape.items.map((item) => smallValues(item, pools, 40));
  return diagonal(domains, most);
}

/** The combinations of one value of each domain, by the sum of their indices. */
function diagonal(domains: readonly (readonly Json[])[], most: number): Json[][] {
  const found: Json[][] = [];
  const deepest = domains.reduce((sum, domain) => sum + domain.length - 1, 0);
  const add = (chosen: readonly Json[], rest: number): void => {
    const domain = domains[chosen.length];
    if (found.length >= most) return;
    if (domain === undefined) {
      if (rest === 0) found.push([...chosen]);
      return;
    }
    for (let index = 0; index <= Math.min(rest, domain.length - 1); index += 1)
      add([...chosen, domain[index]!], rest - index);
  };
  for (let sum = 0; sum <= deepest && found.length < most; sum += 1) add([], sum);
  return found;
}

/** Small values of a shape, the simplest first. */
function smallValues(shape: Shape | undefined, pools: Pools, most: number): Json[] {
  switch (shape?.kind) {
    case 'integer': {
      const { min, max } = usualRange(shape.range);
      const near = [0, 1, 2, 3, -1, 4, 5, 6, 7, -2, 10].filter((value) => value >= min && value <= max);
      const edges = [min, min + 1, min + 2, min + 3].filter((value) => value > 7 && value <= max);
      return distinct([...near, ...edges].map((value) => value as Json)).slice(0, most);
    }
    case 'fraction':
      return ['1.0', '0.0', '2.0', '0.5', '3.0', '-1.0', '0.3']
        .map(numberOf)
        .filter((value) => fits(shape, value));
    case 'boolean':
      return [false, true];
    case 'text':
      return smallTexts(shape, pools, most);
    case 'list': {
      const items = smallValues(shape.item, pools, 3);
      return listsOf(items, 3, most)
        .map((list) => fitted(shape, list))
        .filter((list) => fits(shape, list));
    }
    case 'tuple':
      return diagonal(
        shape.items.map((item) => smallValues(item, pools, 6)),
        most,
      );
    case 'record':
      return diagonal(
        [...shape.members.values()].map((member) => smallValues(member, pools, 4)),
        most,
      ).map((values) =>
        Object.fromEntries([...shape.members.keys()].map((name, index) => [name, values[index]!])),
      );
    case 'mixed':
      return shape.options.flatMap((option) => smallValues(option, pools, 3)).slice(0, most);
    case 'null':
      return [null];
    case undefined:
      return [1, 2, 0].slice(0, most);
  }
}

function smallTexts(shape: Extract<Shape, { kind: 'text' }>, pools: Pools, most: number): Json[] {
  const letters = (shape.alphabet.length === 0 ? pools.characters : shape.alphabet).slice(0, 3);
  const made = listsOf(letters, 3, most).map((list) => (list as string[]).join(''));
  const words = shape.words.filter((word) => word.length <= 3);
  return distinct([...words.slice(0, 8), ...made])
    .filter((text) => fits(shape, text))
    .slice(0, most);
}

function listsOf(items: readonly Json[], longest: number, most: number): Json[][] {
  const found: Json[][] = [[]];
  for (let at = 0; at < found.length && found.length < most; at += 1) {
    if (found[at]!.length < longest) for (const item of items) found.push([...found[at]!, item]);
  }
  return found.slice(0, most);
}

function distinct<Item extends Json>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** The seed with one number, text or truth value replaced by each value of the pools, in the order of the pools. */
export function* leafTrees({ pools }: Space, seeds: readonly Tree[]): Generator<Tree, undefined> {
  const places = seeds.flatMap((tree) => placesIn(tree).map((place) => ({ ...place, tree })));
  const leaves = places.filter(({ value }) => membersOf(value).length === 0);
  const longest = Math.max(pools.integers.length, pools.texts.length, pools.fractions.length);
  for (let index = 0; index < longest; index += 1) {
    for (const { tree, path, value } of leaves) {
      const other = poolFor(value, pools)[index];
      if (other !== undefined) yield withValue(tree, path, other);
    }
  }
}

function poolFor(value: Json, pools: Pools): readonly Json[] {
  if (isNumber(value)) return isFraction(value) ? pools.fractions : pools.integers;
  if (typeof value === 'string') return pools.texts;
  return typeof value === 'boolean' ? [!value] : [];
}

/** A random tree of the shape. Its lists are at most as long as usual ones, most often short. */
export function randomTree({ shape, pools, random }: Space): Tree {
  return randomValue(shape, pools, random, 0) as Tree;
}

function randomValue(shape: Shape | undefined, pools: Pools, random: Random, depth: number): Json {
  switch (shape?.kind) {
    case 'integer':
      return randomInteger(usualRange(shape.range), random);
    case 'fraction':
      return pick(pools.fractions, random) ?? 1;
    case 'boolean':
      return random() < 0.5;
    case 'text':
      return randomText(shape, pools, random);
    case 'list': {
      const { min, max } = usualLengths(shape.lengths);
      const length = randomInteger({ min, max: Math.min(max, depth > 2 ? 2 : 20) }, random);
      return Array.from({ length }, () => randomValue(shape.item, pools, random, depth + 1));
    }
    case 'tuple':
      return shape.items.map((item) => randomValue(item, pools, random, depth + 1));
    case 'record':
      return Object.fromEntries(
        [...shape.members].map(([name, member]) => [name, randomValue(member, pools, random, depth + 1)]),
      );
    case 'mixed':
      return randomValue(pick(shape.options, random), pools, random, depth + 1);
    case 'null':
      return null;
    case undefined:
      return pick(pools.integers, random) ?? 0;
  }
}

/** Small numbers far more often than large ones. */
function randomInteger({ min, max }: { min: number; max: number }, random: Random): number {
  const low = Math.max(Number.isFinite(min) ? min : -100, -1e9);
  const high = Math.min(Number.isFinite(max) ? max : 1e9, 1e9);
  const spans = [3, 8, 20, 100, high - low];
  const span = Math.min(high - low, spans[randomIndex(random, spans.length)]!);
  const start = low < 0 && high > 0 && random() < 0.7 ? Math.max(low, -Math.ceil(span / 2)) : low;
  return start + randomIndex(random, span + 1);
}

function randomText(shape: Extract<Shape, { kind: 'text' }>, pools: Pools, random: Random): string {
  if (random() < 0.3 && shape.words.length > 0) return pick(shape.words, random)!;
  const { min, max } = usualLengths(shape.lengths);
  const all = shape.alphabet.length === 0 ? pools.characters : shape.alphabet;
  const few = random() < 0.5 ? [pick(all, random)!, pick(all, random)!] : all;
  const length = randomInteger({ min, max: Math.min(max, 40) }, random);
  return Array.from({ length }, () => pick(few, random)!).join('');
}

export function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[randomIndex(random, items.length)];
}
