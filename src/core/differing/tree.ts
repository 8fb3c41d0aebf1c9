import { isNumber } from '../text/exactNumber.ts';
import { isRecord, type Json } from '../text/json.ts';

/** An input as a tree of values: the arguments of a call, or the parts of a text. */
export type Tree = readonly Json[];

/** The way from the root to a value: indices of lists and names of members. */
export type Path = readonly (number | string)[];

/** A value and its place in a tree. */
export interface Place {
  readonly path: Path;
  readonly value: Json;
}

/** Every value in a tree except the root, each before the values in it. */
export function placesIn(tree: Tree): Place[] {
  const places: Place[] = [];
  const visit = (value: Json, path: Path): void => {
    places.push({ path, value });
    for (const [name, member] of membersOf(value)) visit(member, [...path, name]);
  };
  tree.forEach((value, index) => visit(value, [index]));
  return places;
}

/** The members of a list or an object, with their indices or names. */
export function membersOf(value: Json): [number | string, Json][] {
  if (isList(value)) return value.map((item, index) => [index, item]);
  return isRecord(value) ? Object.entries(value) : [];
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The tree with another value at a place. */
export function withValue(tree: Tree, path: Path, value: Json): Tree {
  return replaced(tree, path, value) as Tree;
}

function replaced(inside: Json, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isList(inside))
    return inside.map((item, index) => (index === step ? replaced(item, rest, value) : item));
  if (!isRecord(inside)) return inside;
  return Object.fromEntries(
    Object.entries(inside).map(([name, member]) => [
      name,
      name === step ? replaced(member, rest, value) : member,
    ]),
  );
}

/** The value at a place; `undefined` if the tree has no such place. */
export function valueAt(tree: Json, path: Path): Json | undefined {
  let value: Json | undefined = tree;
  for (const step of path) {
    if (value === undefined) return undefined;
    value = membersOf(value).find(([name]) => name === step)?.[1];
  }
  return value;
}

/** How large a tree is, for choosing the smallest: leaves first, then characters, then the sizes of numbers. */
export function weightOf(tree: Tree): number {
  return placesIn(tree).reduce(
    (sum, { value }) => sum + (membersOf(value).length === 0 ? 1000 + leafWeight(value) : nestingWeight),
    0,
  );
}

const nestingWeight = 5;

function leafWeight(value: Json): number {
  if (typeof value === 'string') return 2 + 20 * value.length + oddness(value);
  if (isNumber(value)) {
    const number = Number(value);
    return Math.min(500, 10 * Math.log2(1 + Math.abs(number)) + (number < 0 ? 3 : 0));
  }
  return value === true ? 2 : 1;
}

/** Letters and digits are easier to read than other characters. */
function oddness(text: string): number {
  return text.replaceAll(/[a-zA-Z0-9]/g, '').length + (text.codePointAt(0) ?? 0) / 1e4;
}
