import { isNumber, numberOf, type JsonNumber } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';
import { isFraction } from './shape.ts';
import { isList, placesIn, weightOf, withValue, type Place, type Tree } from './tree.ts';

/** Simpler trees than this, each with one part removed or made simpler, the lightest first. */
export function simplerTrees(tree: Tree): Tree[] {
  const weight = weightOf(tree);
  const found = new Map<string, { tree: Tree; weight: number }>();
  for (const place of placesIn(tree)) {
    for (const value of simplerValues(place)) {
      const simpler = withValue(tree, place.path, value);
      const lighter = weightOf(simpler);
      if (lighter < weight) found.set(JSON.stringify(simpler), { tree: simpler, weight: lighter });
    }
  }
  return [...found.values()].toSorted((a, b) => a.weight - b.weight).map((each) => each.tree);
}

function simplerValues({ value }: Place): Json[] {
  if (isNumber(value)) return simplerNumbers(value);
  if (typeof value === 'string') return simplerTexts(value);
  if (isList(value)) return shorter(value);
  return value === true ? [false] : [];
}

function simplerNumbers(value: JsonNumber): Json[] {
  const number = Number(value);
  const asFraction = isFraction(value);
  const nearer = [
    0,
    1,
    2,
    3,
    Math.trunc(number / 2),
    Math.trunc(number / 10),
    number - Math.sign(number),
    -number,
  ];
  return nearer
    .filter((each) => Math.abs(each) <= Math.abs(number) && each !== number && Number.isSafeInteger(each))
    .map((each) => (asFraction ? numberOf(`${each === 0 ? 0 : each}.0`) : each === 0 ? 0 : each));
}

function simplerTexts(text: string): string[] {
  const characters = Array.from(text);
  const cut = shorter(characters).map((each) => each.join(''));
  const [first = 'a'] = characters;
  const simple = characters.flatMap((character, index) =>
    [...new Set([first, 'a', '0'])]
      .filter((each) => each !== character)
      .map((each) => characters.with(index, each).join('')),
  );
  return [...cut, ...(characters.length > 20 ? simple.slice(0, 40) : simple)];
}

/** The sequence without a part: halves, quarters, then single items. */
function shorter<Item>(items: readonly Item[]): Item[][] {
  const found: Item[][] = items.length > 0 ? [[]] : [];
  for (let size = Math.ceil(items.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < items.length; at += size)
      found.push([...items.slice(0, at), ...items.slice(at + size)]);
  }
  return found;
}
