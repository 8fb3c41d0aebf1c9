import { isNumber, numberOf, type JsonNumber } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';
import { randomIndex, shuffled, type Random } from '../text/random.ts';
import type { Pools } from './pools.ts';
import { fitted, optionFor } from './profile.ts';
import { isFraction } from './shape.ts';
import { pick, shapeAt, type Space } from './space.ts';
import { isList, placesIn, withValue, type Tree } from './tree.ts';

const mostSteps = 5;
/** How often an input keeps what does not fit the profile. */
const strayShare = 0.15;

/** A tree with one to five random changes, some of them made from parts of another tree. */
export function mutated(tree: Tree, other: Tree, space: Space): Tree {
  const { random, shape } = space;
  const steps = 1 + randomIndex(random, mostSteps);
  let changed = tree;
  for (let step = 0; step < steps; step += 1) changed = changedOnce(changed, other, space);
  return random() < strayShare ? changed : (fitted(shape, changed) as Tree);
}

function changedOnce(tree: Tree, other: Tree, space: Space): Tree {
  const { random, pools, shape } = space;
  const place = pick(placesIn(tree), random);
  if (place === undefined) return tree;
  const { path, value } = place;
  const here = shapeAt(shape, tree, path);
  const isTuple = here !== undefined && optionFor(here, value)?.kind === 'tuple';
  if (isTuple && random() < 0.95) return tree;
  const parts = random() < 0.25 ? sameKind(value, [tree, other]) : [];
  return withValue(tree, path, pick(parts, random) ?? changedValue(value, other, pools, random));
}

/** Values of the same kind in the trees. */
function sameKind(value: Json, trees: readonly Tree[]): Json[] {
  const kind = kindOf(value);
  return trees
    .flatMap((tree) => placesIn(tree).map((place) => place.value))
    .filter((each) => kindOf(each) === kind);
}

function kindOf(value: Json): string {
  if (isNumber(value)) return 'number';
  return isList(value) ? 'list' : typeof value;
}

function changedValue(value: Json, other: Tree, pools: Pools, random: Random): Json {
  if (isNumber(value)) return changedNumber(value, pools, random);
  if (typeof value === 'string') return changedText(value, pools, random);
  if (typeof value === 'boolean') return !value;
  if (isList(value)) return changedList(value, listsIn(other), pools, random);
  return value ?? 0;
}

function listsIn(tree: Tree): (readonly Json[])[] {
  return placesIn(tree).flatMap(({ value }) => (isList(value) ? [value] : []));
}

function changedNumber(value: JsonNumber, pools: Pools, random: Random): Json {
  const asFraction = isFraction(value);
  if (random() < 0.4) return pick(asFraction ? pools.fractions : pools.integers, random) ?? value;
  const number = Number(value);
  const changes = [
    number + 1,
    number - 1,
    -number,
    number * 2,
    Math.trunc(number / 2),
    randomIndex(random, 10),
    randomIndex(random, 100),
  ];
  const changed = pick(changes, random)!;
  if (!Number.isSafeInteger(changed)) return value;
  return asFraction ? numberOf(`${changed}.0`) : changed === 0 ? 0 : changed;
}

function changedText(text: string, pools: Pools, random: Random): Json {
  const characters = Array.from(text);
  if (random() < 0.2) return pick(pools.texts, random) ?? text;
  const own = random() < 0.7 && characters.length > 0 ? characters : pools.characters;
  return edited(characters, () => pick(own, random)!, random).join('');
}

function changedList(
  list: readonly Json[],
  others: readonly (readonly Json[])[],
  pools: Pools,
  random: Random,
): Json {
  if (random() < 0.1) {
    const spliced = pick(others, random) ?? list;
    const cut = randomIndex(random, list.length + 1);
    return [...list.slice(0, cut), ...spliced.slice(randomIndex(random, spliced.length + 1))];
  }
  const fresh = (): Json => {
    const model = pick(list, random) ?? pick(others.flat(), random) ?? 1;
    if (random() < 0.1) return pick(pools.texts, random) ?? model;
    return random() < 0.3 ? model : changedValue(model, [], pools, random);
  };
  return edited([...list], fresh, random);
}

/** One edit of a sequence. */
function edited<Item>(items: Item[], fresh: () => Item, random: Random): Item[] {
  const at = randomIndex(random, items.length + 1);
  const end = Math.min(items.length, at + 1 + randomIndex(random, 3));
  switch (randomIndex(random, 10)) {
    case 0:
    case 1:
      return [...items.slice(0, at), fresh(), ...items.slice(at)];
    case 2:
      return [...items.slice(0, at), ...items.slice(at + 1)];
    case 3:
      return [...items.slice(0, at), ...items.slice(end)];
    case 4:
      return [...items.slice(0, end), ...items.slice(at)];
    case 5:
      return items.toReversed();
    case 6:
      return shuffled(items, random);
    case 7:
      return items.map((item, index) => (index === at ? (items[end - 1] ?? item) : item));
    case 8:
      return items.length === 0 ? [fresh()] : items.map(() => items[at % items.length]!);
    default:
      return items.length === 0
        ? [fresh()]
        : items.map((item, index) => (index === at % items.length ? fresh() : item));
  }
}

/** A tree with its longest list or text repeated: as long as the limit on inputs allows, at most doubled. */
export function grown(tree: Tree, space: Space): Tree {
  const parts = placesIn(tree).filter(({ value }) => isList(value) || typeof value === 'string');
  const place = pick(parts, space.random);
  if (place === undefined) return mutated(tree, tree, space);
  const { path, value } = place;
  const longer = isList(value) ? [...value, ...value] : (value as string).repeat(2);
  return fitted(space.shape, withValue(tree, path, longer)) as Tree;
}
