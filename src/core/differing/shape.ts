import { ExactNumber, isNumber, type JsonNumber } from '../text/exactNumber.ts';
import { isRecord, type Json } from '../text/json.ts';
import { isList } from './tree.ts';

/** From and to, both included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What the values at one place of the inputs have in common. */
export type Shape =
  | { readonly kind: 'null' | 'boolean' }
  | { readonly kind: 'integer' | 'fraction'; readonly range: Range }
  | {
      readonly kind: 'text';
      readonly lengths: Range;
      readonly alphabet: readonly string[];
      readonly words: readonly string[];
    }
  | {
      readonly kind: 'list';
      readonly item: Shape | undefined;
      readonly lengths: Range;
      readonly order: 'ascending' | 'descending' | undefined;
      readonly isUnique: boolean;
    }
  | { readonly kind: 'tuple'; readonly items: readonly Shape[] }
  | { readonly kind: 'record'; readonly members: ReadonlyMap<string, Shape> }
  /** Values of several kinds. */
  | { readonly kind: 'mixed'; readonly options: readonly Shape[] };

/** The shape that fits all the samples, of which there must be at least one. */
export function shapeOf(samples: readonly Json[]): Shape {
  const kinds = Map.groupBy(samples, kindOf);
  const options = [...kinds].map(([kind, values]) => shapeOfKind(kind, values));
  const [only] = options;
  return only !== undefined && options.length === 1 ? only : { kind: 'mixed', options };
}

type Kind = Exclude<Shape['kind'], 'mixed' | 'tuple'>;

function kindOf(value: Json): Kind {
  if (value === null) return 'null';
  if (isNumber(value)) return isFraction(value) ? 'fraction' : 'integer';
  if (isList(value)) return 'list';
  return isRecord(value) ? 'record' : typeof value === 'string' ? 'text' : 'boolean';
}

/** Whether a number is written with a fraction or an exponent: `2.0` is, `2` is not. */
export function isFraction(value: JsonNumber): boolean {
  return value instanceof ExactNumber ? /[.eE]/.test(value.digits) : !Number.isInteger(value);
}

function shapeOfKind(kind: Kind, values: readonly Json[]): Shape {
  switch (kind) {
    case 'integer':
    case 'fraction':
      return { kind, range: rangeOf(values.map(Number)) };
    case 'text':
      return textShape(values as readonly string[]);
    case 'list':
      return listShape(values as readonly (readonly Json[])[]);
    case 'record':
      return recordShape(values.filter(isRecord));
    case 'null':
    case 'boolean':
      return { kind };
  }
}

function textShape(texts: readonly string[]): Shape {
  const alphabet = [...new Set(texts.flatMap((text) => Array.from(text)))];
  return {
    kind: 'text',
    lengths: rangeOf(texts.map((text) => Array.from(text).length)),
    alphabet,
    words: [...new Set(texts)],
  };
}

/** So many lists of the same length, and one longer than a single item, are taken for tuples. */
const fewestTuples = 3;

function listShape(lists: readonly (readonly Json[])[]): Shape {
  const lengths = rangeOf(lists.map((list) => list.length));
  const isFixed = lengths.min === lengths.max && lengths.min >= 2;
  const columns = (lists[0] ?? []).map((_, column) => shapeOf(lists.map((list) => list[column]!)));
  const isMotley = new Set(columns.map(({ kind }) => kind)).size > 1;
  if (isFixed && lengths.min <= 4 && lists.length >= fewestTuples && (isMotley || lists.length >= 6))
    return { kind: 'tuple', items: columns };
  const items = lists.flat();
  return {
    kind: 'list',
    item: items.length === 0 ? undefined : shapeOf(items),
    lengths,
    order: orderOf(lists),
    isUnique:
      isTelling(lists) &&
      lists.every((list) => new Set(list.map((item) => JSON.stringify(item))).size === list.length),
  };
}

/** Orders and uniqueness mean something in lists that could easily be otherwise. */
function isTelling(lists: readonly (readonly Json[])[]): boolean {
  return lists.reduce((sum, list) => sum + Math.max(0, list.length - 1), 0) >= 5;
}

function orderOf(lists: readonly (readonly Json[])[]): 'ascending' | 'descending' | undefined {
  if (!isTelling(lists) || lists.some((list) => !list.every(isNumber))) return undefined;
  const steps = lists.flatMap((list) =>
    list.slice(1).map((item, index) => Number(item) - Number(list[index])),
  );
  if (steps.every((step) => step >= 0)) return 'ascending';
  return steps.every((step) => step <= 0) ? 'descending' : undefined;
}

function recordShape(records: readonly { readonly [name: string]: Json }[]): Shape {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  const members = new Map<string, Shape>();
  for (const name of names) {
    const values = records.filter((record) => Object.hasOwn(record, name)).map((record) => record[name]!);
    members.set(name, shapeOf(values));
  }
  return { kind: 'record', members };
}

function rangeOf(numbers: readonly number[]): Range {
  return { min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** The shape, with more characters in the alphabets of its texts. Alphabets of a few characters that occur often stay as they are. */
export function withLetters(shape: Shape, letters: readonly string[]): Shape {
  const change = (inside: Shape): Shape => withLetters(inside, letters);
  switch (shape.kind) {
    case 'text': {
      const isClosed = isSmallAlphabet(shape);
      return isClosed ? shape : { ...shape, alphabet: [...new Set([...shape.alphabet, ...letters])] };
    }
    case 'list':
      return { ...shape, item: shape.item && change(shape.item) };
    case 'tuple':
      return { ...shape, items: shape.items.map(change) };
    case 'record':
      return {
        ...shape,
        members: new Map([...shape.members].map(([name, member]) => [name, change(member)])),
      };
    case 'mixed':
      return { ...shape, options: shape.options.map(change) };
    case 'null':
    case 'boolean':
    case 'integer':
    case 'fraction':
      return shape;
  }
}

/** Whether the texts seem to consist only of these characters: few, each of which occurs often. */
export function isSmallAlphabet({ alphabet, words }: Extract<Shape, { kind: 'text' }>): boolean {
  const length = words.reduce((sum, word) => sum + word.length, 0);
  return alphabet.length > 0 && alphabet.length <= 3 && length >= 3 * alphabet.length;
}
